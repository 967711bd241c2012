package dev.counterfoil.settlement.account;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.counterfoil.protocol.policy.AccountStatus;
import dev.counterfoil.settlement.ledger.AccountRules;
import dev.counterfoil.settlement.store.AccountKind;
import dev.counterfoil.settlement.store.AccountProfileRow;
import dev.counterfoil.settlement.store.AccountRow;
import dev.counterfoil.settlement.store.FreezeKind;
import dev.counterfoil.settlement.store.OwnerKind;
import dev.counterfoil.settlement.store.PriceTerms;
import dev.counterfoil.settlement.store.PermissionRow;
import dev.counterfoil.settlement.store.PermissionType;
import dev.counterfoil.settlement.store.UnfreezeKind;
import dev.counterfoil.trace.Requirement;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class AccountLifeTest {

  private static final AccountRules RULES = AccountRules.DEFAULT;
  private static final long DAY = 86_400_000;
  private static final long THEN = 1_000 * DAY;

  private static final List<AccountEvent> EVENTS = List.of(new AccountEvent.Approved(),
      new AccountEvent.Rejected("no"), new AccountEvent.Activated(),
      new AccountEvent.Frozen(FreezeKind.SECURITY, "why"),
      new AccountEvent.Unfrozen(UnfreezeKind.MANUAL, "why"),
      new AccountEvent.LossReported(""), new AccountEvent.LossLifted(""), new AccountEvent.Closed(""),
      new AccountEvent.TimedOut(), new AccountEvent.Expired());

  /// What may happen to an approved account, and where it leads.
  private static final Map<AccountStatus, Map<String, AccountStatus>> ALLOWED = Map.of(
      AccountStatus.PENDING,
      Map.of("ACTIVATED", AccountStatus.NORMAL, "TIMED_OUT", AccountStatus.CANCELLED, "CLOSED",
          AccountStatus.CANCELLED, "EXPIRED", AccountStatus.CANCELLED),
      AccountStatus.NORMAL,
      Map.of("FROZEN", AccountStatus.FROZEN, "LOSS_REPORTED", AccountStatus.LOST, "CLOSED",
          AccountStatus.CANCELLED, "EXPIRED", AccountStatus.CANCELLED),
      AccountStatus.FROZEN,
      Map.of("UNFROZEN", AccountStatus.NORMAL, "TIMED_OUT", AccountStatus.CANCELLED, "CLOSED",
          AccountStatus.CANCELLED, "EXPIRED", AccountStatus.CANCELLED),
      AccountStatus.LOST,
      Map.of("LOSS_LIFTED", AccountStatus.NORMAL, "TIMED_OUT", AccountStatus.CANCELLED, "CLOSED",
          AccountStatus.CANCELLED, "EXPIRED", AccountStatus.CANCELLED),
      // Closed is final.
      AccountStatus.CANCELLED, Map.of());

  private static AccountStanding standing(AccountStatus status, boolean approved, long expiresMs) {
    return new AccountStanding(
        new AccountRow(1, 7, "ACCT0000000007", "Li", status, false, true, true, true, 0, 0, 0, false, false,
            "CNY",
            9, PriceTerms.STANDARD),
        new AccountProfileRow(1, 7, AccountKind.PERSONAL, OwnerKind.EMPLOYEE, "", "", true, approved, THEN,
            THEN, expiresMs, null, "", 0, 0, false));
  }

  private static AccountStanding step(AccountStanding from, AccountEvent event) {
    return AccountLife.step(from, event, RULES, THEN + 5);
  }

  @ParameterizedTest
  @EnumSource
  @Requirement({"ACC-12"})
  void onlyTheListedTransitionsHappen(AccountStatus from) {
    for (AccountEvent event : EVENTS) {
      AccountStatus to = ALLOWED.getOrDefault(from, Map.of()).get(event.name());
      AccountStanding before = standing(from, true, 0);
      if (to == null) {
        assertThatThrownBy(() -> step(before, event)).as("%s %s", from, event.name())
            .isInstanceOfSatisfying(RefusedException.class,
                refusal -> assertThat(refusal.code()).isEqualTo("ACCOUNT_TRANSITION"));
      } else {
        AccountStanding after = step(before, event);
        assertThat(after.status()).as("%s %s", from, event.name()).isEqualTo(to);
        assertThat(after.profile().changedMs()).isEqualTo(THEN + 5);
      }
    }
  }

  @Test
  @Requirement({"ACC-08"})
  void anApplicationIsAnsweredBeforeAnythingElse() {
    AccountStanding application = standing(AccountStatus.PENDING, false, 0);

    assertThat(step(application, new AccountEvent.Approved()).status()).isEqualTo(AccountStatus.NORMAL);
    assertThat(AccountLife.step(application, new AccountEvent.Approved(), RULES.withAutoActivate(false), THEN)
        .status()).isEqualTo(AccountStatus.PENDING);
    AccountStanding rejected = step(application, new AccountEvent.Rejected("no such person"));
    assertThat(rejected.status()).isEqualTo(AccountStatus.CANCELLED);
    assertThat(rejected.profile().reason()).isEqualTo("no such person");
    for (AccountEvent event : List.of(new AccountEvent.Activated(), new AccountEvent.Recharged())) {
      assertThatThrownBy(() -> step(application, event)).isInstanceOf(RefusedException.class);
    }
  }

  @Test
  @Requirement({"FRZ-03", "ACC-14"})
  void aFreezeSaysWhyAndOfWhatKind() {
    AccountStanding normal = standing(AccountStatus.NORMAL, true, 0);

    AccountStanding frozen = step(normal, new AccountEvent.Frozen(FreezeKind.TRANSACTION, "chargeback"));
    assertThat(frozen.profile().freeze()).isEqualTo(FreezeKind.TRANSACTION);
    assertThat(frozen.profile().reason()).isEqualTo("chargeback");
    AccountStanding free = step(frozen, new AccountEvent.Unfrozen(UnfreezeKind.CONDITIONAL, "paid"));
    assertThat(free.profile().freeze()).isNull();
    assertThat(free.profile().reason()).isEqualTo("CONDITIONAL: paid");
    for (AccountEvent event : List.of(new AccountEvent.Frozen(FreezeKind.SECURITY, " "))) {
      assertThatThrownBy(() -> step(normal, event)).hasMessageStartingWith("REASON_MISSING");
    }
    assertThatThrownBy(() -> step(frozen, new AccountEvent.Unfrozen(UnfreezeKind.MANUAL, "")))
        .hasMessageStartingWith("REASON_MISSING");
  }

  @Test
  @Requirement({"ACC-13"})
  void eachStateHasItsOwnTime() {
    for (var limit : Map.of(AccountStatus.PENDING, 30L, AccountStatus.FROZEN, 180L, AccountStatus.LOST, 90L)
        .entrySet()) {
      AccountStanding standing = standing(limit.getKey(), true, 0);
      long end = THEN + limit.getValue() * DAY;
      assertThat(AccountTimer.next(standing, List.of(), RULES, THEN)).isEqualTo(end);
      assertThat(AccountTimer.due(standing, RULES, end - 1)).isEmpty();
      assertThat(AccountTimer.due(standing, RULES, end)).contains(new AccountEvent.TimedOut());
    }
    for (AccountStatus status : Set.of(AccountStatus.NORMAL, AccountStatus.CANCELLED)) {
      assertThat(AccountTimer.next(standing(status, true, 0), List.of(), RULES, THEN)).isZero();
      assertThat(AccountTimer.due(standing(status, true, 0), RULES, Long.MAX_VALUE)).isEmpty();
    }
  }

  @Test
  @Requirement({"ACC-06"})
  void aTemporaryAccountsEndComesBeforeAnyOtherTime() {
    AccountStanding visitor = standing(AccountStatus.FROZEN, true, THEN + DAY);

    assertThat(AccountTimer.next(visitor, List.of(), RULES, THEN)).isEqualTo(THEN + DAY);
    assertThat(AccountTimer.due(visitor, RULES, THEN + DAY)).contains(new AccountEvent.Expired());
    assertThat(AccountTimer.due(standing(AccountStatus.CANCELLED, true, THEN), RULES, THEN + DAY)).isEmpty();
  }

  @Test
  void theClockLooksWhenAPermissionBeginsOrEnds() {
    var soon = new PermissionRow(1, 7, 1, PermissionType.CONSUMPTION, false, "", 0, 0, 0, THEN + 10,
        THEN + 20,
        true);
    AccountStanding normal = standing(AccountStatus.NORMAL, true, 0);

    assertThat(AccountTimer.next(normal, List.of(soon), RULES, THEN)).isEqualTo(THEN + 10);
    assertThat(AccountTimer.next(normal, List.of(soon), RULES, THEN + 10)).isEqualTo(THEN + 20);
    assertThat(AccountTimer.next(normal, List.of(soon), RULES, THEN + 20)).isZero();
    assertThat(AccountTimer.next(normal, List.of(soon.withEnabled(false, THEN)), RULES, THEN)).isZero();
  }
}
