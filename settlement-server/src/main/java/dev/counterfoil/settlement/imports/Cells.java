package dev.counterfoil.settlement.imports;

import dev.counterfoil.protocol.card.CardToken;
import dev.counterfoil.protocol.money.Money;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// The cells of one row as what they mean. Every cell that means nothing is a fault, and what is given back for it must not
/// be used: ask {@link #isGood} first.
final class Cells {

  private static final Pattern AMOUNT = Pattern.compile("[0-9]{1,13}(\\.[0-9]{1,2})?");
  private static final Pattern NUMBER = Pattern.compile("[0-9]{1,18}");
  private static final Pattern PHONE = Pattern.compile("\\+?[0-9]{3,20}");
  private static final Pattern TOKEN = Pattern.compile("[0-9a-fA-F]{40}");
  private static final Pattern UID = Pattern.compile("([0-9a-fA-F]{2}){4,10}");

  private final Header header;
  private final CsvRow row;
  private final Surroundings around;
  private final Faults faults;
  private final long faultsBefore;

  Cells(Header header, CsvRow row, Surroundings around, Faults faults) {
    this.header = header;
    this.row = row;
    this.around = around;
    this.faults = faults;
    this.faultsBefore = faults.count();
  }

  int row() {
    return row.number();
  }

  /// Whether no cell asked for so far was a fault.
  boolean isGood() {
    return faults.count() == faultsBefore;
  }

  boolean has(String column) {
    return !header.cell(row, column).isEmpty();
  }

  /// Data as it stands, whatever it begins with: nothing of it is ever carried out.
  String text(String column) {
    String cell = header.cell(row, column);
    if (cell.chars().anyMatch(Character::isISOControl)) {
      fault(column, ImportFault.TEXT_WRONG, Faults.found(cell));
    }
    return cell;
  }

  String needed(String column) {
    if (!has(column)) {
      fault(column, ImportFault.CELL_EMPTY, "");
    }
    return text(column);
  }

  /// In minor units; 0 for an empty cell.
  long amount(String column) {
    String cell = header.cell(row, column);
    if (!cell.isEmpty() && !AMOUNT.matcher(cell).matches()) {
      fault(column, ImportFault.AMOUNT_WRONG, Faults.found(cell) + " allowed=an amount such as 12.50");
      return 0;
    }
    return cell.isEmpty() ? 0 : Money.parseDecimal(cell);
  }

  /// Above 0.
  long neededAmount(String column) {
    needed(column);
    long amount = amount(column);
    if (amount == 0 && isGood()) {
      fault(column, ImportFault.AMOUNT_WRONG,
          Faults.found(header.cell(row, column)) + " allowed=more than 0");
    }
    return amount;
  }

  /// @param fallback for an empty cell
  long number(String column, long least, long most, long fallback) {
    String cell = header.cell(row, column);
    if (cell.isEmpty()) {
      return fallback;
    }
    long number = NUMBER.matcher(cell).matches() ? Long.parseLong(cell) : -1;
    if (number < least || number > most) {
      fault(column, ImportFault.NUMBER_WRONG, Faults.found(cell) + " allowed=" + least + ".." + most);
      return fallback;
    }
    return number;
  }

  /// One of our accounts: `17` or `ACCT0000000017`; 0 for an empty cell.
  long account(String column) {
    String cell = header.cell(row, column).toUpperCase(Locale.ROOT);
    String digits = cell.startsWith("ACCT") ? cell.substring("ACCT".length()) : cell;
    if (!cell.isEmpty() && !NUMBER.matcher(digits).matches()) {
      fault(column, ImportFault.NUMBER_WRONG, Faults.found(cell) + " allowed=17 or ACCT0000000017");
      return 0;
    }
    return cell.isEmpty() ? 0 : Long.parseLong(digits);
  }

  /// A word of a list, in any case.
  ///
  /// @param fallback for an empty cell
  <E extends Enum<E>> E choice(String column, Class<E> words, E fallback) {
    String cell = header.cell(row, column);
    if (cell.isEmpty()) {
      return fallback;
    }
    List<E> all = List.of(words.getEnumConstants());
    Optional<E> found = all.stream().filter(word -> word.name().equalsIgnoreCase(cell)).findFirst();
    if (found.isEmpty()) {
      fault(column, ImportFault.CHOICE_WRONG,
          Faults.found(cell) + " allowed=" + all.stream().map(Enum::name).collect(Collectors.joining(",")));
    }
    return found.orElse(fallback);
  }

  /// @param fallback for an empty cell
  boolean yes(String column, boolean fallback) {
    String cell = header.cell(row, column).toLowerCase(Locale.ROOT);
    if (!Arrays.asList("", "yes", "no", "1", "0", "true", "false", "是", "否").contains(cell)) {
      fault(column, ImportFault.CHOICE_WRONG, Faults.found(cell) + " allowed=yes,no");
    }
    return cell.isEmpty() ? fallback : List.of("yes", "1", "true", "是").contains(cell);
  }

  /// Unix milliseconds; 0 for an empty cell.
  long time(String column) {
    String cell = header.cell(row, column);
    if (cell.isEmpty()) {
      return 0;
    }
    Optional<Long> time = CellTime.read(cell, around.zone());
    if (time.isEmpty()) {
      fault(column, ImportFault.TIME_WRONG, Faults.found(cell) + (around.zone().isEmpty()
          && CellTime.needsZone(cell) ? " meaning=\"it has no offset; name its zone with --zone\""
              : " allowed=" + CellTime.ALLOWED));
    }
    return time.orElse(0L);
  }

  /// A day such as `2026-11-23`; needed.
  LocalDate day(String column) {
    String cell = needed(column);
    try {
      return LocalDate.parse(cell);
    } catch (DateTimeParseException e) {
      if (!cell.isEmpty()) {
        fault(column, ImportFault.DAY_WRONG, Faults.found(cell) + " allowed=a day such as 2026-11-23");
      }
      return LocalDate.EPOCH;
    }
  }

  /// Not to come.
  long pastTime(String column) {
    needed(column);
    long time = time(column);
    if (time > around.nowMs()) {
      fault(column, ImportFault.TIME_WRONG, Faults.found(header.cell(row, column)) + " allowed=not to come");
    }
    return time;
  }

  /// A card's number belongs into no error text.
  Optional<CardToken> card(String column) {
    String cell = header.cell(row, column);
    String digits = cell.replace(":", "").replace(" ", "");
    if (cell.isEmpty()) {
      return Optional.empty();
    }
    if (TOKEN.matcher(cell).matches()) {
      return Optional.of(CardToken.parse(cell.toLowerCase(Locale.ROOT)));
    }
    if (!UID.matcher(digits).matches()) {
      fault(column, ImportFault.CARD_WRONG, "");
      return Optional.empty();
    }
    return Optional.of(around.tokens().apply(HexFormat.of().parseHex(digits)));
  }

  /// Nor does a telephone number.
  String phone(String column) {
    String digits = header.cell(row, column).replace(" ", "").replace("-", "");
    if (!digits.isEmpty() && !PHONE.matcher(digits).matches()) {
      fault(column, ImportFault.PHONE_WRONG, "");
    }
    return digits;
  }

  /// A file may name its site, and then names no other one.
  void sameSite(String column) {
    String cell = header.cell(row, column);
    if (!cell.isEmpty() && !cell.equals(Integer.toString(around.site()))) {
      fault(column, ImportFault.SITE_FOREIGN, Faults.found(cell) + " allowed=" + around.site());
    }
  }

  void fault(String column, ImportFault fault, String detail) {
    faults.add(row.number(), column, fault, detail);
  }
}
