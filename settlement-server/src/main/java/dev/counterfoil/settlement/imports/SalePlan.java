package dev.counterfoil.settlement.imports;

import dev.counterfoil.protocol.id.TransactionId;
import dev.counterfoil.protocol.money.Money;
import dev.counterfoil.protocol.policy.AccountStatus;
import dev.counterfoil.settlement.imports.Holders.Holder;
import dev.counterfoil.settlement.ledger.Books;
import dev.counterfoil.settlement.ledger.ImportedSale;
import dev.counterfoil.settlement.ledger.ImportedSalePosting;
import dev.counterfoil.settlement.ledger.OwnId;
import dev.counterfoil.settlement.ledger.Purses;
import dev.counterfoil.settlement.store.AccountRow;
import dev.counterfoil.settlement.store.SettlementReads;
import dev.counterfoil.settlement.store.TransactionKind;
import dev.counterfoil.settlement.store.TransactionRow;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Books sales of another system. Each is named by its source and reference, so that it can be booked once.
final class SalePlan extends Plan<SaleLine> {

  private final ImportedSalePosting posting;
  private final Map<TransactionId, TransactionRow> before = new HashMap<>();
  private final Holders holders;

  SalePlan(Books books, SettlementReads reads, Terms terms, Faults faults, boolean looksUp) {
    super(books, reads, terms, faults, looksUp);
    this.posting = new ImportedSalePosting(books);
    this.holders = new Holders(books, reads, terms.source());
  }

  private TransactionId id(SaleLine line) {
    return OwnId.ofKey("import sale\0" + terms.source(), books.site(), line.reference());
  }

  @Override
  int row(SaleLine line) {
    return line.row();
  }

  @Override
  void lookUp(List<SaleLine> lines) {
    before.clear();
    reads.transactions(books.site(), lines.stream().map(this::id).toList())
        .forEach(row -> before.put(row.transaction(), row));
  }

  @Override
  Known known(SaleLine line) {
    TransactionRow row = before.get(id(line));
    return row == null ? Known.NEVER : isSame(row, line) ? Known.SAME : Known.OTHER;
  }

  private boolean isSame(TransactionRow row, SaleLine line) {
    return row.kind() == TransactionKind.SALE_IMPORTED && row.amount() == line.amount()
        && row.terminalMs() == line.soldMs() && row.details().discount() == line.discount()
        && holders.find(line.who()).filter(payer -> payer.account().account() == row.account()).isPresent();
  }

  @Override
  void book(SaleLine line) {
    Optional<Holder> payer = holders.find(line.who());
    if (payer.isEmpty()) {
      faults.add(line.row(), Holders.column(line.who()), "ACCOUNT_UNKNOWN",
          Faults.found(Holders.told(line.who())));
    } else if (mayPay(line, payer.get().account())) {
      post(line, payer.get());
    }
  }

  private boolean mayPay(SaleLine line, AccountRow account) {
    if (account.status() != AccountStatus.NORMAL) {
      faults.add(line.row(), Holders.column(line.who()), "ACCOUNT_NOT_NORMAL",
          "account " + account.number() + " is " + account.status());
      return false;
    }
    if (!posting.knows(line.merchant())) {
      faults.add(line.row(), "merchant", ImportFault.MERCHANT_UNKNOWN,
          Faults.found(Long.toString(line.merchant())));
      return false;
    }
    long spendable = spendable(account);
    if (spendable < line.amount()) {
      faults.add(line.row(), "amount", "BALANCE_INSUFFICIENT", Faults.found(Money.decimal(line.amount()))
          + " spendable=" + Money.decimal(spendable) + " account=" + account.number());
      return false;
    }
    return true;
  }

  /// As at a tap (PAY-06, ACC-21), behind the rows before this one.
  private long spendable(AccountRow account) {
    long least = books.floor(account.cashLedger()) + terms.settings().purchases().leastBalanceMinor();
    return Math.subtractExact(new Purses(books, account).available(), least);
  }

  private void post(SaleLine line, Holder payer) {
    posting.post(new ImportedSale(id(line), terms.source(), line.reference(), line.merchant(), payer.card(),
        line.amount(), line.discount(), line.subType(), line.goods(), line.soldMs(), terms.operator()),
        payer.account());
    count(TransactionKind.SALE_IMPORTED.name(), line.amount());
  }
}
