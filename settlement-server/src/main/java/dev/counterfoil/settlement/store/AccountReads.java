package dev.counterfoil.settlement.store;

import java.util.List;
import java.util.Optional;

/// What the server may ask its store about accounts besides {@link AccountRow}. Rules as in {@link SettlementReads}.
public interface AccountReads {

  Optional<AccountProfileRow> profile(int site, long account);

  /// What proves a holder, empty if nothing was ever set.
  Optional<AccountPasswordRow> password(int site, long account);

  /// Whether any account of the site has a password or an answer.
  boolean hasPasswords(int site);

  /// The account that people know under a number such as `ACCT0000000017`, closed ones too.
  Optional<Long> accountOf(int site, String number);

  /// An owner's accounts, closed and deleted ones too, by number; none for an empty name.
  List<AccountProfileRow> profilesOf(int site, String owner);

  /// At most `limit` accounts that the clock must look at at `nowMs`, the longest due first.
  List<AccountProfileRow> profilesDue(int site, long nowMs, int limit);

  /// At most `limit` applications that wait for an answer (ACC-08), with an account number above `after`, by number.
  List<AccountProfileRow> applications(int site, long after, int limit);

  /// By number.
  List<PermissionRow> permissions(int site, long account);

  /// Those beneath an account, by number.
  List<RelationRow> relationsBelow(int site, long main);

  /// Those above an account, by main account and number.
  List<RelationRow> relationsAbove(int site, long sub);

  /// The newest `last` changes of an account's state, the newest last.
  List<AccountEventRow> accountEvents(int site, long account, int last);

  /// Transactions of an account that moved money, by kind.
  List<AccountTotalRow> accountTotals(int site, long account);

  /// The account that came of another system's.
  Optional<ImportedAccountRow> importedAccount(int site, String source, String reference);

  /// At most `limit` active cards whose last day is over at `nowMs`, the longest expired first.
  List<CardRow> cardsExpired(int site, long nowMs, int limit);
}
