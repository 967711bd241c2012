package dev.counterfoil.terminal.core;

import com.google.protobuf.ByteString;
import dev.counterfoil.proto.v1.AccountEntry;
import dev.counterfoil.proto.v1.Authorize;
import dev.counterfoil.proto.v1.Cancel;
import dev.counterfoil.proto.v1.ErrandAnswer;
import dev.counterfoil.proto.v1.Frame;
import dev.counterfoil.protocol.card.CardToken;
import dev.counterfoil.protocol.id.TransactionId;
import dev.counterfoil.protocol.link.LinkViolation;
import dev.counterfoil.protocol.policy.AccountStatus;
import dev.counterfoil.protocol.policy.DeclineReason;
import dev.counterfoil.protocol.policy.OfflineAccount;
import dev.counterfoil.protocol.policy.OfflineCaps;
import dev.counterfoil.protocol.policy.OfflinePolicy;
import dev.counterfoil.protocol.policy.OfflineUsage;
import dev.counterfoil.protocol.policy.OfflineVerdict;
import dev.counterfoil.terminal.device.ScaleEvent;
import dev.counterfoil.terminal.device.Weight;
import dev.counterfoil.terminal.journal.CardUse;
import dev.counterfoil.terminal.journal.JournalState;
import dev.counterfoil.terminal.journal.LastSale;
import dev.counterfoil.terminal.journal.OfflineUse;
import dev.counterfoil.terminal.journal.TillReferences;
import dev.counterfoil.terminal.journal.Visits;
import dev.counterfoil.terminal.meal.CardTerms;
import dev.counterfoil.terminal.meal.MealUse;
import dev.counterfoil.terminal.sale.Basket;
import dev.counterfoil.terminal.sale.OpenSale;
import dev.counterfoil.terminal.sale.SaleDesk;
import dev.counterfoil.terminal.sale.SaleEffect;
import dev.counterfoil.terminal.sale.SaleEffect.ReferenceProblem;
import dev.counterfoil.terminal.sale.SaleEffect.TillOutcome;
import dev.counterfoil.terminal.sale.SaleEvent;
import dev.counterfoil.terminal.sale.SaleMachine;
import dev.counterfoil.terminal.sale.SaleMode;
import dev.counterfoil.terminal.sale.SaleState;
import dev.counterfoil.terminal.sale.Screen;
import dev.counterfoil.terminal.weigh.WeighedGoods;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/// Runs the one sale of a terminal: looks a presented card up in the terminal's own store before the sale hears of it,
/// answers the sale's questions, and turns its effects into those of the terminal.
///
/// Invariant: what the offline policy is asked about a card rests on what was looked up for this very presentation, and
/// every earlier sale was made durable before that look-up, because the journal does its tasks in order.
final class SaleCounter implements SaleDesk {

  /// What the counter must know of the rest of the terminal.
  interface House {

    boolean online();

    /// Whether the server takes errands now.
    boolean serves();

    Optional<String> refusal();

    JournalState journal();

    /// Says something on the desk; false if that is not possible now.
    boolean say(Frame frame);
  }

  private static final int AT_A_COUNTER = 1;

  private final TerminalSetup setup;
  private final TerminalClock clock;
  private final CoreOutput output;
  private final House house;
  private final LateAnswers late;
  private final RandomGenerator random;
  private final TestDesk tests = new TestDesk();
  /// What test mode answers in the server's place, heard once the step that asked is done.
  private Optional<SaleEvent> played = Optional.empty();
  private final SaleMachine machine;
  private final RefundErrands refunds;
  private final OpenSales open;
  private final WaitingCode waiting = new WaitingCode();
  private final HintTime hint;
  private SaleState state;
  private @Nullable CardToken lookedFor;
  private @Nullable CardFacts facts;
  private final CounterScale scale = new CounterScale();

  SaleCounter(TerminalSetup setup, TerminalClock clock, CoreOutput output, House house, LateAnswers late,
      RandomGenerator random) {
    this.setup = setup;
    this.clock = clock;
    this.output = output;
    this.house = house;
    this.late = late;
    this.random = random;
    this.open = new OpenSales(clock, house.journal(), setup.sale().counter().sameCardMillis());
    this.machine = new SaleMachine(setup.sale());
    this.hint = new HintTime(setup.sale().resultMillis());
    this.refunds = new RefundErrands(setup.sale().currency());
    this.state = machine.idle();
  }

