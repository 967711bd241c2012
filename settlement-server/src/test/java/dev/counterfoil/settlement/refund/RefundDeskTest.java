package dev.counterfoil.settlement.refund;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.counterfoil.protocol.id.TransactionId;
import dev.counterfoil.settlement.account.RefusedException;
import dev.counterfoil.settlement.core.TestServer;
import dev.counterfoil.settlement.core.TilledServer;
import dev.counterfoil.settlement.ledger.Books;
import dev.counterfoil.settlement.ledger.CoreSettings;
import dev.counterfoil.settlement.store.CommitUnit;
import dev.counterfoil.settlement.store.ExceptionKind;
import dev.counterfoil.settlement.store.LedgerAccountRow;
import dev.counterfoil.settlement.store.LedgerKind;
import dev.counterfoil.settlement.store.StoreMemory;
import dev.counterfoil.settlement.store.TransactionKind;
import dev.counterfoil.settlement.store.TransactionRow;
import dev.counterfoil.settlement.store.TransferRow;
import dev.counterfoil.trace.Requirement;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RefundDeskTest extends TilledServer {

  private static final long DAY = 86_400_000;

  private TransactionId sale = new TransactionId(0, 0);

  RefundDeskTest() {
    super(10_000);
  }

  @BeforeEach
  void sell() {
    sale = server.transaction();
    push(() -> till.cardSale(sale, TestServer.token(1), 1_200, true));
  }

  private RefundDesk.Refunded refund(long amount) {
    return server.core.refunds().refund(TestServer.SITE, sale, amount, server.transaction(), server.now);
  }

  private void refused(String code, Runnable refund) {
    long before = server.balance(LedgerKind.MERCHANT_PAYABLE, 1);
    assertThatThrownBy(refund::run).isInstanceOfSatisfying(RefusedException.class,
        refusal -> assertThat(refusal.code()).isEqualTo(code));
    assertThat(server.balance(LedgerKind.MERCHANT_PAYABLE, 1)).isEqualTo(before);
  }

  @Test
  @Requirement({"RFD-05"})
  void aSaleIsPaidBackInPartsUntilNothingIsLeft() {
    assertThat(refund(500).left()).isEqualTo(700);
    assertThat(server.available(holder)).isEqualTo(9_300);
    assertThat(server.balance(LedgerKind.MERCHANT_PAYABLE, 1)).isEqualTo(700);

    refused("REFUND_AMOUNT_EXCEEDED", () -> refund(701));

    assertThat(refund(700).left()).isZero();
    assertThat(server.available(holder)).isEqualTo(10_000);
    assertThat(server.balance(LedgerKind.MERCHANT_PAYABLE, 1)).isZero();
    refused("REFUND_AMOUNT_EXCEEDED", () -> refund(1));
    assertThat(server.ledger().problems()).isEmpty();
    assertThat(server.ledger().sums()).containsEntry("CNY", 0L);
  }

  @Test
  @Requirement({"PAY-17"})
  void aRefundWithTheSameKeyIsPaidOnce() {
    TransactionId key = server.transaction();
    RefundDesk desk = server.core.refunds();

    RefundDesk.Refunded first = desk.refund(TestServer.SITE, sale, 500, key, server.now);
    RefundDesk.Refunded second = desk.refund(TestServer.SITE, sale, 500, key, server.now + 1);

    assertThat(second).isEqualTo(first);
    assertThat(server.available(holder)).isEqualTo(9_300);
    refused("KEY_REUSED", () -> desk.refund(TestServer.SITE, sale, 400, key, server.now));
    refused("KEY_REUSED", () -> desk.refund(TestServer.SITE, server.transaction(), 500, key, server.now));
  }

  @Test
  void coinsGoBackIntoTheDrawerTheyCameFrom() {
    TransactionId cash = server.transaction();
    push(() -> till.cashSale(cash, 350));
    long drawer = server.balance(LedgerKind.CASH_DRAWER, 1);

    server.core.refunds().refund(TestServer.SITE, cash, 350, server.transaction(), server.now);

    assertThat(drawer).isEqualTo(-350);
    assertThat(server.balance(LedgerKind.CASH_DRAWER, 1)).isZero();
  }

  @Test
  void whatIsNoSaleOfAHolderIsNotPaidBack() {
    TransactionId unknown = server.transaction();
    push(() -> till.cardSale(unknown, TestServer.token(99), 300, true));
    TransactionId refund = refund(100).row().transaction();
    RefundDesk desk = server.core.refunds();

    refused("PARAMETER_ERROR", () -> refund(0));
    refused("PARAMETER_ERROR", () -> refund(-5));
    refused("TRANSACTION_NOT_FOUND", () -> desk.refund(TestServer.SITE, new TransactionId(5, 5), 1,
        server.transaction(), server.now));
    refused("TRANSACTION_STATUS",
        () -> desk.refund(TestServer.SITE, unknown, 300, server.transaction(), server.now));
    refused("TRANSACTION_STATUS",
        () -> desk.refund(TestServer.SITE, refund, 100, server.transaction(), server.now));
  }

  @Test
  void aVoidedSaleIsNotPaidBackAndARefundedOneIsNotVoided() {
    TransactionId second = server.transaction();
    push(() -> {
      till.cardSale(second, TestServer.token(1), 400, true);
      till.voidSale(server.transaction(), second, 400);
    });
    refused("TRANSACTION_STATUS",
        () -> server.core.refunds().refund(TestServer.SITE, second, 400, server.transaction(), server.now));

    refund(200);
    push(() -> till.voidSale(server.transaction(), sale, 1_200));

    assertThat(server.available(holder)).isEqualTo(9_000);
    assertThat(server.exceptions()).containsExactly(ExceptionKind.VOID_AFTER_REFUND);
    assertThat(server.ledger().problems()).isEmpty();
  }

  @Test
  void onlyWhatIsPaidBackOnTheDayOfTheSaleMayBeSpentAgainThatDay() {
    long day = CoreSettings.DEFAULT.dayAt(server.now);
    TransactionId voided = server.transaction();
    push(() -> till.cardSale(voided, TestServer.token(1), 150, true));
    refund(200);
    assertThat(spentOn(day)).isEqualTo(1_150);

    server.now += DAY;
    push(() -> till.cardSale(server.transaction(), TestServer.token(1), 700, true));
    refund(300);
    push(() -> till.voidSale(server.transaction(), voided, 150));

    assertThat(spentOn(day + 1)).isEqualTo(700);
    assertThat(server.available(holder)).isEqualTo(10_000 - 1_200 + 500 - 700);
  }

  private long spentOn(long day) {
    LedgerAccountRow row = server.store.ledgerAccount(TestServer.SITE, holder.cashLedger()).orElseThrow();
    return row.spentDay() == day ? row.spentToday() : 0;
  }

  /// A sale of three legs from three purses: however it is cut into refunds, each purse gets back exactly what it gave,
  /// and on the way never more than a fen less than its share.
  @Test
  void eachLegGivesBackItsShareAndInTheEndExactlyItself() {
    SplittableRandom random = new SplittableRandom(20261121);
    Map<TransactionId, long[]> sales = new LinkedHashMap<>();
    for (int round = 0; round < 200; round++) {
      long[] legs = {1 + random.nextLong(900), 1 + random.nextLong(900), 1 + random.nextLong(900)};
      sales.put(bookLegs(legs), legs);
    }
    server.restart();

    sales.forEach((mixed, legs) -> {
      long total = legs[0] + legs[1] + legs[2];
      for (long left = total; left > 0;) {
        long part = Math.min(left, 1 + random.nextLong(total));
        left = server.core.refunds().refund(TestServer.SITE, mixed, part, server.transaction(), server.now)
            .left();
        assertShares(mixed, legs, total, total - left);
      }
      assertThat(givenBack(mixed)).containsExactly(legs);
    });
    assertThat(server.ledger().problems()).isEmpty();
  }

  private void assertShares(TransactionId mixed, long[] legs, long total, long paidBack) {
    long[] given = givenBack(mixed);
    assertThat(given[0] + given[1] + given[2]).isEqualTo(paidBack);
    for (int leg = 0; leg < 3; leg++) {
      assertThat(Math.abs(given[leg] * total - legs[leg] * paidBack)).isLessThanOrEqualTo(total);
    }
  }

  private TransactionId bookLegs(long[] legs) {
    TransactionId id = server.transaction();
    var unit = new CommitUnit();
    var memory = new StoreMemory(server.store);
    var books = new Books(memory.site(TestServer.SITE), server.store, unit, server.now);
    long merchant = books.ledgerOf(LedgerKind.MERCHANT_PAYABLE, 1);
    TransferRow first = books.post(id, 1, books.ledgerOf(LedgerKind.CASH_DRAWER, 7), merchant, legs[0],
        "SALE");
    books.post(id, 2, books.ledgerOf(LedgerKind.CASH_DRAWER, 8), merchant, legs[1], "SALE");
    books.post(id, 3, books.ledgerOf(LedgerKind.CASH_DRAWER, 9), merchant, legs[2], "SALE");
    books.insert(new TransactionRow(TestServer.SITE, id, TransactionKind.SALE_CASH, 0, 0, 0,
        legs[0] + legs[1] + legs[2], "CNY", false, TransactionRow.SYNCED, null, first.transfer(), server.now,
        server.now));
    books.close();
    assertThat(memory.commit(unit).isCommitted()).isTrue();
    return id;
  }

  private long[] givenBack(TransactionId mixed) {
    long[] given = new long[3];
    List<TransferRow> legs = server.store.transfersOf(TestServer.SITE, mixed);
    for (TransactionRow refund : server.store.refundsOf(TestServer.SITE, mixed)) {
      for (TransferRow back : server.store.transfersOf(TestServer.SITE, refund.transaction())) {
        for (int leg = 0; leg < 3; leg++) {
          given[leg] += back.credit() == legs.get(leg).debit() ? back.amount() : 0;
        }
      }
    }
    return given;
  }
}
