package dev.counterfoil.terminal.core;

import com.google.protobuf.ByteString;
import dev.counterfoil.proto.v1.AccountEntry;
import dev.counterfoil.proto.v1.Authorize;
import dev.counterfoil.proto.v1.Cancel;
import dev.counterfoil.proto.v1.Frame;
import dev.counterfoil.protocol.card.CardToken;
import dev.counterfoil.protocol.id.TransactionId;
import dev.counterfoil.protocol.link.Wire;
import dev.counterfoil.terminal.sale.SaleEffect;
import dev.counterfoil.terminal.sale.SaleEvent;
import dev.counterfoil.terminal.sale.Screen;
import java.util.Optional;

/// Carries out what a sale wants: turns its effects into tasks of the journal, words to the server and effects of the
/// terminal. In test mode what would move money is recorded as a test, and the server's part is played here.
final class CounterDeeds {

  private static final int AT_A_COUNTER = 1;

  private final TerminalSetup setup;
  private final TerminalClock clock;
  private final CoreOutput output;
  private final SaleCounter.House house;
  private final LateAnswers late;
  private final PresentedCard card;
  private final CounterScale scale;
  private final OpenSales open;
  private final CounterDesk desk;
  private final TestDesk tests;
  private final RefundErrands refunds;
  /// What test mode answers in the server's place, heard once the step that asked is done.
  private Optional<SaleEvent> played = Optional.empty();

  CounterDeeds(TerminalSetup setup, TerminalClock clock, CoreOutput output, SaleCounter.House house,
      LateAnswers late, PresentedCard card, CounterScale scale, OpenSales open, CounterDesk desk,
      TestDesk tests, RefundErrands refunds) {
    this.setup = setup;
    this.clock = clock;
    this.output = output;
    this.house = house;
    this.late = late;
    this.card = card;
    this.scale = scale;
    this.open = open;
    this.desk = desk;
    this.tests = tests;
    this.refunds = refunds;
  }

  /// What test mode has answered since the last call.
  Optional<SaleEvent> takePlayed() {
    var answer = played;
    played = Optional.empty();
    return answer;
  }

  /// @return false if the server should have been asked and could not be
  boolean carryOut(SaleEffect effect) {
    switch (effect) {
      case SaleEffect.Authorize authorize -> {
        return house.say(Frame.newBuilder().setAuthorize(question(authorize)).build());
      }
      case SaleEffect.AuthorizeCode authorize -> {
        return house.say(Frame.newBuilder().setAuthorize(question(authorize)).build());
      }
      case SaleEffect.AuthorizeWithPassword(var authorize, var password) -> {
        return house
            .say(Frame.newBuilder().setAuthorize(question(authorize).toBuilder().setPassword(password))
                .build());
      }
      case SaleEffect.Cancel(var transaction) -> cancel(transaction);
      case SaleEffect.FellBack(var transaction, var approved) -> late.remember(transaction, approved);
      case SaleEffect.RecordSale sale when desk.testMode() ->
        output.ask(tests.sale(sale.transaction(), records().of(sale)));
      case SaleEffect.RecordUse(var transaction, var token, var use) when desk.testMode() ->
        output.ask(tests.used(transaction, records().of(transaction, token, account(token), use)));
      case SaleEffect.RecordVoid(var transaction, var original, var operator) when desk.testMode() ->
        output.ask(tests.taken(transaction, original, operator));
      case SaleEffect.RecordSale sale -> output.ask(new JournalTask.RecordSale(sale.transaction(),
          records().of(sale),
          sale.charge().map(SaleEffect.Charge::token), clock.epochDay()));
      case SaleEffect.RecordUse(var transaction, var token, var use) -> output.ask(
          new JournalTask.RecordUse(transaction, records().of(transaction, token, account(token), use),
              token, clock.epochDay()));
      case SaleEffect.RecordVoid(var transaction, var original, var operator) -> output.ask(
          new JournalTask.RecordVoid(transaction, original, Optional.of(operator), clock.epochDay()));
      case SaleEffect.FindSale _ when desk.testMode() -> played = Optional.of(tests.find());
      case SaleEffect.AskRefund ask when desk.testMode() -> played = Optional.of(tests.decide(ask));
      case SaleEffect.FindSale find -> {
        return house.say(refunds.question(find));
      }
      case SaleEffect.AskRefund ask -> {
        return house.say(refunds.question(ask));
      }
      case SaleEffect.RecordRefund refund -> output.ask(desk.testMode()
          ? tests.refund(refund.transaction(), refunds.body(refund))
          : new JournalTask.RecordRefund(refund.transaction(), refunds.body(refund)));
      case SaleEffect.SetTestMode(var on, var operator) -> output.ask(TestDesk.mode(on, operator));
      case SaleEffect.SaleTold(var seq) -> {
        open.told(seq);
        output.note("sale_told_late", "seq=" + seq);
        output.ask(new JournalTask.SaleTold(seq, true));
      }
      case SaleEffect.RecordShift(var opens, var operator) -> output.ask(
          new JournalTask.RecordShift(opens, operator));
      case SaleEffect.RecordDecline decline -> {
        output.note("declined", "reason=" + decline.reason() + " number=" + decline.reason().number());
        output.ask(desk.testMode() ? tests.declined(records().of(decline))
            : new JournalTask.RecordDecline(records().of(decline)));
      }
      case SaleEffect.LogAttempt(var reason) -> output.note("attempt_refused",
          "reason=" + reason + " number=" + reason.number());
      case SaleEffect.LogUnweighed(var problem) -> output.note("attempt_refused",
          "reason=" + problem + " scale=" + scale.fault());
      case SaleEffect.Tare() -> output.add(new Effect.Tare());
      case SaleEffect.Show(var screen) -> show(screen);
      case SaleEffect.Indicate(var signal) -> output.add(new Effect.Indicate(signal));
      case SaleEffect.AnswerTill(var reference, var outcome) -> {
        if (!reference.isEmpty()) {
          output.add(new Effect.AnswerTill(reference, outcome));
        }
      }
    }
    return true;
  }