  /// When the sale must be shown the time, `Long.MAX_VALUE` if nothing waits.
  long wakeAt() {
    long own = Math.min(Math.min(machine.wakeAt(state).orElse(Long.MAX_VALUE), open.wakeAt(house.journal())),
        Math.min(waiting.untilMillis(), hint.untilMillis()));
    if (state instanceof SaleState.Weighing) {
      own = Math.min(own, scale.staleAt(now()));
    }
    // The price on the glass changes with the meal.
    return setup.sale().meals().hasMeals() ? Math.min(own, clock.nextMinute()) : own;
  }

  SaleState state() {
    return state;
  }

  /// The scale said something. What it says again and again is not shown again.
  void weighed(ScaleEvent event) {
    if (scale.heard(event, now())) {
      happen(new SaleEvent.WeightChanged());
    }
  }

  /// Whether nobody is being served, so that something may be told that nobody waits for.
  boolean isFree() {
    return switch (state) {
      case SaleState.Entering entering -> entering.keyed().isEmpty() && entering.basket().isEmpty();
      case SaleState.Armed armed -> armed.untilMillis() == Long.MAX_VALUE;
      case SaleState.Weighing weighing -> weighing.untilMillis() == Long.MAX_VALUE;
      case SaleState.Showing showing -> showing.result() instanceof Screen.ShiftClosed;
      case SaleState.Asking _,SaleState.AskingCode _,SaleState.Recording _,SaleState.PasswordNeeded _,SaleState.OperatorNeeded _,SaleState.BalanceAsked _,SaleState.ShiftRecording _,SaleState.RefundSale _,SaleState.RefundAmount _,SaleState.RefundAsking _ ->
        false;
    };
  }

  /// What a customer, cashier or till did. A card is looked up first, and so is the reference of a basket.
  void input(SaleEvent event) {
    open.saw(event);
    if (isTest() && event instanceof SaleEvent.FromTill) {
      refuseTill(event);
    } else if (event instanceof SaleEvent.CardPresented(var token)) {
      lookUp(token);
    } else if (event instanceof SaleEvent.BasketOffered(var basket) && basket.isReferenced()) {
      output.ask(new JournalTask.FindReference(basket, event));
    } else if (event instanceof SaleEvent.CashTaken(var basket) && basket.isReferenced()) {
      output.ask(new JournalTask.FindReference(basket, event));
    } else {
      scale.presented();
      if (event instanceof SaleEvent.CodePresented(var code) && isUnpriced()) {
        waiting.put(code, now() + setup.sale().armedMillis());
      }
      happen(event);
    }
  }

  /// Whether nothing of what happens moves money.
  private boolean isTest() {
    return setup.sale().counter().testMode() || house.journal().testMode();
  }

  /// A till that heard "paid" would hand goods out.
  private void refuseTill(SaleEvent event) {
    switch (event) {
      case SaleEvent.BasketOffered(var basket) -> answerTill(basket,
          new TillOutcome.Refused(DeclineReason.MERCHANT_INVALID));
      case SaleEvent.CashTaken(var basket) -> answerTill(basket,
          new TillOutcome.Refused(DeclineReason.MERCHANT_INVALID));
      default -> happen(event);
    }
  }

  /// Whether a price must be keyed before anything can be paid, and the terminal may sell at all.
  private boolean isUnpriced() {
    boolean idle = state instanceof SaleState.Entering || state instanceof SaleState.Showing;
    return idle && machine.idle() instanceof SaleState.Entering
        && !(setup.sale().mode() instanceof SaleMode.Weighed) && house.refusal().isEmpty();
  }

  /// A reference that was paid is never charged again: its first result is the answer (PAY-17). A sale that is still
  /// being recorded is known to the journal before this look-up or to the sale after it, because tasks are in order.
  void referenced(JournalTask.FindReference task, JournalAnswer.Outcome outcome) {
    if (isBeingRecorded(task.basket())) {
      // Also while the medium has not told whether the record is durable: how it ends is the only answer.
      happen(task.event());
    } else if (!(outcome instanceof JournalAnswer.Referenced(var sold))) {
      answerTill(task.basket(), new TillOutcome.Refused(DeclineReason.PAYMENT_FAILED));
    } else if (sold.isPresent()) {
      answerTill(task.basket(), again(sold.get(), task.basket()));
    } else {
      happen(task.event());
    }
  }

