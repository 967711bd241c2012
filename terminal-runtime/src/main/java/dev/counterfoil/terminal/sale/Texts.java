package dev.counterfoil.terminal.sale;

import dev.counterfoil.protocol.money.Money;
import dev.counterfoil.protocol.policy.DeclineReason;
import dev.counterfoil.terminal.device.CardRefusal;
import dev.counterfoil.terminal.device.ScreenText;
import dev.counterfoil.terminal.device.ScreenText.Line;
import dev.counterfoil.terminal.journal.Refusal;
import dev.counterfoil.terminal.weigh.WeighedGoods;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// What each [Screen] says, in the language of the terminal and, for a display without it, in English. The same for
/// every display; where it stands there is the display's business.
public final class Texts {

  /// The languages of the first screen on (D14).
  public enum Language {
    ENGLISH, CHINESE
  }

  private static final int SET_UP = 11;
  private static final int STORE_FULL = 12;
  private static final String OFFLINE = "OFF";
  private static final long GRAMS = 1_000;
  private static final long MINUTE = 60_000;
  private static final long HOUR = 60;

  private final Language language;
  private final String name;
  private final boolean byNumber;

  /// @param name     what the idle screen's first line says; empty for a greeting
  /// @param byNumber what is keyed are numbers of products, not amounts
  public Texts(Language language, String name, boolean byNumber) {
    this.language = language;
    this.name = name;
    this.byNumber = byNumber;
  }

  /// Of a terminal where amounts are keyed.
  public Texts(Language language, String name) {
    this(language, name, false);
  }

  public ScreenText text(Screen screen) {
    return new ScreenText(lines(screen));
  }

