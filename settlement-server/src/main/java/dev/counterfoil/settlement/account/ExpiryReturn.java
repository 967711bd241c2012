package dev.counterfoil.settlement.account;

import dev.counterfoil.protocol.id.TransactionId;
import dev.counterfoil.protocol.policy.AccountStatus;
import dev.counterfoil.settlement.ledger.Books;
import dev.counterfoil.settlement.ledger.OwnId;
import dev.counterfoil.settlement.ledger.PostingReason;
import dev.counterfoil.settlement.ledger.ServerEntry;
import dev.counterfoil.settlement.store.AccountRow;
import dev.counterfoil.settlement.store.RelationRow;
import dev.counterfoil.settlement.store.RelationType;
import dev.counterfoil.settlement.store.StoreMemory;
import dev.counterfoil.settlement.store.TransactionKind;
import dev.counterfoil.settlement.store.TransferRow;
import java.util.Optional;

/// Gives the balance of a temporary account or a project that is over back to its main account (ACC-06): holder CASH -> holder CASH.
final class ExpiryReturn {

  private static final String SUB_TYPE = "EXPIRY_RETURN";

  private final StoreMemory memory;

  ExpiryReturn(StoreMemory memory) {
    this.memory = memory;
  }

  /// Moves what is there, unless a hold may still need it or nobody can take it: then it stays, and the account cannot
  /// be closed yet.
  void giveBack(AccountUnit unit, AccountStanding expired) {
    Books books = unit.books();
    AccountRow from = expired.row();
    long balance = books.balance(from.cashLedger());
    if (balance > 0 && balance == books.available(from.cashLedger())) {
      main(books, from).ifPresent(main -> move(books, from, main, balance));
    }
  }

  private Optional<AccountRow> main(Books books, AccountRow sub) {
    return memory.reads().profiles().relationsAbove(sub.site(), sub.account()).stream()
        .filter(row -> row.type() == RelationType.MAIN_SUB && row.enabled())
        .map(RelationRow::main).flatMap(main -> books.account(main).stream())
        .filter(main -> main.status() != AccountStatus.CANCELLED && main.currency().equals(sub.currency()))
        .findFirst();
  }

  private static void move(Books books, AccountRow from, AccountRow main, long amount) {
    TransactionId id = OwnId.of(new TransactionId(from.site(), from.account()),
        SUB_TYPE + "@" + books.nowMs());
    TransferRow moved = books.post(id, 1, from.cashLedger(), main.cashLedger(), amount,
        PostingReason.TRANSFER);
    new ServerEntry(id, TransactionKind.TRANSFER, from.account(), main.account(), amount, null, SUB_TYPE, "",
        "the account is over").insert(books, moved);
  }
}
