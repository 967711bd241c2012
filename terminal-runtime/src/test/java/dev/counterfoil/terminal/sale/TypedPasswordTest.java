package dev.counterfoil.terminal.sale;

import static org.assertj.core.api.Assertions.assertThat;

import dev.counterfoil.protocol.policy.DeclineReason;
import dev.counterfoil.terminal.sale.SaleEffect.TillOutcome;
import dev.counterfoil.terminal.meal.MealPlan;
import dev.counterfoil.trace.Requirement;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// A purchase for which the server wants the holder's password.
class TypedPasswordTest {

  private final SaleRig rig = SaleRig.keyed();
  private SaleEffect.Authorize question;

  @BeforeEach
  void aDearPurchase() {
    rig.keys("600#");
    rig.tap(SaleRig.CARD);
    question = new SaleEffect.Authorize(rig.transaction(), SaleRig.CARD, 60_000, "");
    rig.serverWantsThePassword();
  }

  private List<SaleEffect.AuthorizeWithPassword> asked() {
    return rig.all(SaleEffect.AuthorizeWithPassword.class);
  }

  @Test
  @Requirement({"PAY-28"})
  void theSamePurchaseIsAskedForAgainWithWhatTheHolderTyped() {
    rig.on(new SaleEvent.CardRemoved());
    rig.keys("271828#");
    assertThat(asked()).containsExactly(new SaleEffect.AuthorizeWithPassword(question, "271828"));

    rig.serverApproves(5);
    rig.durable();
    assertThat(rig.saidApproved()).isTrue();
    assertThat(rig.all(SaleEffect.RecordSale.class)).singleElement()
        .satisfies(sale -> assertThat(sale.transaction()).isEqualTo(question.transaction()));
  }

  @Test
  void theGlassShowsStarsAndNothingPrintsTheDigits() {
    assertThat(rig.keys("2718")).last().isEqualTo(new SaleEffect.Show(new Screen.Password(60_000, 4)));
    String shown = rig.state.toString();
    rig.keys("28#");

    assertThat(shown + asked() + rig.effects + rig.state).doesNotContain("2718").contains("digits=4");
  }

  @Test
  void whatIsTooShortIsTypedAnewAndCorrectionsWork() {
    assertThat(rig.keys("27182#"))
        .contains(new SaleEffect.Show(new Screen.Rejected(Screen.Mistake.SHORT_PASSWORD)));
    rig.keys("99D271829<8#");

    assertThat(asked()).extracting(SaleEffect.AuthorizeWithPassword::password).containsExactly("271828");
  }

  @Test
  void aWrongOneIsADecline() {
    rig.keys("271829#");

    assertThat(rig.serverDeclines(DeclineReason.PASSWORD_WRONG)).contains(
        new SaleEffect.Show(new Screen.Declined(DeclineReason.PASSWORD_WRONG)),
        new SaleEffect.RecordDecline(question.transaction(), SaleRig.CARD, 60_000,
            DeclineReason.PASSWORD_WRONG, false, SaleRig.ACCOUNT));
  }

  @Test
  void whoTypesNothingOrGivesUpIsDeclinedAndNoHoldIsLeft() {
    var effects = rig.after(SaleSettings.DEFAULT_ARMED_MILLIS);

    assertThat(effects).contains(new SaleEffect.RecordDecline(question.transaction(), SaleRig.CARD, 60_000,
        DeclineReason.PASSWORD_NEEDED, false, 0));
    assertThat(rig.all(SaleEffect.Cancel.class)).as("the server kept nothing").isEmpty();
  }

  @Test
  void theClearKeyEndsItWhenNothingIsTyped() {
    rig.keys("27D");
    assertThat(rig.state).isInstanceOf(SaleState.PasswordNeeded.class);
    rig.keys("D");

    assertThat(rig.all(SaleEffect.RecordDecline.class)).singleElement()
        .satisfies(decline -> assertThat(decline.reason()).isEqualTo(DeclineReason.PASSWORD_NEEDED));
  }

  @Test
  void aSilentServerIsAwaitedAgainAndTheHoldGivenBack() {
    rig.offlineRefusal = java.util.Optional.of(DeclineReason.OFFLINE_LIMIT_PER_TAP);
    rig.keys("271828#");
    assertThat(rig.after(799)).isEmpty();

    assertThat(rig.after(1)).contains(new SaleEffect.FellBack(question.transaction(), false),
        new SaleEffect.Cancel(question.transaction()));
  }

  @Test
  void theLinkMayBreakWhileTheHolderTypes() {
    rig.on(new SaleEvent.LinkLost());
    rig.online = false;
    rig.offlineRefusal = java.util.Optional.of(DeclineReason.OFFLINE_LIMIT_PER_TAP);
    rig.keys("271828#");

    assertThat(asked()).isEmpty();
    assertThat(rig.all(SaleEffect.RecordDecline.class)).singleElement()
        .satisfies(decline -> assertThat(decline.reason()).isEqualTo(DeclineReason.OFFLINE_LIMIT_PER_TAP));
  }

  @Test
  void aTillMayStillWithdraw() {
    var till = new SaleRig(new SaleMode.Keyed());
    till.on(new SaleEvent.BasketOffered(new Basket(List.of(), 60_000, "till-1")));
    till.tap(SaleRig.CARD);
    till.serverWantsThePassword();

    assertThat(till.on(new SaleEvent.BasketWithdrawn()))
        .contains(new SaleEffect.AnswerTill("till-1", new TillOutcome.Withdrawn()));
  }

  @Test
  void aTerminalWithoutKeysDeclinesAtOnce() {
    var bare = new SaleRig(
        new SaleSettings(new SaleMode.Keyed(), "CNY", 100_000, 800, 2_500, 60_000, 5_000, false, false,
            MealPlan.NONE));
    bare.on(new SaleEvent.BasketOffered(new Basket(List.of(), 60_000, "till-1")));
    bare.tap(SaleRig.CARD);

    assertThat(bare.serverWantsThePassword())
        .contains(new SaleEffect.Show(new Screen.Declined(DeclineReason.PASSWORD_NEEDED)));
  }
}
