package dev.counterfoil.terminal.driver.pn532;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Bytes against bytes, because only they show a check sum or a length that is off by one. The frames were recorded
/// on real chips (nfcpy's test data, esphome issue 3281, a DESFire trace).
class Pn532FrameDecoderTest {

  private static final HexFormat HEX = HexFormat.of().withUpperCase();

  private final Pn532FrameDecoder decoder = new Pn532FrameDecoder();

  @ParameterizedTest
  @CsvSource({"D4, 02, 0000FF02FED4022A00", "D4, 14010000, 0000FF05FBD4140100001700",
      "D4, 4A0100, 0000FF04FCD44A0100E100", "D4, 40015A000000, 0000FF07F9D440015A0000009100",
      "D5, 0332010607, 0000FF06FAD50332010607E800", "D5, 15, 0000FF02FED5151600"})
  void framesAreWrittenAndReadAsRecorded(String direction, String data, String frame) {
    var bytes = HEX.parseHex(data);

    assertThat(HEX.formatHex(Pn532Frames.information(HexFormat.fromHexDigits(direction), bytes)))
        .isEqualTo(frame);
    assertThat(describe(decoder.feed(HEX.parseHex(frame)))).containsExactly(direction + " " + data);
  }

  @Test
  void acknowledgeNackAndErrorFramesAreRecognised() {
    var inputs = decoder.feed(HEX.parseHex("0000FF00FF00" + "0000FFFF0000" + "0000FF01FF7F8100"));

    assertThat(describe(inputs)).containsExactly("ack", "nack", "error");
  }

  @Test
  void aFrameOfMoreThan254DataBytesIsExtended() {
    var data = new byte[264];
    Arrays.fill(data, (byte) 0x5A);
    var frame = Pn532Frames.information(0xD5, data);

    assertThat(HEX.formatHex(frame)).startsWith("0000FFFFFF0109F6D55A5A");
    assertThat(describe(decoder.feed(frame))).containsExactly("D5 " + "5A".repeat(264));
    assertThatIllegalArgumentException().isThrownBy(() -> Pn532Frames.information(0xD5, new byte[265]));
  }

  @Test
  void aFrameMayArriveByteByByte() {
    var found = new ArrayList<Pn532Input>();
    for (byte b : HEX.parseHex("0000FF06FAD50332010607E800")) {
      found.addAll(decoder.feed(new byte[] {b}));
    }

    assertThat(describe(found)).containsExactly("D5 0332010607");
  }

  @Test
  void extraPreambleBytesAreLegalAndOtherBytesAreNoise() {
    var inputs = decoder.feed(HEX.parseHex("00000000A5C30000FF00FF00"));

    assertThat(describe(inputs)).containsExactly("noise 2", "ack");
  }

  @ParameterizedTest
  @CsvSource({"0000FF06F9D50332010607E800, length", "0000FF06FAD50332010608E800, data check sum",
      "0000FF06FAD50332010607E900, data check sum", "0000FFFFFF0109F5D55A, length",
      "0000FFFFFF0FF001D5, length"})
  void aWrongCheckSumIsDamageAndTheNextFrameIsStillFound(String damaged, String reason) {
    var inputs = decoder.feed(HEX.parseHex(damaged + "0000FF02FED5151600"));

    assertThat(describe(inputs)).element(0).asString().contains(reason);
    assertThat(describe(inputs)).contains("D5 15");
  }

  /// The list of a card 04A1B2C3 whose ATQA has lost its 00: the sum still fits, and what is left is a list of a card
  /// A1B2C3B4.
  @Test
  void aLostZeroIsSeenByTheMissingPostamble() {
    var lost = HEX.parseHex("0000FF0CF4D54B0101" + "0408" + "0404A1B2C3B4" + "00");
    assertThat(describe(decoder.feed(lost))).containsExactly("D5 4B010104080404A1B2C3B4");

    decoder.reset();
    decoder.requirePostamble(true);

    assertThat(decoder.feed(lost)).isEmpty();
    assertThat(describe(decoder.abandon())).noneMatch(input -> input.startsWith("D5")).first().asString()
        .contains("broke off");
    assertThat(describe(decoder.feed(HEX.parseHex("0000FF02FED5151600")))).containsExactly("D5 15");
  }

  @Test
  void whatIsNotZeroIsNoPostamble() {
    decoder.requirePostamble(true);

    var inputs = decoder.feed(HEX.parseHex("0000FF02FED5151655" + "0000FF02FED5151600"));

    assertThat(describe(inputs)).first().asString().contains("postamble");
    assertThat(describe(inputs)).endsWith("D5 15").hasSize(3);
  }

  @Test
  void aDamagedLengthDoesNotSwallowTheFramesBehindIt() {
    var inputs = new ArrayList<>(decoder.feed(HEX.parseHex("0000FF60A0D5031111" + "0000FF02FED5151600")));
    assertThat(inputs).isEmpty();
    assertThat(decoder.isMidFrame()).isTrue();

    inputs.addAll(decoder.abandon());

    assertThat(describe(inputs)).contains("D5 15").element(0).asString().contains("broke off");
    assertThat(decoder.isMidFrame()).isFalse();
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void noDamageEverMakesTheDecoderThrowOrKeepMoreThanOneFrame(long seed) {
    var random = new Random(seed);
    for (int round = 0; round < 2_000; round++) {
      var bytes = new byte[random.nextInt(40)];
      random.nextBytes(bytes);
      for (int i = 0; i < bytes.length; i++) {
        bytes[i] = random.nextInt(3) == 0 ? (byte) (random.nextBoolean() ? 0 : 0xFF) : bytes[i];
      }
      decoder.feed(bytes);
    }
    decoder.abandon();

    assertThat(decoder.isMidFrame()).as("seed %d", seed).isFalse();
    var clean = describe(decoder.feed(HEX.parseHex("0000FF02FED5151600")));
    assertThat(clean).as("seed %d", seed).endsWith("D5 15");
  }

  private static List<String> describe(List<Pn532Input> inputs) {
    return inputs.stream().map(Pn532FrameDecoderTest::describe).toList();
  }

  private static String describe(Pn532Input input) {
    return switch (input) {
      case Pn532Input.Ack() -> "ack";
      case Pn532Input.Nack() -> "nack";
      case Pn532Input.SyntaxError() -> "error";
      case Pn532Input.Information(int direction, byte[] data) ->
        HexFormat.of().withUpperCase().toHexDigits((byte) direction) + " " + HEX.formatHex(data);
      case Pn532Input.Damaged(String reason) -> "damaged " + reason;
      case Pn532Input.Noise(int bytes) -> "noise " + bytes;
    };
  }
}
