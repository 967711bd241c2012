package dev.counterfoil.settlement.admin;

import dev.counterfoil.protocol.id.TransactionId;
import dev.counterfoil.settlement.freeze.FreezeOrder;
import dev.counterfoil.settlement.store.FreezeRow;
import dev.counterfoil.settlement.store.MoneyRequestRow;
import dev.counterfoil.settlement.store.PurseRow;
import dev.counterfoil.settlement.store.TransactionRow;
import dev.counterfoil.settlement.store.TransferLineRow;
import dev.counterfoil.settlement.subsidy.Grant;
import dev.counterfoil.settlement.transfer.TransferLine;
import dev.counterfoil.settlement.transfer.TransferSubType;
import dev.counterfoil.settlement.withdrawal.WithdrawalDesk;
import dev.counterfoil.settlement.withdrawal.WithdrawalRules;
import java.util.List;

/// What operators may do with holders' money; rules as in [AdminDesk]. A `key` is the operator's own number of a deed:
/// repeated, it changes nothing and answers the same.
public interface MoneyDesk {

  TransactionRow transfer(int site, TransferLine line, String reason, String key, String operator);

  /// @return what became of each line
  List<TransferLineRow> transferAll(int site, TransferSubType subType, List<TransferLine> lines,
      String reason, String key, String operator);

  /// The payee of a transfer gives back, whole or in part.
  TransactionRow giveBack(int site, TransactionId transfer, long amountMinor, String reason, String key,
      String operator);

  PurseRow grant(int site, Grant grant, String key);

  FreezeRow freeze(int site, FreezeOrder order, String key);

  FreezeRow unfreeze(int site, long freeze, boolean conditionMet, String reason, String operator);

  MoneyRequestRow withdraw(int site, WithdrawalDesk.Order order, String key);

  /// @param said a reason, or the bank's reference
  MoneyRequestRow withdrawal(int site, long number, WithdrawalRules.Event event, String said);

  /// @param amountMinor below 0 when the holder loses it
  MoneyRequestRow adjust(int site, long account, long amountMinor, String reason, String key,
      String operator);

  /// Takes a wrong recharge, transfer or adjustment back.
  TransactionRow reverse(int site, TransactionId transaction, String reason, String key, String operator);

  /// Asks for that although the holder may not have the money any more.
  MoneyRequestRow forceReversal(int site, TransactionId transaction, String reason, String key,
      String operator);

  /// The second operator's word on an adjustment or a forced reversal.
  MoneyRequestRow approve(int site, long number, String operator);

  MoneyRequestRow reject(int site, long number, String reason, String operator);
}
