package dev.counterfoil.terminal.sale;

import dev.counterfoil.protocol.card.CardToken;
import dev.counterfoil.protocol.id.TransactionId;
import dev.counterfoil.protocol.policy.DeclineReason;
import dev.counterfoil.protocol.policy.OfflineVerdict;
import dev.counterfoil.terminal.device.Signal;
import dev.counterfoil.terminal.device.Weight;
import dev.counterfoil.terminal.journal.LastSale;
import dev.counterfoil.terminal.journal.Visits;
import dev.counterfoil.terminal.meal.CardTerms;
import dev.counterfoil.terminal.meal.MealUse;
import dev.counterfoil.terminal.meal.OrderedMeals;
import dev.counterfoil.terminal.weigh.WeighedGoods;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;

/// Drives one sale machine by hand, with a desk whose answers the test sets.
final class SaleRig implements SaleDesk {

  static final CardToken CARD = new CardToken(1, 10, 11);
  static final CardToken OTHER_CARD = new CardToken(1, 20, 21);
  static final CardToken OPERATOR = new CardToken(1, 90, 91);
  static final int ACCOUNT = 7;
  static final long BALANCE = 5_000;

  final SaleMachine machine;
  final List<SaleEffect> effects = new ArrayList<>();
  SaleState state;
  long now = 1_000;

  boolean online = true;
  boolean codeWaits;
  boolean shiftOpen;
  boolean testMode;
  Optional<OpenSale> open = Optional.empty();
  OptionalLong lastSaleAge = OptionalLong.empty();
  Optional<String> refusal = Optional.empty();
  Set<CardToken> denied = new HashSet<>();
  Optional<DeclineReason> offlineRefusal = Optional.empty();
  Optional<LastSale> lastSale = Optional.empty();
  Map<CardToken, Long> balances = new HashMap<>(Map.of(CARD, BALANCE));
  OptionalInt minute = OptionalInt.of(12 * 60);
  final Map<String, MealUse> had = new HashMap<>();
  final Map<CardToken, CardTerms> terms = new HashMap<>();
  long subsidy;
  Optional<DeclineReason> standing = Optional.empty();
  final Map<CardToken, Visits.Visit> visits = new HashMap<>();
  OrderedMeals ordered = new OrderedMeals(List.of(), 0, new TreeMap<>());
  static final LocalDate TODAY = LocalDate.of(2026, 11, 23);
  long wall = 1_790_000_000_000L;
  WeighedGoods scale = WeighedGoods.NOTHING;
  Weight weightAtTap = scale.weight();
  private long transactions;

  SaleRig(SaleMode mode) {
    this(SaleSettings.of(mode, "CNY"));
  }

  SaleRig(SaleSettings settings) {
    machine = new SaleMachine(settings);
    state = machine.idle();
  }

  static SaleRig keyed() {
    return new SaleRig(new SaleMode.Keyed());
  }

  static SaleRig fixed(long priceMinor) {
    return new SaleRig(new SaleMode.Fixed(new SaleLine("", "lunch", priceMinor, 1)));
  }

  /// Steps and keeps the effects of this step alone.
  List<SaleEffect> on(SaleEvent event) {
    var step = machine.step(state, event, now, this);
    state = step.state();
    effects.addAll(step.effects());
    return step.effects();
  }

  List<SaleEffect> keys(String keys) {
    var all = new ArrayList<SaleEffect>();
    for (char key : keys.toCharArray()) {
      all.addAll(on(new SaleEvent.KeyPressed(key)));
    }
    return all;
  }

  List<SaleEffect> tap(CardToken token) {
    return on(new SaleEvent.CardPresented(token));
  }

  List<SaleEffect> after(long millis) {
    now += millis;
    return on(new SaleEvent.Tick());
  }

  List<SaleEffect> serverApproves(long holdId) {
    return on(new SaleEvent.Approved(transaction(), holdId, ACCOUNT, BALANCE));
  }