  private List<Line> lines(Screen screen) {
    return switch (screen) {
      case Screen.Ready(var online) -> List.of(name(),
          line(enter(), online ? "" : OFFLINE));
      case Screen.Typing(var keyed, var basket) -> List.of(
          basket == 0 ? line(byNumber ? Phrase.NUMBER : Phrase.AMOUNT) : total(basket),
          typed(keyed.replace('*', '.') + "_"));
      case Screen.CodeRead() -> List.of(line(Phrase.CODE_READ), line(enter()));
      case Screen.PresentCard(var amount) -> List.of(total(amount).enlarged(), line(Phrase.PRESENT_CARD));
      case Screen.TapCard() -> List.of(name(), line(Phrase.PRESENT_CARD));
      case Screen.Counted(var count, var most) -> List.of(
          line(Phrase.COUNTED, most == 0 ? Long.toString(count) : count + "/" + most).enlarged(),
          line(Phrase.NOTHING_TO_PAY));
      case Screen.Collected(var dish, var copies) ->
        List.of(line(Phrase.ORDER_HANDED_OUT).enlarged(), dish(dish, copies), line(Phrase.NOTHING_TO_PAY));
      case Screen.TimeStarted(var unit) -> List.of(line(Phrase.TIME_STARTED),
          line(Phrase.PER_UNIT, Money.decimal(unit)));
      case Screen.Weighed(var goods, var grams, var kilogram, var amount) -> List.of(total(amount).enlarged(),
          new Line(Money.decimal(kilogram) + "/kg", Money.decimal(kilogram) + "/kg", kilograms(grams), false),
          line(Phrase.PRESENT_CARD), named(goods));
      case Screen.NotWeighed(var goods, var problem) -> List.of(line(phrase(problem)),
          isPrompt(problem) ? named(goods) : code(problem.name()));
      case Screen.Password(var amount, var digits) -> List.of(total(amount),
          line(Phrase.PASSWORD, "*".repeat(digits)));
      case Screen.BalanceCard() -> List.of(line(Phrase.BALANCE_QUERY), line(Phrase.PRESENT_CARD));
      case Screen.Balance(var balance, var offline) -> List.of(
          line(offline ? Phrase.BALANCE_OFFLINE : Phrase.BALANCE),
          new Line("", "", Money.decimal(balance), true));
      case Screen.Working(var amount, var original) -> amount == original
          ? List.of(total(amount).enlarged(), line(Phrase.PLEASE_WAIT))
          : List.of(total(amount).enlarged(), before(original), line(Phrase.PLEASE_WAIT));
      // The star stands for "without the server": a word more would not leave room for a four-digit amount.
      case Screen.Approved approved -> approved(approved);
      case Screen.CashRecorded(var amount) ->
        List.of(total(amount).enlarged(), line(Phrase.CASH_RECORDED));
      case Screen.Declined(var reason) ->
        List.of(line(Phrase.DECLINED, numbered(reason.number())), line(phrase(reason)).enlarged());
      case Screen.CardRefused(var why) -> List.of(line(title(why)), line(phrase(why)).enlarged());
      case Screen.OperatorCard(var errand) -> List.of(line(phrase(errand)), line(Phrase.OPERATOR_CARD));
      case Screen.Test(var shown) -> tested(lines(shown));
      case Screen.TestMode(var on) ->
        List.of(line(Phrase.TEST_MODE), line(on ? Phrase.TEST_MODE_ON : Phrase.TEST_MODE_OFF));
      case Screen.AlreadyPaid(var amount, var minute, var seq) -> List.of(
          line(Phrase.ALREADY_PAID, Money.decimal(amount)).enlarged(),
          line(Phrase.RECEIPT, "%02d:%02d #%d".formatted(minute / 60, minute % 60, seq)));
      case Screen.SameCard(var amount) -> List.of(line(Phrase.SAME_CARD),
          line(Phrase.TOTAL, Money.decimal(amount)), code(numbered(Screen.Mistake.PRESENT_AGAIN.number())));
      case Screen.RefundSale(var typed) ->
        List.of(line(Phrase.REFUND), typed.isEmpty() ? line(Phrase.REFUND_WHICH) : typed(typed + "_"));
      case Screen.RefundAmount(var left, var typed) -> List.of(line(Phrase.REFUND_LEFT, Money.decimal(left)),
          typed.isEmpty() ? line(Phrase.ENTER_AMOUNT) : typed(typed.replace('*', '.') + "_"));
      case Screen.RefundAsked() -> List.of(line(Phrase.REFUND), line(Phrase.PLEASE_WAIT));
      case Screen.Refunded(var amount, var cash) ->
        List.of(total(amount).enlarged(), line(cash ? Phrase.REFUNDED_CASH : Phrase.REFUNDED));
      case Screen.RefundRefused(var code) -> List.of(line(Phrase.REFUND_REFUSED), refusal(code));
      case Screen.ShiftOpened(var number) -> List.of(line(Phrase.SHIFT_OPENED, Long.toString(number)));
      case Screen.ShiftClosed(var number, var net) ->
        List.of(line(Phrase.SHIFT_CLOSED, Long.toString(number)), total(net));
      case Screen.ShiftEqual(var number, var net) ->
        List.of(line(Phrase.SHIFT_EQUAL, Long.toString(number)), total(net));
      // The records are shortened where they do not fit; log and paper have them all.
      case Screen.ShiftDiffers(var difference, var books, var records) -> List.of(
          line(Phrase.SHIFT_DIFFERS, Money.decimal(difference)),
          records.equals("none") ? line(Phrase.SERVER_SAYS, Money.decimal(books))
              : line(Phrase.RECORDS, records));
      case Screen.Voided(var amount) -> List.of(total(amount).enlarged(), line(Phrase.VOIDED));
      case Screen.Rejected(var mistake) ->
        List.of(line(mistake == Screen.Mistake.NO_AMOUNT ? enter() : phrase(mistake)),
            code(numbered(mistake.number())));
      case Screen.SeveralCards() -> List.of(line(Phrase.SEVERAL_CARDS), line(Phrase.ONE_CARD_PLEASE));
      case Screen.OutOfOrder(var code) when code.equals(SaleDesk.SHIFT_CLOSED) ->
        List.of(line(Phrase.SHIFT_NEEDED), code("A 2"));
      case Screen.OutOfOrder(var code) when code.equals(Refusal.NOT_CONFIRMED.name()) ->
        List.of(line(Phrase.AWAITING_CONFIRM), code(code));
      case Screen.OutOfOrder(var code) ->
        List.of(line(Phrase.OUT_OF_ORDER, "%03d".formatted(numberOf(code))), code(code));
    };
  }

  /// What it paid stands with its name, so that what is left keeps the right edge to itself.
  private Line purse(Phrase name, long paid, long left) {
    String part = " -" + Money.decimal(paid);
    return new Line(name.in(language) + part, name.english() + part, Money.decimal(left), false);
  }

