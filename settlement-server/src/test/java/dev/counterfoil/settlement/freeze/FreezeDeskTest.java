package dev.counterfoil.settlement.freeze;

import static org.assertj.core.api.Assertions.assertThat;

import dev.counterfoil.settlement.account.AccountEvent;
import dev.counterfoil.proto.v1.Outcomes;
import dev.counterfoil.protocol.id.TransactionId;
import dev.counterfoil.protocol.policy.AccountStatus;
import dev.counterfoil.settlement.core.MoneyServer;
import dev.counterfoil.settlement.core.TestServer;
import dev.counterfoil.settlement.store.FreezeKind;
import dev.counterfoil.settlement.store.FreezeRow;
import dev.counterfoil.settlement.store.UnfreezeKind;
import dev.counterfoil.trace.Requirement;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class FreezeDeskTest extends MoneyServer {

  private static final long MINUTE = 60_000;

  private FreezeOrder order(long amount) {
    return FreezeOrder.ofAmount(holder.account(), amount, FreezeKind.TRANSACTION, "disputed", "wang");
  }

  private FreezeRow freeze(FreezeOrder order) {
    return server.core.freezes().freeze(SITE, order, server.transaction(), server.now);
  }

  private FreezeRow unfreeze(FreezeRow row) {
    return server.core.freezes().unfreeze(SITE, row.number(), false, "settled", "zhao", server.now);
  }

  private FreezeRow stored(FreezeRow row) {
    return server.store.money().freeze(SITE, row.number()).orElseThrow();
  }

  private AccountStatus status() {
    return server.account(holder).status();
  }

  @Test
  @Requirement({"FRZ-04", "BAL-04"})
  void aFrozenAmountStaysTheHoldersAndCannotBeSpent() {
    assertThat(availables()).containsExactly(10_000L, 1_000L, 0L);

    freeze(order(4_000));

    assertThat(balances()).containsExactly(10_000L, 1_000L, 0L);
    assertThat(availables()).containsExactly(6_000L, 1_000L, 0L);
    assertThat(server.authorize(till, server.transaction(), 1, 6_001).getOutcome())
        .isEqualTo(Outcomes.OUTCOMES_DECLINED);
    assertThat(server.authorize(till, server.transaction(), 1, 6_000).getOutcome())
        .isEqualTo(Outcomes.OUTCOMES_APPROVED);
  }

  @Test
  @Requirement({"FRZ-02", "FRZ-03"})
  void anUnfrozenAmountIsAvailableAgainAndSaysByWhomAndWhy() {
    FreezeRow row = freeze(order(4_000));

    unfreeze(row);

    assertThat(balances()).containsExactly(10_000L, 1_000L, 0L);
    assertThat(availables()).containsExactly(10_000L, 1_000L, 0L);
    assertThat(stored(row)).isEqualTo(new FreezeRow(SITE, 1, row.transaction(), holder.account(), 4_000,
        FreezeKind.TRANSACTION, "disputed", "", "wang", server.now, 0,
        new FreezeRow.End(UnfreezeKind.MANUAL, "settled", "zhao", server.now)));
    refused("FREEZE_ENDED", () -> unfreeze(row));
  }

  @ParameterizedTest
  @EnumSource
  @Requirement({"FRZ-01"})
  void everyKindOfFreezeIsKept(FreezeKind kind) {
    FreezeRow row = freeze(FreezeOrder.ofAmount(holder.account(), 1, kind, "why", "wang"));

    assertThat(stored(row).kind()).isEqualTo(kind);
  }

  @Test
  @Requirement({"FRZ-02"})
  void aFreezeWithATimeEndsByItself() {
    FreezeRow row = freeze(order(4_000).until(server.now + MINUTE));
    FreezeRow open = freeze(order(100));

    assertThat(server.core.tick(server.now + MINUTE - 1)).isZero();
    assertThat(availables().getFirst()).isEqualTo(5_900);
    assertThat(server.core.tick(server.now + MINUTE)).isEqualTo(1);

    assertThat(availables().getFirst()).isEqualTo(9_900);
    assertThat(stored(row).end()).isEqualTo(
        new FreezeRow.End(UnfreezeKind.AUTOMATIC, "its time is over", "", server.now + MINUTE));
    assertThat(stored(open).isOpen()).isTrue();
  }

  @Test
  void theClockThatEndsPurchasesHoldsEndsNoFreezeAndTheOtherWayRound() {
    freeze(order(4_000));
    freeze(order(500).until(server.now + MINUTE));
    server.authorize(till, server.transaction(), 1, 300);
    assertThat(availables().getFirst()).isEqualTo(5_200);

    server.core.tick(server.now + MINUTE);
    assertThat(availables().getFirst()).isEqualTo(5_700);
    server.core.tick(server.now + 100 * 24 * 60 * MINUTE);

    assertThat(availables().getFirst()).isEqualTo(6_000);
  }

  @Test
  void aTerminalThatNamesAFreezeNeitherSpendsNorFreesIt() {
    FreezeRow row = freeze(order(4_000));

    push(() -> till.decline(row.transaction(), 4_000));
    push(() -> till.cardSale(row.transaction(), TestServer.token(1), 4_000, true));
    server.core.cancel(till.id, row.transaction(), server.now);

    assertThat(balances().getFirst()).isEqualTo(10_000);
    assertThat(availables().getFirst()).isEqualTo(6_000);
    assertThat(stored(row).isOpen()).isTrue();
  }

  @Test
  @Requirement({"FRZ-02"})
  void aConditionMustBeMetBeforeAnOperatorUnfreezes() {
    FreezeRow row = freeze(order(4_000).onlyIf("police report"));

    refused("FREEZE_CONDITION", () -> unfreeze(row));
    server.core.freezes().unfreeze(SITE, row.number(), true, "report 17", "zhao", server.now);

    assertThat(stored(row).end())
        .isEqualTo(new FreezeRow.End(UnfreezeKind.CONDITIONAL, "report 17", "zhao", server.now));
  }

  @Test
  @Requirement({"FRZ-03"})
  void withoutAReasonNothingIsFrozenOrUnfrozen() {
    FreezeRow row = freeze(order(100));

    refused("REASON_MISSING", () -> freeze(
        FreezeOrder.ofAmount(holder.account(), 100, FreezeKind.SECURITY, " ", "wang")));
    refused("REASON_MISSING",
        () -> server.core.freezes().unfreeze(SITE, row.number(), false, "", "wang", server.now));
  }

  @Test
  void onlyWhatIsThereIsFrozen() {
    freeze(order(4_000));

    refused("BALANCE_INSUFFICIENT", () -> freeze(order(6_001)));
    refused("PARAMETER_ERROR", () -> freeze(order(-1)));
    refused("PARAMETER_ERROR", () -> freeze(order(1).until(server.now)));
    refused("ACCOUNT_UNKNOWN",
        () -> freeze(FreezeOrder.ofAmount(99, 1, FreezeKind.SECURITY, "why", "wang")));
    refused("FREEZE_UNKNOWN",
        () -> server.core.freezes().unfreeze(SITE, 99, false, "why", "wang", server.now));
    server.core.accounts().apply(SITE, poor.account(), new AccountEvent.Closed(""), server.now);
    refused("ACCOUNT_CLOSED",
        () -> freeze(FreezeOrder.ofAmount(poor.account(), 1, FreezeKind.SECURITY, "why", "wang")));
  }

  @Test
  @Requirement({"PAY-17"})
  void aFreezeWithTheSameKeyIsDoneOnce() {
    TransactionId key = server.transaction();
    FreezeDesk desk = server.core.freezes();

    FreezeRow first = desk.freeze(SITE, order(4_000), key, server.now);
    FreezeRow second = desk.freeze(SITE, order(4_000), key, server.now + 1);

    assertThat(second).isEqualTo(first);
    assertThat(availables().getFirst()).isEqualTo(6_000);
    refused("KEY_REUSED", () -> desk.freeze(SITE, order(3_000), key, server.now));
  }

  @Test
  @Requirement({"FRZ-04", "FRZ-05"})
  void aWholeAccountIsFrozenForAReasonAndReleased() {
    FreezeRow row = freeze(FreezeOrder.ofAccount(holder.account(), FreezeKind.SECURITY, "odd taps", "wang"));
    assertThat(status()).isEqualTo(AccountStatus.FROZEN);
    assertThat(stored(row).reason()).isEqualTo("odd taps");

    unfreeze(row);

    assertThat(status()).isEqualTo(AccountStatus.NORMAL);
    assertThat(stored(row).isOpen()).isFalse();
  }

  @Test
  @Requirement({"FRZ-02"})
  void aWholeAccountIsReleasedByTime() {
    freeze(FreezeOrder.ofAccount(holder.account(), FreezeKind.SECURITY, "odd taps", "wang")
        .until(server.now + MINUTE));

    server.core.tick(server.now + MINUTE);

    assertThat(status()).isEqualTo(AccountStatus.NORMAL);
  }

  @Test
  void anAccountThatCannotBeFrozenLeavesNoFreezeBehind() {
    freeze(FreezeOrder.ofAccount(holder.account(), FreezeKind.SECURITY, "odd taps", "wang"));

    refused("ACCOUNT_TRANSITION",
        () -> freeze(FreezeOrder.ofAccount(holder.account(), FreezeKind.SECURITY, "again", "wang")));
    server.core.accounts().changeChannels(SITE, friend.account(), true, true, false, server.now);

    assertThat(server.store.money().lastFreeze(SITE)).isEqualTo(1);
  }

  @Test
  void anAccountThatSomebodyThawedOtherwiseIsLeftAloneWhenTheFreezeEnds() {
    FreezeRow row = freeze(FreezeOrder.ofAccount(holder.account(), FreezeKind.SECURITY, "odd taps", "wang"));
    server.core.accounts().apply(SITE, holder.account(),
        new AccountEvent.Unfrozen(UnfreezeKind.MANUAL, "explained"), server.now);
    server.core.accounts().apply(SITE, holder.account(), new AccountEvent.LossReported(""), server.now);

    unfreeze(row);

    assertThat(status()).isEqualTo(AccountStatus.LOST);
    assertThat(stored(row).isOpen()).isFalse();
  }

  @Test
  void theFreezesOfAnAccountAreListed() {
    FreezeRow first = freeze(order(100));
    freeze(FreezeOrder.ofAmount(friend.account(), 5, FreezeKind.SECURITY, "other", "wang"));
    FreezeRow second = freeze(order(200));
    unfreeze(first);

    List<FreezeRow> listed = server.store.money().freezesOf(SITE, holder.account(), 0, 10);

    assertThat(listed).containsExactly(stored(first), stored(second));
  }
}
