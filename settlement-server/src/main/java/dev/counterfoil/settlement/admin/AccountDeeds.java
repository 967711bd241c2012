package dev.counterfoil.settlement.admin;

import dev.counterfoil.settlement.account.AccountEvent;
import dev.counterfoil.settlement.account.Opening;
import dev.counterfoil.settlement.store.AccountRow;
import dev.counterfoil.settlement.store.PermissionRow;
import dev.counterfoil.settlement.store.PriceTerms;
import dev.counterfoil.settlement.store.RelationRow;

/// What operators may do with accounts. As {@link AdminDesk}: durable when a method returns, nothing changed when it
/// throws {@link AdminRefusal}.
public interface AccountDeeds {

  /// @param key names the opening balance, so that it is never booked twice
  AccountRow open(int site, Opening opening, String key, String operator);

  AccountRow apply(int site, long account, AccountEvent event, String operator);

  /// Lifts the restriction that an offline overdraft brought.
  AccountRow liftRestriction(int site, long account, String operator);

  AccountRow channels(int site, long account, boolean maySpend, boolean online, boolean offline,
      String operator);

  /// Limits in minor units, 0 for none of its own.
  AccountRow limits(int site, long account, long perTap, long perDay, long perMonth, String operator);

  /// By which terms terminals price what it buys.
  AccountRow terms(int site, long account, PriceTerms terms, String operator);

  AccountRow credit(int site, long account, long creditMinor, String operator);

  AccountRow makePrimary(int site, long account, String operator);

  AccountRow delete(int site, long account, String operator);

  /// Gives an account a new password for its purchases.
  ///
  /// @return the digits, which nobody can show again
  String resetPassword(int site, long account, String operator);

  void removePassword(int site, long account, String operator);

  void unlockPassword(int site, long account, String operator);

  void securityQuestion(int site, long account, String question, String answer, String operator);

  /// @param wanted its number is given by the server
  PermissionRow grant(PermissionRow wanted, String operator);

  PermissionRow enable(int site, long account, int number, boolean enabled, String operator);

  /// @param wanted its number is given by the server
  RelationRow relate(RelationRow wanted, String operator);

  RelationRow enableRelation(int site, long main, int number, boolean enabled, String operator);
}
