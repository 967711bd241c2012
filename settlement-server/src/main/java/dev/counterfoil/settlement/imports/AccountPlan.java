package dev.counterfoil.settlement.imports;

import dev.counterfoil.protocol.card.CardToken;
import dev.counterfoil.protocol.id.TransactionId;
import dev.counterfoil.settlement.account.AccountOpening;
import dev.counterfoil.settlement.account.AccountStanding;
import dev.counterfoil.settlement.account.RefusedException;
import dev.counterfoil.settlement.card.CardDesk;
import dev.counterfoil.settlement.ledger.Books;
import dev.counterfoil.settlement.ledger.OwnId;
import dev.counterfoil.settlement.store.ImportedAccountRow;
import dev.counterfoil.settlement.store.SettlementReads;
import dev.counterfoil.settlement.store.TransactionKind;
import dev.counterfoil.settlement.store.TransactionNoteRow;
import java.util.List;

/// Opens the accounts of another system by the rules of {@link AccountOpening}, with their cards and telephone numbers.
final class AccountPlan extends Plan<AccountLine> {

  private final AccountOpening openings;

  AccountPlan(Books books, SettlementReads reads, Terms terms, Faults faults, boolean looksUp) {
    super(books, reads, terms, faults, looksUp);
    this.openings = new AccountOpening(books, reads, terms.settings().accounts());
  }

  @Override
  int row(AccountLine line) {
    return line.row();
  }

  @Override
  void lookUp(List<AccountLine> lines) {
    // Each is asked for by itself: a file of accounts is imported once.
  }

  @Override
  Known known(AccountLine line) {
    return reads.profiles().importedAccount(books.site(), terms.source(), line.reference())
        .map(before -> before.content().equals(line.content()) ? Known.SAME : Known.OTHER)
        .orElse(Known.NEVER);
  }

  @Override
  void book(AccountLine line) {
    try {
      open(line);
    } catch (RefusedException e) {
      faults.add(line.row(), "", e.code(), e.facts());
    }
  }

  private void open(AccountLine line) {
    TransactionId id = OwnId.ofKey("import account\0" + terms.source(), books.site(), line.reference());
    AccountStanding opened = openings.open(line.opening(), id);
    long account = opened.row().account();
    books.unit().insertImportedAccount(new ImportedAccountRow(books.site(), terms.source(), line.reference(),
        account, line.content(), books.nowMs()));
    count("account " + opened.profile().kind(), 0);
    long money = line.opening().openingMinor();
    if (money > 0) {
      books.unit().insertNote(new TransactionNoteRow(books.site(), id, 0,
          books.transaction(id).orElseThrow().firstTransfer(), books.nowMs(), terms.source(),
          terms.operator(),
          line.reference()));
      count(TransactionKind.OPENING.name(), money);
    }
    line.card().ifPresent(token -> issue(line, account, token));
    if (!line.phone().isEmpty()) {
      books.unit().putContact(terms.seal().seal(books.site(), account, line.phone()));
      count("telephone", 0);
    }
  }

  private void issue(AccountLine line, long account, CardToken token) {
    try {
      books.unit().putCard(CardDesk.fresh(books.memory(), token, account));
      count("card", 0);
    } catch (RefusedException e) {
      faults.add(line.row(), "card", e.code(), "");
    }
  }
}