  private boolean isBeingRecorded(Basket basket) {
    return state instanceof SaleState.Recording recording
        && recording.basket().externalReference().equals(basket.externalReference());
  }

  private static TillOutcome again(TillReferences.Sold sold, Basket basket) {
    if (sold.amountMinor() != basket.amountMinor()) {
      return new TillOutcome.Rejected(ReferenceProblem.REFERENCE_USED);
    }
    return sold.voided()
        ? new TillOutcome.Rejected(ReferenceProblem.REFERENCE_VOIDED)
        : new TillOutcome.Paid(sold.transaction(), sold.seq());
  }

  private void answerTill(Basket basket, TillOutcome outcome) {
    output.add(new Effect.AnswerTill(basket.externalReference(), outcome));
  }

  /// A card that comes while another is being decided or recorded is presented again by its holder.
  private void lookUp(CardToken token) {
    if (state instanceof SaleState.Asking || state instanceof SaleState.AskingCode
        || state instanceof SaleState.Recording || state instanceof SaleState.RefundAsking) {
      return;
    }
    lookedFor = token;
    scale.presented();
    output.ask(new JournalTask.LookUp(token, house.journal().ack().statement().getSettled().getSeq(),
        setup.sale().mode() instanceof SaleMode.Timed));
  }

  void lookedUp(JournalTask.LookUp task, JournalAnswer.Outcome outcome) {
    if (!task.token().equals(lookedFor)) {
      return;
    }
    lookedFor = null;
    facts = outcome instanceof JournalAnswer.Found(var found) ? found : null;
    happen(new SaleEvent.CardPresented(task.token()));
  }

  /// Steps the sale and carries out what it wants.
  void happen(SaleEvent event) {
    waiting.pass(event, now());
    if (event instanceof SaleEvent.Recorded && state instanceof SaleState.Recording recording
        && recording.basket().isWeighed()) {
      scale.sold();
    }
    SaleMachine.Step step = machine.step(state, event, now(), this);
    boolean hintStays = house.refusal().isEmpty() && hint.outlives(event, state, step.state(), now());
    state = step.state();
    boolean asked = true;
    for (SaleEffect effect : step.effects()) {
      asked &= hintStays && effect instanceof SaleEffect.Show || carryOut(effect);
    }
    if (!asked) {
      happen(new SaleEvent.LinkLost());
    }
    var answer = played;
    played = Optional.empty();
    answer.ifPresent(this::happen);
    if (state instanceof SaleState.Armed) {
      waiting.take().ifPresent(code -> happen(new SaleEvent.CodePresented(code)));
    }
  }