  private static String hours(long minutes) {
    return String.format(Locale.ROOT, "%d:%02d", minutes / HOUR, minutes % HOUR);
  }

  private static String kilograms(long grams) {
    return String.format(Locale.ROOT, "%d.%03dkg", grams / GRAMS, grams % GRAMS);
  }

  /// What is only awaited needs no code.
  private static boolean isPrompt(WeighedGoods.Problem problem) {
    return problem == WeighedGoods.Problem.SCALE_EMPTY || problem == WeighedGoods.Problem.SCALE_UNSTABLE;
  }

  /// A display without the characters of the name still says how many.
  private Line dish(String name, int copies) {
    return new Line(name, isPlain(name) ? name : Phrase.ORDER.english(), "x" + copies, false);
  }

  private Line named(String goods) {
    return new Line(goods, isPlain(goods) ? goods : "", "", false);
  }

  private static boolean isPlain(String text) {
    return text.chars().allMatch(c -> c >= ' ' && c <= '~');
  }

  private Phrase enter() {
    return byNumber ? Phrase.ENTER_NUMBER : Phrase.ENTER_AMOUNT;
  }

  private List<Line> approved(Screen.Approved approved) {
    var lines = new ArrayList<Line>();
    lines.add(line(approved.offline() ? Phrase.APPROVED_OFFLINE : Phrase.APPROVED,
        Money.decimal(approved.amountMinor())).enlarged());
    // What is handed out stands before the balance: a glass of two lines must say it to whoever serves.
    approved.details().stream().filter(Screen.Detail.Dish.class::isInstance)
        .forEach(dish -> lines.addAll(detail(dish)));
    lines.add(line(Phrase.BALANCE, Money.decimal(approved.balanceMinor())));
    approved.details().stream().filter(detail -> !(detail instanceof Screen.Detail.Dish))
        .forEach(detail -> lines.addAll(detail(detail)));
    return lines;
  }

  private List<Line> detail(Screen.Detail detail) {
    return switch (detail) {
      case Screen.Detail.Before(var original) -> List.of(before(original));
      case Screen.Detail.Count(var count) -> List.of(line(Phrase.COUNTED, Long.toString(count)));
      case Screen.Detail.Dish(var name, var copies) -> List.of(dish(name, copies));
      case Screen.Detail.Stay(var millis) -> List.of(line(Phrase.TIME, hours(millis / MINUTE)));
      case Screen.Detail.Purses(var subsidy, var subsidyLeft, var own, var ownLeft) -> List.of(
          purse(Phrase.SUBSIDY, subsidy, subsidyLeft), purse(Phrase.OWN_MONEY, own, ownLeft));
      case Screen.Detail.Points(var used, var earned) ->
        List.of(line(Phrase.POINTS, "-" + used + " +" + earned));
    };
  }

  private Line before(long originalMinor) {
    return line(Phrase.BEFORE_DISCOUNT, Money.decimal(originalMinor));
  }

  /// The mark stands first on the glass, so that whatever is shortened is not it.
  private List<Line> tested(List<Line> lines) {
    Line first = lines.getFirst();
    var marked = new ArrayList<>(lines);
    marked.set(0,
        new Line(Phrase.TEST.in(language) + " " + first.words(), Phrase.TEST.english() + " " + first.latin(),
            first.figure(), first.large()));
    return List.copyOf(marked);
  }

  /// A display without the characters of the name greets instead: a row of question marks names nobody.
  private Line name() {
    return name.isEmpty() ? line(Phrase.WELCOME)
        : new Line(name, isPlain(name) ? name : Phrase.WELCOME.english(), "", false);
  }

  /// What a cashier tells the office, in any language.
  private static String numbered(int number) {
    return "ERR %03d".formatted(number);
  }

  /// 012 for a store that takes no more records, 011 for everything else that somebody has to put in order first.
  private static int numberOf(String refusal) {
    boolean full = refusal.equals(Refusal.JOURNAL_FULL.name()) || refusal.equals(Refusal.DISK_FULL.name());
    return full ? STORE_FULL : SET_UP;
  }

  private Line total(long amountMinor) {
    return line(Phrase.TOTAL, Money.decimal(amountMinor));
  }

  private Line line(Phrase phrase) {
    return line(phrase, "");
  }

  private Line line(Phrase phrase, String figure) {
    return new Line(phrase.in(language), phrase.english(), figure, false);
  }

