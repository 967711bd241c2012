package dev.counterfoil.sim.demo;

import dev.counterfoil.protocol.money.Money;
import dev.counterfoil.sim.device.SimTerminalHardware;
import dev.counterfoil.sim.device.panel.Finger;
import dev.counterfoil.sim.verify.Tap;
import dev.counterfoil.sim.verify.TapLog;
import java.time.InstantSource;
import java.util.List;
import java.util.function.Predicate;

/// Hands, eyes and a card at one terminal: keys, presents, reads the glass, writes down what it said. One thread.
final class Customer {

  /// As quick as a cashier who keys all day; the keypad's debounce still wins.
  private static final Finger.Touch QUICK = new Finger.Touch(35_000, 20_000, 2_000);
  private static final long PATIENCE_MILLIS = 2_500;
  private static final long PROMPT_MILLIS = 700;
  private static final int ATTEMPTS = 3;
  private static final long STILL_MILLIS = 60;

  private final DemoTerminal terminal;
  private final SimTerminalHardware hardware;
  private final TapLog log;
  private final InstantSource clock;

  Customer(DemoTerminal terminal, SimTerminalHardware hardware, TapLog log, InstantSource clock) {
    this.terminal = terminal;
    this.hardware = hardware;
    this.log = log;
    this.clock = clock;
  }

  /// Buys one thing. Blocks until the glass has answered or patience ends.
  ///
  /// @return DARK without a line in the log if the terminal never asked for a card
  Tap buy(Cardholder holder, long priceMinor) throws InterruptedException {
    if (!prompt(terminal.keysFor(priceMinor), lines -> Glass.asksToPay(lines, priceMinor))) {
      return tap(holder, Tap.Kind.SALE, 0, Tap.Glass.DARK);
    }
    Tap.Glass answer = present(holder, lines -> approvedFor(holder, lines));
    return noted(tap(holder, Tap.Kind.SALE,
        answer == Tap.Glass.APPROVED ? shownAmount(priceMinor) : priceMinor, answer));
  }

  /// The cashier takes the last sale back with an operator's card.
  Tap voidLast(Cardholder operator, long priceMinor) throws InterruptedException {
    if (!prompt("A", Glass::asksForOperator)) {
      return tap(operator, Tap.Kind.VOID, 0, Tap.Glass.DARK);
    }
    return noted(tap(operator, Tap.Kind.VOID, priceMinor, present(operator, Customer::voided)));
  }

  /// Types, looks whether the glass asks for the right thing, and if not clears and types again, slower.
  private boolean prompt(String keys, Predicate<List<String>> wanted) throws InterruptedException {
    for (int attempt = 0; attempt < ATTEMPTS && !keys.isEmpty(); attempt++) {
      Finger.Touch touch = attempt == 0 ? QUICK : Finger.Touch.usual();
      if (attempt > 0) {
        hardware.pressKey('D', touch);
        hardware.awaitGlass(Glass::isIdle, PROMPT_MILLIS);
      }
      keys.chars().forEach(key -> hardware.pressKey((char) key, touch));
      if (hardware.awaitGlass(wanted, PROMPT_MILLIS)) {
        return true;
      }
    }
    return keys.isEmpty();
  }

  /// What the customer reads, which is what counts.
  private long shownAmount(long expectedMinor) {
    return Glass.read(hardware.glass()).map(answer -> Money.parseDecimal(answer.amount()))
        .orElse(expectedMinor);
  }

  private Tap.Glass present(Cardholder holder, Predicate<List<String>> approved) throws InterruptedException {
    List<String> before = hardware.glass();
    hardware.presentCard(holder.card());
    boolean answered = hardware.awaitGlass(lines -> approved.test(lines) || refusedNow(before, lines),
        PATIENCE_MILLIS);
    hardware.removeCard();
    if (!answered) {
      return Tap.Glass.DARK;
    }
    if (approved.test(hardware.glass())) {
      return Tap.Glass.APPROVED;
    }
    readToTheEnd();
    return Tap.Glass.DECLINED;
  }

  /// A refusal is drawn line by line; people read on until nothing changes.
  private void readToTheEnd() throws InterruptedException {
    List<String> seen = hardware.glass();
    for (List<String> before = List.of(); !seen.equals(before); seen = hardware.glass()) {
      before = seen;
      List<String> known = seen;
      hardware.awaitGlass(lines -> !lines.equals(known), STILL_MILLIS);
    }
  }

  private static boolean approvedFor(Cardholder holder, List<String> lines) {
    return Glass.read(lines).filter(answer -> answer.kind() == Glass.Answer.Kind.APPROVED)
        .filter(answer -> holder.recognises(answer.balance())).isPresent();
  }

  private static boolean voided(List<String> lines) {
    return Glass.read(lines).filter(answer -> answer.kind() == Glass.Answer.Kind.VOIDED).isPresent();
  }

  /// A refusal that stood there already was for somebody else.
  private static boolean refusedNow(List<String> before, List<String> lines) {
    return !lines.equals(before) && Glass.read(lines).filter(answer -> switch (answer.kind()) {
      case DECLINED, OUT_OF_SERVICE -> true;
      case APPROVED, VOIDED -> false;
    }).isPresent();
  }

  /// Waits for the terminal to be free for the next customer.
  boolean awaitIdle(long millis) throws InterruptedException {
    return hardware.awaitGlass(Glass::isIdle, millis);
  }

  private Tap tap(Cardholder holder, Tap.Kind kind, long amount, Tap.Glass glass) {
    return new Tap(clock.millis(), terminal.name(), holder.label(), kind, amount, glass,
        Glass.oneLine(hardware.glass()));
  }

  private Tap noted(Tap tap) {
    log.add(tap);
    return tap;
  }
}