  /// @return false if the server should have been asked and could not be
  private boolean carryOut(SaleEffect effect) {
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
      case SaleEffect.RecordSale sale when isTest() ->
        output.ask(tests.sale(sale.transaction(), records().of(sale)));
      case SaleEffect.RecordUse(var transaction, var token, var use) when isTest() ->
        output.ask(tests.used(transaction, records().of(transaction, token, account(token), use)));
      case SaleEffect.RecordVoid(var transaction, var original, var operator) when isTest() ->
        output.ask(tests.taken(transaction, original, operator));
      case SaleEffect.RecordSale sale -> output.ask(new JournalTask.RecordSale(sale.transaction(),
          records().of(sale),
          sale.charge().map(SaleEffect.Charge::token), clock.epochDay()));
      case SaleEffect.RecordUse(var transaction, var token, var use) -> output.ask(
          new JournalTask.RecordUse(transaction, records().of(transaction, token, account(token), use),
              token, clock.epochDay()));
      case SaleEffect.RecordVoid(var transaction, var original, var operator) -> output.ask(
          new JournalTask.RecordVoid(transaction, original, Optional.of(operator), clock.epochDay()));
      case SaleEffect.FindSale _ when isTest() -> played = Optional.of(tests.find());
      case SaleEffect.AskRefund ask when isTest() -> played = Optional.of(tests.decide(ask));
      case SaleEffect.FindSale find -> {
        return house.say(refunds.question(find));
      }
      case SaleEffect.AskRefund ask -> {
        return house.say(refunds.question(ask));
      }
      case SaleEffect.RecordRefund refund -> output.ask(isTest()
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
        output.ask(isTest() ? tests.declined(records().of(decline))
            : new JournalTask.RecordDecline(records().of(decline)));
      }
      case SaleEffect.LogAttempt(var reason) -> output.note("attempt_refused",
          "reason=" + reason + " number=" + reason.number());
      case SaleEffect.LogUnweighed(var problem) -> output.note("attempt_refused",
          "reason=" + problem + " scale=" + scale.fault());
      case SaleEffect.Tare() -> output.add(new Effect.Tare());
      case SaleEffect.Show(var screen) -> {
        hint.shown(screen, state, now());
        output.add(new Effect.Show(isTest() ? new Screen.Test(screen) : screen));
      }
      case SaleEffect.Indicate(var signal) -> output.add(new Effect.Indicate(signal));
      case SaleEffect.AnswerTill(var reference, var outcome) -> {
        if (!reference.isEmpty()) {
          output.add(new Effect.AnswerTill(reference, outcome));
        }
      }
    }
    return true;
  }

  /// Tells the server that a transaction is not charged, now or when the desk is open again.
  void cancel(TransactionId transaction) {
    var cancel = Cancel.newBuilder().setTransactionId(bytes(transaction));
    if (!house.say(Frame.newBuilder().setCancel(cancel).build())) {
      late.keepForLater(transaction);
    }
  }

  private Authorize question(SaleEffect.Authorize authorize) {
    return Authorize.newBuilder().setTransactionId(bytes(authorize.transaction()))
        .setCardToken(ByteString.copyFrom(authorize.token().bytes())).setAmountMinor(authorize.amountMinor())
        .setCurrency(setup.sale().currency()).setMode(AT_A_COUNTER)
        .setExternalReference(authorize.reference()).setTest(isTest()).setMealPeriod(authorize.meal())
        .setMealMostTaps(mostTaps(authorize.meal()))
        .setOwnUnsettledMinor(facts(authorize.token()).map(CardFacts::unsettledMinor).orElse(0L))
        .setOwnUnsettledFromSeq(house.journal().ack().statement().getSettled().getSeq() + 1).build();
  }

  private int mostTaps(int meal) {
    return meal == 0 ? 0 : setup.sale().meals().period(meal).mostTaps();
  }

  private Authorize question(SaleEffect.AuthorizeCode authorize) {
    return Authorize.newBuilder().setTransactionId(bytes(authorize.transaction()))
        .setPaymentCode(authorize.code().text()).setAmountMinor(authorize.amountMinor()).setTest(isTest())
        .setCurrency(setup.sale().currency()).setMode(AT_A_COUNTER)
        .setExternalReference(authorize.reference()).build();
  }

  private SaleRecords records() {
    return new SaleRecords(setup.sale().currency(), house.journal().versions().snapshot(), house.online());
  }

  private long account(CardToken token) {
    return facts(token).flatMap(CardFacts::entry).map(AccountEntry::getAccountId).orElse(0L);
  }

  private static ByteString bytes(TransactionId transaction) {
    return ByteString.copyFrom(transaction.bytes());
  }

  /// The record of a test purchase is durable; what waits for it hears so.
  void tested(TransactionId transaction, long seq) {
    tests.recorded(transaction, seq);
  }

  /// A sale of this run is durable and shown.
  void recorded(long seq) {
    open.recorded(seq);
  }

  /// The server has answered an errand of the sale's.
  ///
  /// @return false if it is none of the sale's
  /// @throws LinkViolation if the answer cannot be read
  boolean errandAnswered(ErrandAnswer answer) throws LinkViolation {
    if (!refunds.isMine(answer)) {
      return false;
    }
    refunds.answered(answer).ifPresent(this::happen);
    return true;
  }

  // --- what the sale asks ---

  @Override
  public boolean online() {
    // A server that knows no test mode would hold the amount.
    return isTest() ? house.serves() : house.online();
  }

  @Override
  public boolean errandsTaken() {
    return isTest() || house.serves();
  }

  @Override
  public Optional<String> refusal() {
    return house.refusal();
  }

  @Override
  public boolean codeWaits() {
    return waiting.untilMillis() != Long.MAX_VALUE;
  }

  private long now() {
    return clock.now().bootMillis();
  }

  @Override
  public boolean denied(CardToken token) {
    return facts(token).map(CardFacts::denied).orElse(false);
  }

  @Override
  public boolean operator(CardToken token) {
    return facts(token).flatMap(CardFacts::entry).map(AccountEntry::getOperatorCard).orElse(false);
  }

  @Override
  public OptionalLong balance(CardToken token) {
    return facts(token).filter(known -> known.entry().isPresent())
        .map(known -> OptionalLong.of(known.entry().get().getAvailableMinor() - known.spentMinor()))
        .orElse(OptionalLong.empty());
  }

  /// Subsidies are spent first, so what was sold here since the snapshot came from them.
  @Override
  public long subsidy(CardToken token) {
    return facts(token).flatMap(known -> known.entry()
        .map(entry -> Math.max(0, entry.getSubsidyMinor() - Math.max(0, known.spentMinor())))).orElse(0L);
  }

  @Override
  public CardTerms terms(CardToken token) {
    return facts(token).flatMap(CardFacts::entry)
        .map(entry -> CardTerms.told(entry.getCardClass(), entry.getDiscountPermille()))
        .orElse(CardTerms.STANDARD);
  }

  @Override
  public OptionalInt minuteOfDay() {
    return clock.minuteOfDay();
  }

  @Override
  public MealUse mealUse(CardToken token, int meal) {
    return facts(token).map(known -> known.use().inMeal(clock.epochDay(), meal)).orElse(MealUse.NONE);
  }

  @Override
  public Optional<DeclineReason> standing(CardToken token) {
    return facts(token).flatMap(CardFacts::entry)
        .map(entry -> AccountStatus.of(entry.getStatus()).refusal())
        .orElse(Optional.of(DeclineReason.CARD_INVALID));
  }

  @Override
  public Optional<Visits.Visit> visit(CardToken token) {
    return facts(token).flatMap(CardFacts::visit);
  }

  @Override
  public OptionalLong wallMillis() {
    return clock.minuteOfDay().isPresent() ? OptionalLong.of(clock.bestWallMillis()) : OptionalLong.empty();
  }

  @Override
  public WeighedGoods.Answer weigh(long perKilogramMinor, long leastGrams) {
    return scale.price(perKilogramMinor, leastGrams, now());
  }

  @Override
  public Weight weightAtTap() {
    return scale.atTap();
  }

  @Override
  public OfflineVerdict decideOffline(CardToken token, long amountMinor) {
    return facts(token).map(known -> OfflinePolicy.decide(new OfflinePolicy.Purchase(amountMinor, true,
        known.denied(), known.entry().map(OfflineAccount::of)), usage(known), caps()))
        .orElseGet(() -> new OfflineVerdict.Refused(DeclineReason.SYSTEM_BUSY));
  }

  private OfflineUsage usage(CardFacts known) {
    OfflineUse own = house.journal().offlineUse();
    CardUse card = known.use();
    return new OfflineUsage(own.count(), own.amountMinor(), card.sinceContactMinor(own.contact()),
        card.onDayMinor(clock.epochDay()), known.spentMinor(),
        clock.ageMillis(house.journal().versions().snapshotServerMillis()), clock.sinceContact());
  }

  private OfflineCaps caps() {
    var ack = house.journal().ack().statement();
    if (!ack.hasAllowance()) {
      return OfflineCaps.NOTHING;
    }
    OfflineCaps granted = OfflineCaps.of(ack.getAllowance()).tightenedBy(setup.ownCaps());
    return house.journal().hasUnseenGap() ? granted.afterGap(setup.afterGapPercent()) : granted;
  }

  @Override
  public boolean testMode() {
    return isTest();
  }

  @Override
  public Optional<OpenSale> openSale() {
    return isTest() ? Optional.empty() : open.open(house.journal());
  }

  @Override
  public OptionalLong lastSaleAgeMillis() {
    return isTest() ? OptionalLong.of(0)
        : house.journal().lastSale().filter(sale -> sale.wallMillis() > 0)
            .map(sale -> OptionalLong.of(clock.bestWallMillis() - sale.wallMillis()))
            .orElse(OptionalLong.empty());
  }

  @Override
  public boolean shiftOpen() {
    return house.journal().shift().isOpen();
  }

  @Override
  public Optional<LastSale> lastSale() {
    return isTest() ? tests.last() : house.journal().lastSale();
  }

  @Override
  public TransactionId nextTransaction() {
    return TransactionId.draw(clock.bestWallMillis(), random);
  }

  private Optional<CardFacts> facts(CardToken token) {
    return Optional.ofNullable(facts).filter(known -> known.token().equals(token));
  }
}
