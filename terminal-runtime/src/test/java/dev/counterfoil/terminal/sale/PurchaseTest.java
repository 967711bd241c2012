package dev.counterfoil.terminal.sale;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import dev.counterfoil.proto.v1.Tender;
import dev.counterfoil.protocol.card.CardToken;
import dev.counterfoil.protocol.id.TransactionId;
import dev.counterfoil.protocol.policy.DeclineReason;
import dev.counterfoil.protocol.policy.OfflineVerdict;
import dev.counterfoil.terminal.device.DisplayGeometry;
import dev.counterfoil.terminal.device.Signal;
import dev.counterfoil.terminal.journal.LastSale;
import dev.counterfoil.trace.Requirement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class PurchaseTest {

  private static final CardToken CARD = new CardToken(1, 0, 1);
  private static final CardToken OPERATOR = new CardToken(1, 0, 99);
  private static final SaleSettings KEYED = SaleSettings.of(new SaleMode.Keyed(), "CNY");
  private static final SaleSettings FIXED = SaleSettings
      .of(new SaleMode.Fixed(new SaleLine("1", "lunch", 850, 1)), "CNY");

  private final Desk desk = new Desk();
  private final List<SaleEffect> effects = new ArrayList<>();
  private SaleMachine machine = new SaleMachine(KEYED);
  private SaleState state = machine.idle();
  private long now;

  private static final class Desk implements SaleDesk {
    boolean online = true;
    Optional<String> refusal = Optional.empty();
    boolean denied;
    OfflineVerdict offline = new OfflineVerdict.Allowed(7, 5_000, 4_000);
    Optional<LastSale> last = Optional.empty();
    long transactions;

    @Override
    public boolean online() {
      return online;
    }

    @Override
    public Optional<String> refusal() {
      return refusal;
    }

    @Override
    public boolean denied(CardToken token) {
      return denied;
    }

    @Override
    public boolean operator(CardToken token) {
      return token.equals(OPERATOR);
    }

    @Override
    public OfflineVerdict decideOffline(CardToken token, long amountMinor) {
      return offline;
    }

    @Override
    public Optional<LastSale> lastSale() {
      return last;
    }

    @Override
    public TransactionId nextTransaction() {
      return new TransactionId(5, ++transactions);
    }
  }

  @Test
  @Requirement({"PAY-01", "PAY-07"})
  void aKeyedAmountIsAuthorizedRecordedAndOnlyThenApproved() {
    keys("12*5#");
    card(CARD);

    var question = only(SaleEffect.Authorize.class);
    assertThat(question.amountMinor()).isEqualTo(1_250);
    happen(new SaleEvent.Approved(question.transaction(), 31, 7, 9_000));
    var record = only(SaleEffect.RecordSale.class);
    assertThat(record.charge()).contains(new SaleEffect.Charge(CARD, 7, 31, false, 9_000));
    assertThat(shown()).noneMatch(Screen.Approved.class::isInstance);
    happen(new SaleEvent.Recorded(record.transaction(), 12));
    assertThat(shown()).endsWith(new Screen.Approved(1_250, 7_750, false));
    assertThat(effects).contains(new SaleEffect.Indicate(Signal.APPROVE));
  }

  @Test
  @Requirement({"OFF-01", "OFF-02"})
  void withoutANetworkTheOfflinePolicyDecidesAtOnce() {
    desk.online = false;
    keys("10#");

    card(CARD);

    assertThat(all(SaleEffect.Authorize.class)).isEmpty();
    assertThat(only(SaleEffect.RecordSale.class).charge()).map(SaleEffect.Charge::offline).contains(true);
  }

  @Test
  @Requirement({"OFF-01"})
  void withoutAnAnswerIn800MillisecondsTheOfflinePolicyDecides() {
    keys("10#");
    card(CARD);

    now += 799;
    happen(new SaleEvent.Tick());
    assertThat(all(SaleEffect.RecordSale.class)).isEmpty();
    now += 1;
    happen(new SaleEvent.Tick());

    assertThat(only(SaleEffect.RecordSale.class).charge()).map(SaleEffect.Charge::offline).contains(true);
    assertThat(only(SaleEffect.FellBack.class).approved()).isTrue();
    assertThat(all(SaleEffect.Cancel.class)).isEmpty();
  }

  @Test
  void aFallBackThatEndsInADeclineTellsTheServerToLetGo() {
    desk.offline = new OfflineVerdict.Refused(DeclineReason.OFFLINE_NOT_ALLOWED);
    keys("10#");
    card(CARD);
    var asked = only(SaleEffect.Authorize.class).transaction();

    happen(new SaleEvent.LinkLost());

    assertThat(only(SaleEffect.Cancel.class).transaction()).isEqualTo(asked);
    assertThat(only(SaleEffect.RecordDecline.class).reason()).isEqualTo(DeclineReason.OFFLINE_NOT_ALLOWED);
  }

  @Test
  void theOneTransactionIdStandsInQuestionRecordAndDecline() {
    keys("10#");
    card(CARD);
    var asked = only(SaleEffect.Authorize.class).transaction();

    happen(new SaleEvent.Declined(asked, DeclineReason.INSUFFICIENT_BALANCE, 7));

    assertThat(only(SaleEffect.RecordDecline.class).transaction()).isEqualTo(asked);
  }

  @ParameterizedTest
  @EnumSource(DeclineReason.class)
  @Requirement({"PAY-05", "PAY-06", "PAY-22"})
  void everyDeclineIsShownAndLoggedWithItsReason(DeclineReason reason) {
    keys("10#");
    card(CARD);

    happen(new SaleEvent.Declined(only(SaleEffect.Authorize.class).transaction(), reason, 7));

    assertThat(shown()).endsWith(new Screen.Declined(reason));
    assertThat(only(SaleEffect.RecordDecline.class).reason()).isEqualTo(reason);
    assertThat(all(SaleEffect.RecordSale.class)).isEmpty();
  }

  @Test
  @Requirement({"PAY-22"})
  void noTwoReasonsReadAlikeInEitherLanguage() {
    for (Texts.Language language : Texts.Language.values()) {
      Texts texts = new Texts(language, new DisplayGeometry(16, 2), "");

      assertThat(Arrays.stream(DeclineReason.values()).map(texts::reason)).as("%s", language)
          .doesNotHaveDuplicates();
    }
  }

  @Test
  void aTerminalThatWaitsForItsConfirmationSaysSoWithTheCode() {
    var geometry = new DisplayGeometry(16, 2);
    var screen = new Screen.OutOfOrder("NOT_CONFIRMED");

    assertThat(new Texts(Texts.Language.CHINESE, geometry, "").lines(screen)).containsExactly("等待确认",
        "NOT_CONFIRMED");
    assertThat(new Texts(Texts.Language.ENGLISH, geometry, "").lines(screen))
        .containsExactly("AWAITING CONFIRM", "NOT_CONFIRMED");
  }

  @Test
  @Requirement({"PAY-04"})
  void aCardThatTellsNobodyWhoItIsIsAnIdentityErrorWithoutATransaction() {
    keys("10#");

    happen(new SaleEvent.CardUnidentified());

    assertThat(shown()).endsWith(new Screen.Declined(DeclineReason.IDENTITY_ERROR));
    assertThat(only(SaleEffect.LogAttempt.class).reason()).isEqualTo(DeclineReason.IDENTITY_ERROR);
    assertThat(desk.transactions).isZero();
  }

  @Test
  void aDeniedCardIsRefusedWithoutAskingAnybody() {
    desk.denied = true;
    keys("10#");

    card(CARD);

    assertThat(all(SaleEffect.Authorize.class)).isEmpty();
    assertThat(only(SaleEffect.RecordDecline.class).reason()).isEqualTo(DeclineReason.CARD_LOST);
  }

  @Test
  void aCardHeldToAFixedPriceTerminalAgainIsNotChargedTwice() {
    use(FIXED);
    desk.online = false;
    card(CARD);
    happen(new SaleEvent.Recorded(only(SaleEffect.RecordSale.class).transaction(), 3));
    effects.clear();

    now += 4_000;
    card(CARD);

    assertThat(all(SaleEffect.RecordSale.class)).isEmpty();
    assertThat(shown()).endsWith(new Screen.Approved(850, 4_150, true));
    now += 6_000;
    card(CARD);
    assertThat(all(SaleEffect.RecordSale.class)).hasSize(1);
  }

  @Test
  void aRecordThatCouldNotBeWrittenChargesNothingAndLetsTheHoldGo() {
    keys("10#");
    card(CARD);
    var asked = only(SaleEffect.Authorize.class).transaction();
    happen(new SaleEvent.Approved(asked, 31, 7, 9_000));

    happen(new SaleEvent.RecordFailed(asked));

    assertThat(shown()).endsWith(new Screen.Declined(DeclineReason.PAYMENT_FAILED));
    assertThat(only(SaleEffect.Cancel.class).transaction()).isEqualTo(asked);
  }

  @Test
  void onlyAnOperatorsCardTakesTheLastSaleBack() {
    desk.last = Optional
        .of(new LastSale(4, new TransactionId(5, 5), Tender.TENDER_CARD, ByteString.EMPTY, 7, 850,
            "CNY", false));
    keys("A");
    card(CARD);
    assertThat(shown()).endsWith(new Screen.Rejected(Screen.Mistake.NOT_AN_OPERATOR));
    assertThat(all(SaleEffect.RecordVoid.class)).isEmpty();

    keys("A");
    card(OPERATOR);

    assertThat(only(SaleEffect.RecordVoid.class).original().seq()).isEqualTo(4);
  }

  @Test
  void aTerminalThatMayNotSellSaysWhyAndAsksNobody() {
    desk.refusal = Optional.of("DISK_FULL");
    keys("10#");

    card(CARD);

    assertThat(shown()).endsWith(new Screen.OutOfOrder("DISK_FULL"));
    assertThat(all(SaleEffect.Authorize.class)).isEmpty();
    assertThat(all(SaleEffect.RecordSale.class)).isEmpty();
  }

  @Test
  void cashOfTheTillIsRecordedAsCash() {
    var basket = Basket.of(List.of(new SaleLine("148", "cola", 350, 2)), "till-9");

    happen(new SaleEvent.CashTaken(basket));

    var record = only(SaleEffect.RecordSale.class);
    assertThat(record.charge()).isEmpty();
    assertThat(record.basket().amountMinor()).isEqualTo(700);
    happen(new SaleEvent.Recorded(record.transaction(), 8));
    assertThat(only(SaleEffect.AnswerTill.class).outcome())
        .isEqualTo(new SaleEffect.TillOutcome.Paid(record.transaction(), 8));
  }

  @Test
  @Requirement({"PAY-07"})
  void noSequenceOfEventsApprovesBeforeTheRecordOrRecordsTwiceForOnePresentation() {
    int approvedInAll = 0;
    for (int seed = 0; seed < 40; seed++) {
      use(seed % 2 == 0 ? KEYED : FIXED);
      var random = new Random(seed);
      int presentations = 0;
      int records = 0;
      int recorded = 0;
      int approvals = 0;
      for (int i = 0; i < 600; i++) {
        effects.clear();
        SaleEvent event = anyEvent(random);
        presentations += event instanceof SaleEvent.CardPresented ? 1 : 0;
        recorded += event instanceof SaleEvent.Recorded(var id, var _)
            && state instanceof SaleState.Recording waiting && waiting.transaction().equals(id) ? 1 : 0;
        now += random.nextInt(400);
        desk.online = random.nextInt(4) > 0;
        happen(event);
        records += all(SaleEffect.RecordSale.class).size();
        boolean repeatsResult = event instanceof SaleEvent.CardPresented
            && state instanceof SaleState.Showing;
        approvals += repeatsResult ? 0
            : (int) shown().stream().filter(Screen.Approved.class::isInstance).count();
        assertThat(approvals).as("seed %d event %d %s", seed, i, event).isLessThanOrEqualTo(recorded);
        assertThat(records).as("seed %d event %d", seed, i).isLessThanOrEqualTo(presentations);
      }
      approvedInAll += approvals;
    }
    assertThat(approvedInAll).as("the sequences reach approvals").isGreaterThan(50);
  }

  private SaleEvent anyEvent(Random random) {
    var open = switch (state) {
      case SaleState.Asking asking -> asking.transaction();
      case SaleState.Recording recording -> recording.transaction();
      case SaleState.Entering _,SaleState.Armed _,SaleState.Showing _,SaleState.OperatorNeeded _ ->
        new TransactionId(9, random.nextInt(50));
    };
    return switch (random.nextInt(12)) {
      case 0, 1, 2 -> new SaleEvent.KeyPressed("0123456789*###D".charAt(random.nextInt(15)));
      case 3, 4 -> new SaleEvent.CardPresented(new CardToken(1, 0, random.nextInt(3)));
      case 5 -> new SaleEvent.Approved(open, random.nextInt(2), 7, 5_000);
      case 6 -> new SaleEvent.Declined(open, DeclineReason.INSUFFICIENT_BALANCE, 7);
      case 7 -> new SaleEvent.LinkLost();
      case 8, 9 -> new SaleEvent.Recorded(open, 3);
      case 10 -> new SaleEvent.RecordFailed(open);
      default -> new SaleEvent.Tick();
    };
  }

  private void use(SaleSettings settings) {
    machine = new SaleMachine(settings);
    state = machine.idle();
    effects.clear();
  }

  private void keys(String keys) {
    keys.chars().forEach(key -> happen(new SaleEvent.KeyPressed((char) key)));
  }

  private void card(CardToken token) {
    happen(new SaleEvent.CardPresented(token));
  }

  private void happen(SaleEvent event) {
    var step = machine.step(state, event, now, desk);
    state = step.state();
    effects.addAll(step.effects());
  }

  private List<Screen> shown() {
    return all(SaleEffect.Show.class).stream().map(SaleEffect.Show::screen).toList();
  }

  private <T extends SaleEffect> T only(Class<T> type) {
    assertThat(all(type)).hasSize(1);
    return all(type).getFirst();
  }

  private <T extends SaleEffect> List<T> all(Class<T> type) {
    return Stream.of(effects).flatMap(List::stream).filter(type::isInstance).map(type::cast).toList();
  }
}