  private static Line typed(String keyed) {
    return new Line(keyed, keyed, "", true);
  }

  /// As words, because a code stands alone and is read from the left.
  private static Line code(String code) {
    return new Line(code, code, "", false);
  }

  /// What the customer reads for a refusal; each reason has its own text (PAY-22).
  public static Phrase phrase(DeclineReason reason) {
    return switch (reason) {
      case PARAMETER_ERROR -> Phrase.PARAMETER_ERROR;
      case IDENTITY_ERROR -> Phrase.IDENTITY_ERROR;
      case MERCHANT_INVALID -> Phrase.MERCHANT_INVALID;
      case METHOD_UNSUPPORTED -> Phrase.METHOD_UNSUPPORTED;
      case CARD_LOST -> Phrase.CARD_LOST;
      case CARD_INVALID -> Phrase.CARD_INVALID;
      case CARD_EXPIRED -> Phrase.CARD_EXPIRED;
      case QR_INVALID -> Phrase.QR_INVALID;
      case QR_EXPIRED -> Phrase.QR_EXPIRED;
      case ACCOUNT_FROZEN -> Phrase.ACCOUNT_FROZEN;
      case ACCOUNT_INVALID -> Phrase.ACCOUNT_INVALID;
      case PERMISSION_DENIED -> Phrase.PERMISSION_DENIED;
      case LIMIT_PER_TRANSACTION -> Phrase.LIMIT_PER_TRANSACTION;
      case LIMIT_PER_PERIOD -> Phrase.LIMIT_PER_PERIOD;
      case OUTSIDE_HOURS -> Phrase.OUTSIDE_HOURS;
      case LIMIT_MEAL_COUNT -> Phrase.LIMIT_MEAL_COUNT;
      case LIMIT_MEAL_AMOUNT -> Phrase.LIMIT_MEAL_AMOUNT;
      case ORDER_NONE -> Phrase.ORDER_NONE;
      case ORDER_COLLECTED -> Phrase.ORDER_COLLECTED;
      case LIMIT_WEEKEND -> Phrase.LIMIT_WEEKEND;
      case LIMIT_HOLIDAY -> Phrase.LIMIT_HOLIDAY;
      case LIMIT_HOUR_COUNT -> Phrase.LIMIT_HOUR_COUNT;
      case LIMIT_DAY_COUNT -> Phrase.LIMIT_DAY_COUNT;
      case INSUFFICIENT_BALANCE -> Phrase.INSUFFICIENT_BALANCE;
      case RISK_REFUSED -> Phrase.RISK_REFUSED;
      case PASSWORD_NEEDED -> Phrase.PASSWORD_NEEDED;
      case PASSWORD_NOT_SET -> Phrase.PASSWORD_NOT_SET;
      case PASSWORD_WRONG -> Phrase.PASSWORD_WRONG;
      case PASSWORD_LOCKED -> Phrase.PASSWORD_LOCKED;
      case CLOCK_UNKNOWN -> Phrase.CLOCK_UNKNOWN;
      case OFFLINE_NOT_ALLOWED -> Phrase.OFFLINE_NOT_ALLOWED;
      case OFFLINE_DATA_TOO_OLD -> Phrase.OFFLINE_DATA_TOO_OLD;
      case OFFLINE_LIMIT_PER_TAP -> Phrase.OFFLINE_LIMIT_PER_TAP;
      case OFFLINE_LIMIT_PER_CARD -> Phrase.OFFLINE_LIMIT_PER_CARD;
      case OFFLINE_ALLOWANCE_USED -> Phrase.OFFLINE_ALLOWANCE_USED;
      case SYSTEM_BUSY -> Phrase.SYSTEM_BUSY;
      case PAYMENT_FAILED -> Phrase.PAYMENT_FAILED;
    };
  }

  /// What the customer reads while there is no price.
  static Phrase phrase(WeighedGoods.Problem problem) {
    return switch (problem) {
      case SCALE_EMPTY -> Phrase.SCALE_EMPTY;
      case SCALE_UNSTABLE -> Phrase.SCALE_UNSTABLE;
      case SCALE_TOO_LIGHT -> Phrase.SCALE_TOO_LIGHT;
      case SCALE_SOLD -> Phrase.SCALE_SOLD;
      case SCALE_CHANGED -> Phrase.SCALE_CHANGED;
      case SCALE_OVERLOAD -> Phrase.SCALE_OVERLOAD;
      case SCALE_NEGATIVE -> Phrase.SCALE_NEGATIVE;
      case SCALE_MISSING -> Phrase.SCALE_MISSING;
      case SCALE_STALE -> Phrase.SCALE_STALE;
    };
  }

