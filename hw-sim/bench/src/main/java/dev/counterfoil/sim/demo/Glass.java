package dev.counterfoil.sim.demo;

import dev.counterfoil.protocol.money.Money;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// What a customer makes of a display.
final class Glass {

  /// Where sums are keyed, and where products are.
  private static final List<String> ASKS_FOR_KEYS = List.of("ENTER AMOUNT", "ENTER NUMBER");

  /// The star says that the terminal decided without the server.
  private static final Pattern APPROVED = Pattern.compile("^APPROVED(?:\\*| ) *(\\d+\\.\\d\\d)$");
  private static final Pattern BALANCE = Pattern.compile("^BALANCE +(-?\\d+\\.\\d\\d)$");

  /// With the number that cashiers know.
  private static final Pattern DECLINED = Pattern.compile("^DECLINED +ERR \\d{3}$");
  private static final Pattern OUT_OF_SERVICE = Pattern.compile("^OUT OF (SERVICE|ORDER \\d{3})$");

  /// An answer that a customer can read.
  ///
  /// @param amount  as shown with an approval, else empty
  /// @param balance as shown after an approval, else empty
  record Answer(Kind kind, String amount, String balance) {

    enum Kind {
      APPROVED, VOIDED, DECLINED, OUT_OF_SERVICE
    }
  }

  private Glass() {}

  /// The answer on the glass, if it shows one in full. A display is drawn line by line, so both lines are looked at.
  static Optional<Answer> read(List<String> lines) {
    String first = lines.getFirst().strip();
    String second = lines.getLast().strip();
    Matcher approved = APPROVED.matcher(first);
    if (approved.matches()) {
      Matcher balance = BALANCE.matcher(second);
      return balance.matches()
          ? Optional.of(new Answer(Answer.Kind.APPROVED, approved.group(1), balance.group(1)))
          : Optional.empty();
    }
    if (second.equals("VOIDED")) {
      return Optional.of(new Answer(Answer.Kind.VOIDED, "", ""));
    }
    if (DECLINED.matcher(first).matches()) {
      return Optional.of(new Answer(Answer.Kind.DECLINED, "", ""));
    }
    return OUT_OF_SERVICE.matcher(first).matches()
        ? Optional.of(new Answer(Answer.Kind.OUT_OF_SERVICE, "", ""))
        : Optional.empty();
  }

  static boolean asksForCard(List<String> lines) {
    return lines.getLast().strip().equals("PRESENT CARD");
  }

  /// Whether a card is asked for to pay exactly this.
  static boolean asksToPay(List<String> lines, long amountMinor) {
    return asksForCard(lines) && lines.getFirst().startsWith("TOTAL ")
        && lines.getFirst().strip().endsWith(" " + Money.decimal(amountMinor));
  }

  static boolean asksForOperator(List<String> lines) {
    return lines.getLast().strip().equals("OPERATOR CARD");
  }

  /// Whether the terminal waits for a customer.
  static boolean isIdle(List<String> lines) {
    return asksForCard(lines) || ASKS_FOR_KEYS.stream().anyMatch(lines.getLast().strip()::startsWith);
  }

  /// Whether a terminal that keys amounts or products waits for a customer and has the server in reach.
  static boolean isIdleAndOnline(List<String> lines) {
    return ASKS_FOR_KEYS.contains(lines.getLast().strip());
  }

  static String oneLine(List<String> lines) {
    return String.join("|", lines.stream().map(String::strip).toList());
  }
}
