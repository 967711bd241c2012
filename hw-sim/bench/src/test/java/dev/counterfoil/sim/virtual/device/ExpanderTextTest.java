package dev.counterfoil.sim.virtual.device;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import org.junit.jupiter.api.Test;

/// HD44780 datasheet, figure 24: three times 3h, then 2h, before bytes come in halves.
class ExpanderTextTest {

  private static final int ENABLE = 0x04;
  private static final int DATA = 0x01;

  private final ByteArrayOutputStream wire = new ByteArrayOutputStream();
  private final ExpanderText words = new ExpanderText();

  private ExpanderTextTest half(int nibble, int register) {
    wire.write(nibble << 4 | register | ENABLE);
    wire.write(nibble << 4 | register);
    return this;
  }

  private ExpanderTextTest whole(int octet, int register) {
    return half(octet >> 4, register).half(octet & 0xF, register);
  }

  private ExpanderTextTest begin() {
    return half(3, 0).half(3, 0).half(3, 0).half(2, 0).whole(0x28, 0).whole(0x0C, 0);
  }

  private String words() {
    String text = words.describe(wire.toByteArray());
    wire.reset();
    return text;
  }

  @Test
  void aDisplayThatIsSetUpAgainIsStillUnderstood() {
    assertThat(begin().whole(0x80 | 0x40, 0).whole('5', DATA).words())
        .isEqualTo("set up 3 set up 3 set up 3 set up 2 command 28 command 0C go to 40 \"5\"");

    assertThat(begin().whole(0x80, 0).whole('H', DATA).whole('i', DATA).words())
        .endsWith("command 28 command 0C go to 00 \"Hi\"");
  }
}
