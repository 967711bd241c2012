package dev.counterfoil.settlement.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.counterfoil.settlement.account.RefusedException;
import dev.counterfoil.settlement.ledger.LedgerVerification;
import dev.counterfoil.settlement.store.AccountRow;
import dev.counterfoil.settlement.store.CommitUnit;
import dev.counterfoil.settlement.store.LedgerAccountRow;
import dev.counterfoil.settlement.store.LedgerKind;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/// What tests of money that operators move begin with: the holder of card 1 with 100.00, and two others with 10.00 and
/// nothing. After each test the books must be sound.
public abstract class MoneyServer extends TilledServer {

  public static final int SITE = TestServer.SITE;

  protected AccountRow friend;
  protected AccountRow poor;

  protected MoneyServer() {
    super(10_000);
  }

  @BeforeEach
  final void openAccounts() {
    friend = server.holder(2, 1_000);
    poor = server.holder(3, 0);
  }

  @AfterEach
  final void theBooksAreSound() {
    assertThat(server.ledger().problems()).isEmpty();
    assertThat(server.ledger().sums()).containsEntry("CNY", 0L).hasSize(1);
  }

  /// What the three holders have.
  protected final List<Long> balances() {
    return LongStream.of(holder.account(), friend.account(), poor.account())
        .map(account -> server.balance(LedgerKind.CASH, account)).boxed().toList();
  }

  /// What the three holders may spend.
  protected final List<Long> availables() {
    return List.of(server.available(holder), server.available(friend), server.available(poor));
  }

  /// That a deed is refused with a code and changes nothing at all.
  protected final void refused(String code, Runnable deed) {
    List<LedgerAccountRow> before = server.store.ledgerAccounts(SITE);
    long transfers = server.ledger().transfers();

    assertThatThrownBy(deed::run).isInstanceOfSatisfying(RefusedException.class,
        refusal -> assertThat(refusal.code()).isEqualTo(code));

    assertThat(server.store.ledgerAccounts(SITE)).isEqualTo(before);
    assertThat(server.ledger().transfers()).isEqualTo(transfers);
  }

  /// That the verification finds it when one leg of a movement is missing: the account loses the debit or credit of
  /// `amount` as if it had never been posted. Puts the leg back.
  protected final void aMissingLegIsFound(AccountRow account, long debits, long credits) {
    change(account, -debits, -credits);
    LedgerVerification.Report report = server.ledger();
    assertThat(report.sums()).containsEntry("CNY", debits - credits);
    assertThat(report.problems()).anyMatch(line -> line.contains("sums to " + (debits - credits)));
    change(account, debits, credits);
  }

  private void change(AccountRow account, long debits, long credits) {
    LedgerAccountRow row = server.store.ledgerAccount(SITE, account.cashLedger()).orElseThrow();
    assertThat(server.store.commit(new CommitUnit().putLedgerAccount(new LedgerAccountRow(row.site(),
        row.ledger(), row.kind(), row.owner(), row.asset(), row.postedDebits() + debits,
        row.postedCredits() + credits, row.held(), row.floor(), row.version() + 1, row.spentDay(),
        row.spentToday(), row.spentThisMonth()))).isCommitted()).isTrue();
    server.restart();
  }
}