  List<SaleEffect> serverDeclines(DeclineReason reason) {
    return on(new SaleEvent.Declined(transaction(), reason, ACCOUNT));
  }

  List<SaleEffect> serverWantsThePassword() {
    return on(new SaleEvent.PasswordAsked(transaction()));
  }

  List<SaleEffect> durable() {
    return on(new SaleEvent.Recorded(transaction(), 17));
  }

  List<SaleEffect> commitFails() {
    return on(new SaleEvent.RecordFailed(transaction()));
  }

  /// The transaction handed out last.
  TransactionId transaction() {
    return new TransactionId(1, transactions);
  }

  boolean saidApproved() {
    return saidApproved(effects);
  }

  static boolean saidApproved(List<SaleEffect> effects) {
    return effects.contains(new SaleEffect.Indicate(Signal.APPROVE))
        || effects.stream().anyMatch(effect -> effect instanceof SaleEffect.Show(Screen.Approved _));
  }

  <T extends SaleEffect> List<T> all(Class<T> type) {
    return effects.stream().filter(type::isInstance).map(type::cast).toList();
  }

  @Override
  public boolean online() {
    return online;
  }

  @Override
  public Optional<String> refusal() {
    return refusal;
  }

  @Override
  public boolean codeWaits() {
    return codeWaits;
  }

  @Override
  public boolean denied(CardToken token) {
    return denied.contains(token);
  }

  @Override
  public boolean operator(CardToken token) {
    return token.equals(OPERATOR);
  }

  @Override
  public OptionalLong balance(CardToken token) {
    return balances.containsKey(token) ? OptionalLong.of(balances.get(token)) : OptionalLong.empty();
  }

  @Override
  public long subsidy(CardToken token) {
    return subsidy;
  }

  @Override
  public CardTerms terms(CardToken token) {
    return terms.getOrDefault(token, CardTerms.STANDARD);
  }

  @Override
  public OptionalInt minuteOfDay() {
    return minute;
  }

  @Override
  public MealUse mealUse(CardToken token, int meal) {
    return had.getOrDefault(token + "/" + meal, MealUse.NONE);
  }

  @Override
  public Optional<DeclineReason> standing(CardToken token) {
    return standing;
  }

  @Override
  public OrderedMeals ordered(CardToken token) {
    return token.equals(CARD) ? ordered : new OrderedMeals(List.of(), 0, new TreeMap<>());
  }

  @Override
  public Optional<LocalDate> today() {
    return minute.isEmpty() ? Optional.empty() : Optional.of(TODAY);
  }

  @Override
  public Optional<Visits.Visit> visit(CardToken token) {
    return Optional.ofNullable(visits.get(token));
  }

  @Override
  public OptionalLong wallMillis() {
    return minute.isPresent() ? OptionalLong.of(wall) : OptionalLong.empty();
  }

  @Override
  public WeighedGoods.Answer weigh(long perKilogramMinor, long leastGrams) {
    return scale.priceOf(perKilogramMinor, leastGrams, now);
  }

  @Override
  public Weight weightAtTap() {
    return weightAtTap;
  }

  @Override
  public OfflineVerdict decideOffline(CardToken token, long amountMinor) {
    return offlineRefusal.<OfflineVerdict>map(OfflineVerdict.Refused::new)
        .orElseGet(() -> new OfflineVerdict.Allowed(ACCOUNT, BALANCE, BALANCE - amountMinor));
  }

  @Override
  public boolean errandsTaken() {
    return online;
  }

  @Override
  public Optional<OpenSale> openSale() {
    return open;
  }

  @Override
  public OptionalLong lastSaleAgeMillis() {
    return lastSaleAge;
  }

  @Override
  public boolean testMode() {
    return testMode;
  }

  @Override
  public boolean shiftOpen() {
    return shiftOpen;
  }

  @Override
  public Optional<LastSale> lastSale() {
    return lastSale;
  }

  @Override
  public TransactionId nextTransaction() {
    return new TransactionId(1, ++transactions);
  }
}