  /// What is on the glass with a number stands in the log with the same.
  private void show(Screen screen) {
    if (screen instanceof Screen.Rejected(var mistake)) {
      output.note("attempt_refused", "reason=" + mistake + " number=" + mistake.number());
    }
    output.add(new Effect.Show(desk.testMode() ? new Screen.Test(screen) : screen));
  }

  /// Tells the server that a transaction is not charged, now or when the desk is open again.
  void cancel(TransactionId transaction) {
    var cancel = Cancel.newBuilder().setTransactionId(Wire.bytes(transaction));
    if (!house.say(Frame.newBuilder().setCancel(cancel).build())) {
      late.keepForLater(transaction);
    }
  }

  private Authorize question(SaleEffect.Authorize authorize) {
    return Authorize.newBuilder().setTransactionId(Wire.bytes(authorize.transaction()))
        .setCardToken(ByteString.copyFrom(authorize.token().bytes())).setAmountMinor(authorize.amountMinor())
        .setCurrency(setup.sale().currency()).setMode(AT_A_COUNTER)
        .setExternalReference(authorize.reference()).setTest(desk.testMode()).setMealPeriod(authorize.meal())
        .setMealMostTaps(authorize.order() == 0 ? mostTaps(authorize.meal()) : 0)
        .setOrderId(authorize.order())
        .setOwnUnsettledMinor(card.facts(authorize.token()).map(CardFacts::unsettledMinor).orElse(0L))
        .setOwnUnsettledFromSeq(house.journal().ack().statement().getSettled().getSeq() + 1).build();
  }

  private int mostTaps(int meal) {
    return meal == 0 ? 0 : setup.sale().meals().period(meal).mostTaps();
  }

  private Authorize question(SaleEffect.AuthorizeCode authorize) {
    return Authorize.newBuilder().setTransactionId(Wire.bytes(authorize.transaction()))
        .setPaymentCode(authorize.code().text()).setAmountMinor(authorize.amountMinor())
        .setTest(desk.testMode())
        .setCurrency(setup.sale().currency()).setMode(AT_A_COUNTER)
        .setExternalReference(authorize.reference()).build();
  }

  private SaleRecords records() {
    return new SaleRecords(setup.sale().currency(), house.journal().versions().snapshot(), house.online());
  }

  private long account(CardToken token) {
    return card.entry(token).map(AccountEntry::getAccountId).orElse(0L);
  }

}
