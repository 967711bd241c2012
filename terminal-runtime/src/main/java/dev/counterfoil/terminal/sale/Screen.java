package dev.counterfoil.terminal.sale;

import dev.counterfoil.protocol.policy.DeclineReason;
import dev.counterfoil.terminal.device.CardRefusal;
import dev.counterfoil.terminal.weigh.WeighedGoods;
import java.util.List;

/// What the customer is told, without saying in which language or on how many lines.
public sealed interface Screen {

  /// Nothing is going on.
  ///
  /// @param online whether purchases are decided by the server right now
  record Ready(boolean online) implements Screen {}

  /// Keys so far, as typed.
  record Typing(String keyed, long basketMinor) implements Screen {}

  /// A code was scanned first and waits for its price.
  record CodeRead() implements Screen {}

  /// Price known, card awaited.
  record PresentCard(long amountMinor) implements Screen {}

  /// A card is awaited, and there is no price yet or none at all.
  record TapCard() implements Screen {}

  /// Counted free of charge.
  ///
  /// @param most of the card in its period or day; 0 for any number
  record Counted(long count, int most) implements Screen {}

  /// An ordered meal for which nothing is paid is handed out.
  record Collected(String dish, int copies) implements Screen {}

  /// A time has begun.
  ///
  /// @param unitMinor price of each unit that begins
  record TimeStarted(long unitMinor) implements Screen {}

  /// Goods lie still on the scale, a card is awaited.
  ///
  /// @param name          of the goods; may be empty
  /// @param kilogramMinor price of 1,000 g
  record Weighed(String name, long grams, long kilogramMinor, long amountMinor) implements Screen {}

  /// Goods are awaited on the scale, or cannot be weighed.
  ///
  /// @param name of the goods; may be empty
  record NotWeighed(String name, WeighedGoods.Problem problem) implements Screen {}

  /// The holder types his password.
  ///
  /// @param digits how many so far
  record Password(long amountMinor, int digits) implements Screen {}

  /// A card is awaited that wants to know what it has.
  record BalanceCard() implements Screen {}

  /// @param balanceMinor available, as far as this terminal knows
  record Balance(long balanceMinor, boolean offline) implements Screen {}

  /// Being decided or made durable.
  ///
  /// @param originalMinor before discounts
  record Working(long amountMinor, long originalMinor) implements Screen {

    /// At its list price.
    public Working(long amountMinor) {
      this(amountMinor, amountMinor);
    }
  }

  /// Durable and approved.
  ///
  /// @param details what else the customer should read, where the display has room for it
  record Approved(long amountMinor, long balanceMinor, boolean offline,
      List<Detail> details) implements Screen {

    public Approved {
      details = List.copyOf(details);
    }

    /// Nothing to say but that.
    public Approved(long amountMinor, long balanceMinor, boolean offline) {
      this(amountMinor, balanceMinor, offline, List.of());
    }
  }

  /// One further fact of an approval.
  sealed interface Detail {

    /// What it would have cost without discounts.
    record Before(long originalMinor) implements Detail {}

    /// The how-manyth of the card in its period or day.
    record Count(long count) implements Detail {}

    /// What each purse paid and has now.
    record Purses(long subsidyPaidMinor, long subsidyLeftMinor, long ownPaidMinor,
        long ownLeftMinor) implements Detail {}

    record Points(long used, long earned) implements Detail {}

    /// What is handed out.
    record Dish(String name, int copies) implements Detail {}

    /// How long it was that is paid.
    record Stay(long millis) implements Detail {}
  }

  record CashRecorded(long amountMinor) implements Screen {}

  record Declined(DeclineReason reason) implements Screen {}

  /// The card was not taken, whatever it was to pay.
  record CardRefused(CardRefusal why) implements Screen {}

  /// The card has paid this before; nothing is charged now.
  ///
  /// @param minuteOfDay when
  record AlreadyPaid(long amountMinor, int minuteOfDay, long seq) implements Screen {}

  /// Only the card of an open sale is taken now.
  record SameCard(long amountMinor) implements Screen {}

  /// An operator's card is awaited.
  record OperatorCard(OperatorErrand errand) implements Screen {}

  /// Which sale is to be paid back: its card, its receipt, or the number of its record.
  record RefundSale(String typed) implements Screen {}

  /// How much of it; nothing typed means all that is left.
  record RefundAmount(long leftMinor, String typed) implements Screen {}

  /// The server is asked about a refund.
  record RefundAsked() implements Screen {}

  record Refunded(long amountMinor, boolean cash) implements Screen {}

  /// @param code stable
  record RefundRefused(String code) implements Screen {}

  record ShiftOpened(long number) implements Screen {}

  /// @param netMinor by this terminal's records
  record ShiftClosed(long number, long netMinor) implements Screen {}

  /// The server's books say the same of a closed shift.
  record ShiftEqual(long number, long netMinor) implements Screen {}

  /// They do not.
  ///
  /// @param differenceMinor books less terminal
  /// @param records         those that the server lacks or could not book, such as `12-15,18`
  record ShiftDiffers(long differenceMinor, long booksMinor, String records) implements Screen {}

  record Voided(long amountMinor) implements Screen {}

  /// The key sequence means nothing here.
  record Rejected(Mistake mistake) implements Screen {}

  record SeveralCards() implements Screen {}

  /// The terminal cannot sell; `code` is stable and also stands in the heartbeat.
  record OutOfOrder(String code) implements Screen {}

  /// The same in test mode: no money moves.
  record Test(Screen shown) implements Screen {}

  record TestMode(boolean on) implements Screen {}

  /// Whether the same is to be done once more, which sounds unlike a refusal.
  default boolean asksAgain() {
    return switch (this) {
      case Test(var shown) -> shown.asksAgain();
      case Rejected(var mistake) -> mistake == Mistake.PRESENT_AGAIN || mistake == Mistake.SCAN_AGAIN;
      default -> false;
    };
  }

  /// What a person keyed or presented wrongly.
  enum Mistake {
    NO_AMOUNT(9), AMOUNT_TOO_HIGH(10), UNKNOWN_PRODUCT(50), TOO_MANY_PRODUCTS(51), BAD_QUANTITY(52),
    NOTHING_TO_VOID(53), NOT_AN_OPERATOR(54), UNKNOWN_CARD(1), CLOSED(6), SHORT_PASSWORD(55), REFUND_ONLINE_ONLY(56), REFUND_TOO_HIGH(57), VOID_TOO_LATE(58), NOTHING_OPEN(59),
    /// A code was scanned that is none of ours; it leads nowhere.
    FOREIGN_CODE(26),
    /// A code of ours arrived damaged.
    SCAN_AGAIN(13),
    /// A card's number arrived damaged.
    PRESENT_AGAIN(13);

    private final int number;

    Mistake(int number) {
      this.number = number;
    }

    /// As {@link DeclineReason#number}.
    public int number() {
      return number;
    }
  }
}
