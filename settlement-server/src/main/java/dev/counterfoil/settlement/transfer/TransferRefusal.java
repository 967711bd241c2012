package dev.counterfoil.settlement.transfer;

/// Why a transfer is refused, in the order in which it is looked at; nothing has moved then. Stable codes. Only
/// BALANCE_INSUFFICIENT and the states of accounts can change by themselves: the same transfer may be asked for again
/// under another key.
public enum TransferRefusal {
  TRANSFER_AMOUNT("a transfer is of more than 0"),
  TRANSFER_SELF("payer and payee are one account"),
  TRANSFER_LIMIT("more than `transfer.most-minor`"),
  PAYER_UNKNOWN("the site has no such account to pay from"),
  PAYEE_UNKNOWN("the site has no such account to pay to"),
  PAYER_NOT_NORMAL("the account to pay from is frozen, lost, pending or closed"),
  PAYEE_NOT_NORMAL("the account to pay to is frozen, lost, pending or closed"),
  PAYER_RESTRICTED("the account to pay from is restricted after an overdraft"),
  TRANSFER_CURRENCY("the two accounts have different currencies"),
  TRANSFER_NOT_PERMITTED("the account to pay from has no permission that holds for transfers now"),
  TRANSFER_OVER_PERMISSION("more than a permission or its holder allows at once, in a day or in a month"),
  BALANCE_INSUFFICIENT("more than is available; what is held or frozen is not"),
  TRANSFER_TWO_APPROVALS(
      "a department spends more than `accounts.department-alone-minor` only after two approvals; ask over the API");

  private final String meaning;

  TransferRefusal(String meaning) {
    this.meaning = meaning;
  }

  /// For the operator, one line.
  public String meaning() {
    return meaning;
  }
}
