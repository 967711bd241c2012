package dev.counterfoil.protocol.receipt;

import dev.counterfoil.protocol.id.TerminalId;
import dev.counterfoil.protocol.journal.JournalRecord;
import java.util.Optional;

/// What a receipt carries so that its holder can ask whether the server has that very record: the first 40 bits of
/// the terminal id, the sequence number, and the first 40 bits of the record's hash. Whoever holds the record's bytes
/// can check it without the server; who holds only the code can find the record, and a code typed wrongly or for a
/// record that was replaced does not match.
///
/// Text form: `TTTTTTTT-SSSS-HHHHHHHH-C` in Crockford's base 32 (no I, L, O, U), the sequence number without leading
/// zeros, C a check character over the rest.
///
/// @param terminalPrefix first 40 bits of the terminal id
/// @param seq sequence number, from 1
/// @param tag first 40 bits of the record's hash
public record ReceiptCode(long terminalPrefix, long seq, long tag) {

  private static final String DIGITS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
  private static final int BITS = 40;
  private static final int CHECK_MODULUS = 31;

  public ReceiptCode {
    if (terminalPrefix >>> BITS != 0 || tag >>> BITS != 0 || seq < 1) {
      throw new IllegalArgumentException("receipt code out of range: seq " + seq);
    }
  }

  public static ReceiptCode of(JournalRecord record) {
    return new ReceiptCode(prefix(record.terminal()), record.seq(), tag(record));
  }

  /// Whether this code stands for that record.
  public boolean matches(JournalRecord record) {
    return equals(of(record));
  }

  /// Reads what a human typed: case, spaces and hyphens do not matter, I and L read as 1, O as 0.
  ///
  /// @return empty unless the text is a code with a right check character
  public static Optional<ReceiptCode> parse(String text) {
    String clean = normalized(text);
    if (clean.length() < 18 || clean.length() > 30 || clean.chars().anyMatch(c -> DIGITS.indexOf(c) < 0)) {
      return Optional.empty();
    }
    String digits = clean.substring(0, clean.length() - 1);
    String seq = digits.substring(8, digits.length() - 8);
    if (clean.charAt(clean.length() - 1) != check(digits) || seq.length() > 12) {
      return Optional.empty();
    }
    long number = decode(seq);
    return number < 1 ? Optional.empty()
        : Optional.of(new ReceiptCode(decode(digits.substring(0, 8)), number,
            decode(digits.substring(digits.length() - 8))));
  }

  @Override
  public String toString() {
    String terminal = encode(terminalPrefix, 8);
    String number = encode(seq, 1);
    String hash = encode(tag, 8);
    return terminal + "-" + number + "-" + hash + "-" + check(terminal + number + hash);
  }

  private static long prefix(TerminalId terminal) {
    return terminal.high() >>> 64 - BITS;
  }

  private static long tag(JournalRecord record) {
    return record.hash().a() >>> 64 - BITS;
  }

  private static String normalized(String text) {
    var clean = new StringBuilder(text.length());
    for (char c : text.toCharArray()) {
      char upper = c >= 'a' && c <= 'z' ? (char) (c - 32) : c;
      if (upper != '-' && upper != ' ') {
        clean.append(switch (upper) {
          case 'I', 'L' -> '1';
          case 'O' -> '0';
          default -> upper;
        });
      }
    }
    return clean.toString();
  }

  /// Weighted sum modulo a prime, so that one wrong character and two swapped neighbours are both noticed.
  private static char check(String digits) {
    int sum = 0;
    for (int i = 0; i < digits.length(); i++) {
      sum = (sum * 3 + DIGITS.indexOf(digits.charAt(i)) + 1) % CHECK_MODULUS;
    }
    return DIGITS.charAt(sum);
  }

  private static String encode(long value, int leastDigits) {
    var text = new StringBuilder();
    long rest = value;
    while (rest != 0 || text.length() < leastDigits) {
      text.append(DIGITS.charAt((int) (rest & 31)));
      rest >>>= 5;
    }
    return text.reverse().toString();
  }

  private static long decode(String digits) {
    long value = 0;
    for (char c : digits.toCharArray()) {
      value = value << 5 | DIGITS.indexOf(c);
    }
    return value;
  }
}
