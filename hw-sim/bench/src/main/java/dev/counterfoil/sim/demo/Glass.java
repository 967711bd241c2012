package dev.counterfoil.sim.demo;

import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// What a customer makes of a display.
final class Glass {

  private static final Pattern BALANCE = Pattern.compile("^BALANCE +(-?\\d+\\.\\d\\d)$");

  /// An answer that a customer can read.
  ///
  /// @param balance as shown after an approval, else empty
  record Answer(Kind kind, String balance) {

    enum Kind {
      APPROVED, VOIDED, DECLINED, OUT_OF_SERVICE
    }
  }

  private Glass() {}

  /// The answer on the glass, if it shows one in full. A display is drawn line by line, so both lines are looked at.
  static Optional<Answer> read(List<String> lines) {
    String first = lines.getFirst().strip();
    String second = lines.getLast().strip();
    if (first.startsWith("APPROVED")) {
      Matcher balance = BALANCE.matcher(second);
      return balance.matches()
          ? Optional.of(new Answer(Answer.Kind.APPROVED, balance.group(1)))
          : Optional.empty();
    }
    if (second.equals("VOIDED")) {
      return Optional.of(new Answer(Answer.Kind.VOIDED, ""));
    }
    if (first.equals("DECLINED")) {
      return Optional.of(new Answer(Answer.Kind.DECLINED, ""));
    }
    return first.equals("OUT OF SERVICE")
        ? Optional.of(new Answer(Answer.Kind.OUT_OF_SERVICE, ""))
        : Optional.empty();
  }

  static boolean asksForCard(List<String> lines) {
    return lines.getLast().strip().equals("PRESENT CARD");
  }

  static boolean asksForOperator(List<String> lines) {
    return lines.getLast().strip().equals("OPERATOR CARD");
  }

  /// Whether the terminal waits for a customer.
  static boolean isIdle(List<String> lines) {
    return asksForCard(lines) || lines.getLast().strip().startsWith("ENTER AMOUNT");
  }

  static String oneLine(List<String> lines) {
    return String.join("|", lines.stream().map(String::strip).toList());
  }
}
