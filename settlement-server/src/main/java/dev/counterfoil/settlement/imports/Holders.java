package dev.counterfoil.settlement.imports;

import dev.counterfoil.settlement.imports.SaleLine.Who;
import dev.counterfoil.settlement.ledger.Books;
import dev.counterfoil.settlement.store.AccountRow;
import dev.counterfoil.settlement.store.CardRow;
import dev.counterfoil.settlement.store.ImportedAccountRow;
import dev.counterfoil.settlement.store.SettlementReads;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/// Finds whom the rows of a file name. One thread, one file.
final class Holders {

  private final Books books;
  private final SettlementReads reads;
  private final String source;
  private final Map<String, Optional<ImportedAccountRow>> accounts = new HashMap<>();

  Holders(Books books, SettlementReads reads, String source) {
    this.books = books;
    this.reads = reads;
    this.source = source;
  }

  /// Whose account, and with what card.
  ///
  /// @param card our number of it, 0 where the account was named otherwise
  record Holder(AccountRow account, long card) {}

  Optional<Holder> find(Who who) {
    return switch (who) {
      case Who.Account(var number) -> books.account(number).map(row -> new Holder(row, 0));
      case Who.Reference(var reference) -> accounts
          .computeIfAbsent(reference,
              name -> reads.profiles().importedAccount(books.site(), source, name))
          .flatMap(row -> books.account(row.account())).map(row -> new Holder(row, 0));
      case Who.Card(var token) -> books.memory().card(token).flatMap(this::of);
    };
  }

  private Optional<Holder> of(CardRow card) {
    return books.account(card.account()).map(row -> new Holder(row, card.card()));
  }

  static String column(Who who) {
    return switch (who) {
      case Who.Account _ -> SaleLine.ACCOUNT;
      case Who.Reference _ -> SaleLine.ACCOUNT_REFERENCE;
      case Who.Card _ -> SaleLine.CARD;
    };
  }

  /// For an error text: a card's number belongs into none.
  static String told(Who who) {
    return switch (who) {
      case Who.Account(var number) -> Long.toString(number);
      case Who.Reference(var reference) -> reference;
      case Who.Card _ -> "a card that was never issued";
    };
  }
}