  private static Phrase phrase(OperatorErrand errand) {
    return switch (errand) {
      case VOID -> Phrase.VOID_LAST_SALE;
      case SHIFT -> Phrase.SHIFT;
      case REFUND -> Phrase.REFUND;
      case CLEAR -> Phrase.CLEAR;
      case TEST -> Phrase.TEST_MODE;
    };
  }

  /// Codes of the server that a cashier can do something about; of any other the code itself.
  private Line refusal(String code) {
    return switch (code) {
      case "TRANSACTION_NOT_FOUND" -> line(Phrase.SALE_NOT_FOUND);
      case "TRANSACTION_STATUS" -> line(Phrase.SALE_TAKEN_BACK);
      case "REFUND_AMOUNT_EXCEEDED" -> line(Phrase.REFUND_TOO_HIGH);
      case "REFUND_TAKES_TWO" -> line(Phrase.REFUND_TAKES_TWO);
      case "REFUND_NOT_PERMITTED" -> line(Phrase.PERMISSION_DENIED);
      default -> code(code);
    };
  }

  private static Phrase title(CardRefusal why) {
    return switch (why) {
      case CARD_REMOVED, CARD_UNSTEADY -> Phrase.PRESENT_AGAIN;
      case CARD_UNIDENTIFIED -> Phrase.DECLINED;
      case CARD_WRONG_KIND, CARD_NOT_OURS, CARD_KEY_WRONG, CARD_FORGED, CARD_REPLAYED, CARD_UNUSABLE ->
        Phrase.CARD_NOT_TAKEN;
    };
  }

  /// What the customer reads for a card that is not taken; each reason has its own text.
  public static Phrase phrase(CardRefusal why) {
    return switch (why) {
      case CARD_UNIDENTIFIED -> Phrase.IDENTITY_ERROR;
      case CARD_WRONG_KIND -> Phrase.CARD_WRONG_KIND;
      case CARD_NOT_OURS -> Phrase.CARD_NOT_OURS;
      case CARD_KEY_WRONG -> Phrase.CARD_KEY_WRONG;
      case CARD_FORGED -> Phrase.CARD_FORGED;
      case CARD_REPLAYED -> Phrase.CARD_REPLAYED;
      case CARD_REMOVED -> Phrase.CARD_REMOVED;
      case CARD_UNSTEADY -> Phrase.CARD_UNSTEADY;
      case CARD_UNUSABLE -> Phrase.CARD_UNUSABLE;
    };
  }

  private static Phrase phrase(Screen.Mistake mistake) {
    return switch (mistake) {
      case NO_AMOUNT -> Phrase.ENTER_AMOUNT;
      case AMOUNT_TOO_HIGH -> Phrase.AMOUNT_TOO_HIGH;
      case UNKNOWN_PRODUCT -> Phrase.UNKNOWN_PRODUCT;
      case TOO_MANY_PRODUCTS -> Phrase.TOO_MANY_PRODUCTS;
      case BAD_QUANTITY -> Phrase.BAD_QUANTITY;
      case CLOSED -> Phrase.OUTSIDE_HOURS;
      case UNKNOWN_CARD -> Phrase.UNKNOWN_CARD;
      case SHORT_PASSWORD -> Phrase.SHORT_PASSWORD;
      case NOTHING_TO_VOID -> Phrase.NOTHING_TO_VOID;
      case NOT_AN_OPERATOR -> Phrase.NOT_AN_OPERATOR;
      case VOID_TOO_LATE -> Phrase.VOID_TOO_LATE;
      case NOTHING_OPEN -> Phrase.NOTHING_OPEN;
      case REFUND_ONLINE_ONLY -> Phrase.REFUND_ONLINE_ONLY;
      case REFUND_TOO_HIGH -> Phrase.REFUND_TOO_HIGH;
      case FOREIGN_CODE -> Phrase.FOREIGN_CODE;
      case SCAN_AGAIN -> Phrase.SCAN_AGAIN;
      case PRESENT_AGAIN -> Phrase.PRESENT_AGAIN;
    };
  }
}
