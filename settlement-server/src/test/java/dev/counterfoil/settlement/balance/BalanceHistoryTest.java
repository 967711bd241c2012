package dev.counterfoil.settlement.balance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.counterfoil.protocol.id.TransactionId;
import dev.counterfoil.settlement.core.TestServer;
import dev.counterfoil.settlement.core.TilledServer;
import dev.counterfoil.trace.Requirement;
import java.util.List;
import org.junit.jupiter.api.Test;

class BalanceHistoryTest extends TilledServer {

  BalanceHistoryTest() {
    super(10_000);
  }

  private BalanceHistory history() {
    return new BalanceHistory(server.store, server.account(holder));
  }

  /// A day of everything that changes a balance, and of what does not.
  private void live() {
    TransactionId voided = server.transaction();
    TransactionId refunded = server.transaction();
    TransactionId held = server.transaction();
    push(() -> {
      till.cardSale(voided, TestServer.token(1), 1_200, true);
      till.cashSale(server.transaction(), 350);
      till.decline(server.transaction(), 90_000);
    });
    server.now += 1_000;
    push(() -> till.voidSale(server.transaction(), voided, 1_200));
    server.core.accounts().rechargeByCash(TestServer.SITE, holder.account(), 500, server.transaction(),
        server.now);
    server.now += 1_000;
    server.authorize(till, held, 1, 300);
    push(() -> {
      till.cardSale(held, TestServer.token(1), 300, false);
      till.cardSale(refunded, TestServer.token(1), 700, true);
    });
    server.core.refunds().refund(TestServer.SITE, refunded, 250, server.transaction(), server.now);
  }

  @Test
  @Requirement({"BAL-07"})
  void theChangesFormAnUnbrokenChainThatEndsAtTheBalance() {
    live();

    List<BalanceChange> changes = history().changes(0, 100);

    assertThat(changes).extracting(BalanceChange::change).containsExactly(10_000L, -1_200L, 1_200L, 500L,
        -300L, -700L, 250L);
    assertThat(changes).extracting(BalanceChange::reason).containsExactly("OPENING", "SALE", "VOID",
        "RECHARGE_CASH", "SALE", "SALE", "REFUND");
    long balance = 0;
    for (BalanceChange change : changes) {
      assertThat(change.before()).isEqualTo(balance);
      assertThat(change.after()).isEqualTo(balance + change.change());
      balance = change.after();
    }
    assertThat(balance).isEqualTo(server.available(holder)).isEqualTo(9_750);
  }

  @Test
  void pagesJoinWithoutAHoleOrARepeat() {
    live();
    List<BalanceChange> all = history().changes(0, 100);

    List<BalanceChange> first = history().changes(0, 3);
    List<BalanceChange> rest = history().changes(first.getLast().transfer(), 100);

    assertThat(first).isEqualTo(all.subList(0, 3));
    assertThat(rest).isEqualTo(all.subList(3, all.size()));
  }

  @Test
  @Requirement({"BAL-01"})
  void theBalanceIsKnownForEveryMoment() {
    long opened = server.now;
    live();

    assertThat(history().balanceAt(opened - 1)).isZero();
    assertThat(history().balanceAt(opened)).isEqualTo(8_800);
    assertThat(history().balanceAt(opened + 999)).isEqualTo(8_800);
    assertThat(history().balanceAt(opened + 1_000)).isEqualTo(10_500);
    assertThat(history().balanceAt(server.now)).isEqualTo(server.available(holder));
  }

  @Test
  @Requirement({"BAL-08"})
  void aChangeIsSeenByTheNextQuestion() {
    push(() -> till.cardSale(server.transaction(), TestServer.token(1), 400, true));

    assertThat(history().balanceAt(server.now)).isEqualTo(9_600);
    assertThat(server.available(holder)).isEqualTo(9_600);
  }

  @Test
  void aChangeIsNamedByItsDayAndNumber() {
    push(() -> till.cardSale(server.transaction(), TestServer.token(1), 400, true));

    BalanceChange last = history().changes(0, 10).getLast();

    assertThat(last.id()).isEqualTo("BAL_20251120_" + String.format("%03d", last.transfer()));
  }
}
