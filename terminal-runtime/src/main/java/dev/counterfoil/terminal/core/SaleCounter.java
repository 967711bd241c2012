package dev.counterfoil.terminal.core;

import dev.counterfoil.proto.v1.ErrandAnswer;
import dev.counterfoil.proto.v1.Frame;
import dev.counterfoil.protocol.card.CardToken;
import dev.counterfoil.protocol.id.TransactionId;
import dev.counterfoil.protocol.link.LinkViolation;
import dev.counterfoil.protocol.policy.DeclineReason;
import dev.counterfoil.terminal.device.ScaleEvent;
import dev.counterfoil.terminal.journal.JournalState;
import dev.counterfoil.terminal.journal.TillReferences;
import dev.counterfoil.terminal.sale.Basket;
import dev.counterfoil.terminal.sale.SaleEffect;
import dev.counterfoil.terminal.sale.SaleEffect.ReferenceProblem;
import dev.counterfoil.terminal.sale.SaleEffect.TillOutcome;
import dev.counterfoil.terminal.sale.SaleEvent;
import dev.counterfoil.terminal.sale.SaleMachine;
import dev.counterfoil.terminal.sale.SaleMode;
import dev.counterfoil.terminal.sale.SaleState;
import dev.counterfoil.terminal.sale.Screen;
import java.util.Optional;
import java.util.random.RandomGenerator;

/// Runs the one sale of a terminal: looks a presented card up in the terminal's own store before the sale hears of it, and
/// steps the sale; [CounterDesk] answers what it asks, [CounterDeeds] carries out what it wants.
///
/// Invariant: every earlier sale was made durable before a card is looked up, because the journal does its tasks in order.
final class SaleCounter {

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

  private final TerminalSetup setup;
  private final TerminalClock clock;
  private final CoreOutput output;
  private final House house;
  private final PresentedCard card = new PresentedCard();
  private final CounterScale scale = new CounterScale();
  private final WaitingCode waiting = new WaitingCode();
  private final TestDesk tests = new TestDesk();
  private final OpenSales open;
  private final RefundErrands refunds;
  private final CounterDesk desk;
  private final CounterDeeds deeds;
  private final SaleMachine machine;
  private final HintTime hint;
  private SaleState state;

  SaleCounter(TerminalSetup setup, TerminalClock clock, CoreOutput output, House house, LateAnswers late,
      RandomGenerator random) {
    this.setup = setup;
    this.clock = clock;
    this.output = output;
    this.house = house;
    this.open = new OpenSales(clock, house.journal(), setup.sale().counter().sameCardMillis());
    this.refunds = new RefundErrands(setup.sale().currency());
    this.desk = new CounterDesk(setup, clock, house, card, scale, waiting, open, tests, random);
    this.deeds = new CounterDeeds(setup, clock, output, house, late, card, scale, open, desk, tests, refunds);
    this.machine = new SaleMachine(setup.sale());
    this.hint = new HintTime(setup.sale().resultMillis());
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
    if (desk.testMode() && event instanceof SaleEvent.FromTill) {
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
    card.lookFor(token);
    scale.presented();
    output.ask(new JournalTask.LookUp(token, house.journal().ack().statement().getSettled().getSeq(),
        setup.sale().mode() instanceof SaleMode.Timed));
  }

  void lookedUp(JournalTask.LookUp task, JournalAnswer.Outcome outcome) {
    var found = outcome instanceof JournalAnswer.Found(var facts) ? Optional.of(facts)
        : Optional.<CardFacts>empty();
    if (card.found(task.token(), found)) {
      happen(new SaleEvent.CardPresented(task.token()));
    }
  }

  /// Steps the sale and carries out what it wants.
  void happen(SaleEvent event) {
    waiting.pass(event, now());
    if (event instanceof SaleEvent.Recorded && state instanceof SaleState.Recording recording
        && recording.basket().isWeighed()) {
      scale.sold();
    }
    SaleMachine.Step step = machine.step(state, event, now(), desk);
    boolean hintStays = house.refusal().isEmpty() && hint.outlives(event, state, step.state(), now());
    state = step.state();
    boolean asked = true;
    for (SaleEffect effect : step.effects()) {
      asked &= carryOut(effect, hintStays);
    }
    if (!asked) {
      happen(new SaleEvent.LinkLost());
    }
    deeds.takePlayed().ifPresent(this::happen);
    if (state instanceof SaleState.Armed) {
      waiting.take().ifPresent(code -> happen(new SaleEvent.CodePresented(code)));
    }
  }

  private boolean carryOut(SaleEffect effect, boolean hintStays) {
    if (effect instanceof SaleEffect.Show(var screen)) {
      if (hintStays) {
        return true;
      }
      hint.shown(screen, state, now());
    }
    return deeds.carryOut(effect);
  }

  /// Tells the server that a transaction is not charged, now or when the desk is open again.
  void cancel(TransactionId transaction) {
    deeds.cancel(transaction);
  }

  private long now() {
    return clock.now().bootMillis();
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
}
