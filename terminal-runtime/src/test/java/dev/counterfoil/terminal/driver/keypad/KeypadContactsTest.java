package dev.counterfoil.terminal.driver.keypad;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KeypadContactsTest {

  private static final int KEY_5 = 1 << 5;
  private static final int KEY_6 = 1 << 6;

  private final KeypadContacts contacts = new KeypadContacts(KeypadSettings.defaults());
  private final List<String> reports = new ArrayList<>();
  private KeypadContacts.State state = new KeypadContacts.State.Idle();

  @Test
  void aSteadyKeyIsReportedOnceAfterTheDebounceTime() {
    scan(0, KEY_5);
    scan(14, KEY_5);
    assertThat(reports).isEmpty();

    scan(15, KEY_5);
    scan(1000, KEY_5);

    assertThat(reports).containsExactly("KEY 5");
  }

  @Test
  void aBouncingContactDelaysTheKeyButDoesNotRepeatIt() {
    scan(0, KEY_5);
    scan(5, 0);
    scan(10, KEY_5);
    scan(15, KEY_5);
    scan(20, KEY_5);
    scan(25, KEY_5);
    // Bouncing while it opens.
    scan(100, 0);
    scan(105, KEY_5);
    scan(110, 0);
    scan(115, 0);
    scan(125, 0);

    assertThat(reports).containsExactly("KEY 5");
    assertThat(state).isEqualTo(new KeypadContacts.State.Idle());
  }

  @Test
  void twoKeysAtOnceReportNothingUntilBothAreUp() {
    press(0, KEY_5 | KEY_6);
    press(30, KEY_6);
    assertThat(reports).isEmpty();

    release(60);
    press(100, KEY_6);

    assertThat(reports).containsExactly("KEY 6");
  }

  @Test
  void aSecondKeyDuringTheFirstIsIgnored() {
    press(0, KEY_5);
    press(30, KEY_5 | KEY_6);
    press(60, KEY_6);
    release(90);

    assertThat(reports).containsExactly("KEY 5");
  }

  @Test
  void twoKeysOfOneColumnAreOnlyToldApartByTheScanAndReportNothing() {
    press(0, 1 << 1 | 1 << 5);
    release(60);

    assertThat(reports).isEmpty();
  }

  @Test
  void aKeyThatIsGoneBeforeTheScanReportsNothing() {
    take(contacts.looked(state, 2, 0));
    take(contacts.looked(state, 2, 15));
    take(contacts.scanned(0, 16));

    assertThat(reports).isEmpty();
    assertThat(state).isInstanceOf(KeypadContacts.State.Held.class);
  }

  @Test
  void aJammedKeyIsReportedOnceAndItsReleaseToo() {
    press(0, KEY_5);
    scan(60_014, KEY_5);
    assertThat(reports).containsExactly("KEY 5");
    scan(60_015, KEY_5);
    scan(90_000, KEY_5);

    release(100_000);

    assertThat(reports).containsExactly("KEY 5", "JAMMED", "RECOVERED");
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5})
  void anyBouncingShorterThanTheDebounceTimeGivesExactlyTheKeysPressed(long seed) {
    var random = new Random(seed);
    var expected = new ArrayList<String>();
    long now = 0;
    for (int press = 0; press < 200; press++) {
      int key = random.nextInt(16);
      expected.add("KEY " + key);
      now = bounce(random, now, 1 << key);
      now = hold(now, 1 << key, 20 + random.nextInt(200));
      now = bounce(random, now, 1 << key);
      now = hold(now, 0, 20 + random.nextInt(200));
    }

    assertThat(reports).as("seed %d", seed).isEqualTo(expected);
  }

  @Test
  void theLegendNamesTheKeys() {
    var layout = KeypadLayout.TELEPHONE_WITH_LETTERS;

    assertThat(layout.key(0, 0)).isEqualTo('1');
    assertThat(layout.key(3, 1)).isEqualTo('0');
    assertThat(layout.key(3, 3)).isEqualTo('D');
    assertThatIllegalArgumentException().isThrownBy(() -> new KeypadLayout("123/456/789/*0#"));
  }

  private long bounce(Random random, long from, int contact) {
    long now = from;
    for (int i = 0; i < 3; i++) {
      scan(now, random.nextBoolean() ? contact : 0);
      now += 4;
    }
    return now;
  }

  private long hold(long from, int contact, int millis) {
    long now = from;
    for (; now < from + millis; now += 5) {
      scan(now, contact);
    }
    scan(now, contact);
    return now + 1;
  }

  private void press(long now, int closed) {
    scan(now, closed);
    scan(now + 15, closed);
  }

  private void release(long now) {
    scan(now, 0);
    scan(now + 15, 0);
  }

  private void scan(long now, int closed) {
    take(contacts.looked(state, columns(closed), now));
    if (state instanceof KeypadContacts.State.Steady) {
      take(contacts.scanned(closed, now));
    }
  }

  private static int columns(int closed) {
    return (closed | closed >> 4 | closed >> 8 | closed >> 12) & 0xF;
  }

  private void take(KeypadContacts.Step step) {
    state = step.state();
    switch (step.report()) {
      case KeypadContacts.Report.Nothing _ -> {
      }
      case KeypadContacts.Report.Key(int contact) -> reports.add("KEY " + contact);
      case KeypadContacts.Report.Jam _ -> reports.add("JAMMED");
      case KeypadContacts.Report.Recovery _ -> reports.add("RECOVERED");
    }
  }
}
