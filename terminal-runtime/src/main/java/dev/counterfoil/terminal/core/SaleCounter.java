package dev.counterfoil.terminal.core;

import com.google.protobuf.ByteString;
import dev.counterfoil.proto.v1.AccountEntry;
import dev.counterfoil.proto.v1.Authorize;
import dev.counterfoil.proto.v1.Cancel;
import dev.counterfoil.proto.v1.Frame;
import dev.counterfoil.protocol.card.CardToken;
import dev.counterfoil.protocol.id.TransactionId;
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
import dev.counterfoil.terminal.sale.SaleDesk;
import dev.counterfoil.terminal.sale.SaleEffect;
import dev.counterfoil.terminal.sale.SaleEffect.ReferenceProblem;
import dev.counterfoil.terminal.sale.SaleEffect.TillOutcome;
import dev.counterfoil.terminal.sale.SaleEvent;
import dev.counterfoil.terminal.sale.SaleMachine;
import dev.counterfoil.terminal.sale.SaleMode;
import dev.counterfoil.terminal.sale.SaleState;
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
  private final SaleMachine machine;
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
    this.machine = new SaleMachine(setup.sale());
    this.hint = new HintTime(setup.sale().resultMillis());
    this.state = machine.idle();
  }

  /// When the sale must be shown the time, `Long.MAX_VALUE` if nothing waits.
  long wakeAt() {
    long own = Math.min(machine.wakeAt(state).orElse(Long.MAX_VALUE),
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

  /// What a customer, cashier or till did. A card is looked up first, and so is the reference of a basket.
  void input(SaleEvent event) {
    if (event instanceof SaleEvent.CardPresented(var token)) {
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
        || state instanceof SaleState.Recording) {
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
      case SaleEffect.RecordSale sale -> output.ask(new JournalTask.RecordSale(sale.transaction(),
          records().of(sale),
          sale.charge().map(SaleEffect.Charge::token), clock.epochDay()));
      case SaleEffect.RecordUse(var transaction, var token, var use) -> output.ask(
          new JournalTask.RecordUse(transaction, records().of(transaction, token, account(token), use),
              token, clock.epochDay()));
      case SaleEffect.RecordVoid(var transaction, var original, var operator) -> output.ask(
          new JournalTask.RecordVoid(transaction, original, Optional.of(operator), clock.epochDay()));
      case SaleEffect.RecordDecline decline -> {
        output.note("declined", "reason=" + decline.reason() + " number=" + decline.reason().number());
        output.ask(new JournalTask.RecordDecline(records().of(decline)));
      }
      case SaleEffect.LogAttempt(var reason) -> output.note("attempt_refused",
          "reason=" + reason + " number=" + reason.number());
      case SaleEffect.LogUnweighed(var problem) -> output.note("attempt_refused",
          "reason=" + problem + " scale=" + scale.fault());
      case SaleEffect.Tare() -> output.add(new Effect.Tare());
      case SaleEffect.Show(var screen) -> {
        hint.shown(screen, state, now());
        output.add(new Effect.Show(screen));
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
        .setExternalReference(authorize.reference())
        .setOwnUnsettledMinor(facts(authorize.token()).map(CardFacts::unsettledMinor).orElse(0L))
        .setOwnUnsettledFromSeq(house.journal().ack().statement().getSettled().getSeq() + 1).build();
  }

  private Authorize question(SaleEffect.AuthorizeCode authorize) {
    return Authorize.newBuilder().setTransactionId(bytes(authorize.transaction()))
        .setPaymentCode(authorize.code().text()).setAmountMinor(authorize.amountMinor())
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

  // --- what the sale asks ---

  @Override
  public boolean online() {
    return house.online();
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
  public Optional<LastSale> lastSale() {
    return house.journal().lastSale();
  }

  @Override
  public TransactionId nextTransaction() {
    return TransactionId.draw(clock.bestWallMillis(), random);
  }

  private Optional<CardFacts> facts(CardToken token) {
    return Optional.ofNullable(facts).filter(known -> known.token().equals(token));
  }
}
