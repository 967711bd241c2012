package dev.counterfoil.terminal.core;

import dev.counterfoil.proto.v1.AccountEntry;
import dev.counterfoil.protocol.card.CardToken;
import dev.counterfoil.protocol.id.TransactionId;
import dev.counterfoil.protocol.order.MealOrder;
import dev.counterfoil.protocol.policy.AccountStatus;
import dev.counterfoil.protocol.policy.DeclineReason;
import dev.counterfoil.protocol.policy.OfflineAccount;
import dev.counterfoil.protocol.policy.OfflineCaps;
import dev.counterfoil.protocol.policy.OfflinePolicy;
import dev.counterfoil.protocol.policy.OfflineUsage;
import dev.counterfoil.protocol.policy.OfflineVerdict;
import dev.counterfoil.terminal.device.Weight;
import dev.counterfoil.terminal.journal.CardUse;
import dev.counterfoil.terminal.journal.LastSale;
import dev.counterfoil.terminal.journal.OfflineUse;
import dev.counterfoil.terminal.journal.Visits;
import dev.counterfoil.terminal.meal.CardTerms;
import dev.counterfoil.terminal.meal.MealUse;
import dev.counterfoil.terminal.meal.OrderedMeals;
import dev.counterfoil.terminal.sale.OpenSale;
import dev.counterfoil.terminal.sale.SaleDesk;
import dev.counterfoil.terminal.weigh.WeighedGoods;
import java.time.LocalDate;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.random.RandomGenerator;

/// Answers what a sale asks of its surroundings: the card at the counter, the scale, the clock, the link and the journal.
///
/// Invariant: what the offline policy is asked about a card rests on what was looked up for this very presentation.
final class CounterDesk implements SaleDesk {

  private final TerminalSetup setup;
  private final TerminalClock clock;
  private final SaleCounter.House house;
  private final PresentedCard card;
  private final CounterScale scale;
  private final WaitingCode waiting;
  private final OpenSales open;
  private final TestDesk tests;
  private final RandomGenerator random;

  CounterDesk(TerminalSetup setup, TerminalClock clock, SaleCounter.House house, PresentedCard card,
      CounterScale scale, WaitingCode waiting, OpenSales open, TestDesk tests, RandomGenerator random) {
    this.setup = setup;
    this.clock = clock;
    this.house = house;
    this.card = card;
    this.scale = scale;
    this.waiting = waiting;
    this.open = open;
    this.tests = tests;
    this.random = random;
  }

  /// Whether nothing of what happens moves money.
  @Override
  public boolean testMode() {
    return setup.sale().counter().testMode() || house.journal().testMode();
  }

  @Override
  public boolean online() {
    // A server that knows no test mode would hold the amount.
    return testMode() ? house.serves() : house.online();
  }

  @Override
  public boolean errandsTaken() {
    return testMode() || house.serves();
  }

  @Override
  public Optional<String> refusal() {
    return house.refusal();
  }

  @Override
  public boolean codeWaits() {
    return waiting.untilMillis() != Long.MAX_VALUE;
  }

  @Override
  public boolean denied(CardToken token) {
    return card.facts(token).map(CardFacts::denied).orElse(false);
  }

  @Override
  public boolean operator(CardToken token) {
    return card.entry(token).map(AccountEntry::getOperatorCard).orElse(false);
  }

  @Override
  public OptionalLong balance(CardToken token) {
    return card.facts(token).filter(known -> known.entry().isPresent())
        .map(known -> OptionalLong.of(known.entry().get().getAvailableMinor() - known.spentMinor()))
        .orElse(OptionalLong.empty());
  }

  /// Subsidies are spent first, so what was sold here since the snapshot came from them.
  @Override
  public long subsidy(CardToken token) {
    return card.facts(token).flatMap(known -> known.entry()
        .map(entry -> Math.max(0, entry.getSubsidyMinor() - Math.max(0, known.spentMinor())))).orElse(0L);
  }

  @Override
  public CardTerms terms(CardToken token) {
    return card.entry(token)
        .map(entry -> CardTerms.told(entry.getCardClass(), entry.getDiscountPermille()))
        .orElse(CardTerms.STANDARD);
  }

  @Override
  public OrderedMeals ordered(CardToken token) {
    Optional<AccountEntry> entry = card.entry(token);
    List<MealOrder> orders = entry.map(AccountEntry::getOrdersList).orElse(List.of()).stream()
        .flatMap(told -> MealOrder.read(told).stream()).toList();
    return new OrderedMeals(orders, entry.map(AccountEntry::getAsOfSeq).orElse(0L),
        card.facts(token).map(CardFacts::collected).orElse(Collections.emptySortedMap()));
  }

  @Override
  public Optional<LocalDate> today() {
    return clock.minuteOfDay().isPresent() ? Optional.of(LocalDate.ofEpochDay(clock.epochDay()))
        : Optional.empty();
  }

  @Override
  public OptionalInt minuteOfDay() {
    return clock.minuteOfDay();
  }

  @Override
  public MealUse mealUse(CardToken token, int meal) {
    return card.facts(token).map(known -> known.use().inMeal(clock.epochDay(), meal)).orElse(MealUse.NONE);
  }

  @Override
  public Optional<DeclineReason> standing(CardToken token) {
    return card.entry(token)
        .map(entry -> AccountStatus.of(entry.getStatus()).refusal())
        .orElse(Optional.of(DeclineReason.CARD_INVALID));
  }

  @Override
  public Optional<Visits.Visit> visit(CardToken token) {
    return card.facts(token).flatMap(CardFacts::visit);
  }

  @Override
  public OptionalLong wallMillis() {
    return clock.minuteOfDay().isPresent() ? OptionalLong.of(clock.bestWallMillis()) : OptionalLong.empty();
  }

  @Override
  public WeighedGoods.Answer weigh(long perKilogramMinor, long leastGrams) {
    return scale.price(perKilogramMinor, leastGrams, clock.now().bootMillis());
  }

  @Override
  public Weight weightAtTap() {
    return scale.atTap();
  }

  @Override
  public OfflineVerdict decideOffline(CardToken token, long amountMinor) {
    return card.facts(token).map(known -> OfflinePolicy.decide(new OfflinePolicy.Purchase(amountMinor, true,
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
  public Optional<OpenSale> openSale() {
    return testMode() ? Optional.empty() : open.open(house.journal());
  }

  @Override
  public OptionalLong lastSaleAgeMillis() {
    return testMode() ? OptionalLong.of(0)
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
    return testMode() ? tests.last() : house.journal().lastSale();
  }

  @Override
  public TransactionId nextTransaction() {
    return TransactionId.draw(clock.bestWallMillis(), random);
  }
}
