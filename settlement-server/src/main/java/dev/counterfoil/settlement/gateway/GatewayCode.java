package dev.counterfoil.settlement.gateway;

/// What can go wrong between the server and a payment gateway. Names never change: logs, the exception queue and
/// docs/OPERATING.md carry them.
public enum GatewayCode {
  GATEWAY_TIMEOUT("no answer in time; what the gateway did is unknown"),
  GATEWAY_UNREACHABLE("the connection failed; whether the request arrived is unknown"),
  GATEWAY_SERVER_ERROR("the gateway answered with an error of its own; it may have done what was asked"),
  GATEWAY_BUSY("the gateway limits how often it is asked"),
  GATEWAY_REFUSED("the gateway refused the request; its own code is named"),
  GATEWAY_UNSUPPORTED("this gateway has no such way to pay"),
  GATEWAY_RESPONSE_MALFORMED("the gateway's answer is not what its documentation says"),
  GATEWAY_SIGNATURE("a signature is missing or wrong: the message is not the gateway's"),
  GATEWAY_SERIAL("a message is signed with a key that is not configured"),
  GATEWAY_CALLBACK_STALE("a signed message is older than 300 s, or as far in the future"),
  GATEWAY_CALLBACK_MALFORMED("a callback is signed but not what the gateway's documentation says"),
  GATEWAY_DECRYPT("the content of a callback cannot be decrypted with the configured key"),
  GATEWAY_MERCHANT("a message is meant for another merchant or application"),
  GATEWAY_CURRENCY("an amount is not in CNY"),
  GATEWAY_ORDER_UNKNOWN("a genuine callback names an order that is not in the books"),
  GATEWAY_AMOUNT_DIFFERS("another amount than the one asked for was paid or given back; nothing is booked"),
  GATEWAY_PAYMENT_DIFFERS("a second, different payment for one order"),
  GATEWAY_PAID_AFTER_CLOSE("an order was paid after it had been closed; the payment is booked"),
  GATEWAY_REFUND_EXCEEDS("a refund of more than is left of the payment; it is not booked"),
  GATEWAY_REFUND_DIFFERS("a refund number was used again with another amount; it was not sent"),
  GATEWAY_REFUND_LATE("a refund was made after the gateway had refused it; it is booked"),
  GATEWAY_REFUND_ABNORMAL(
      "the payer's account cannot take the refund; it is settled on the gateway's own page"),
  GATEWAY_UNRESOLVED("the outcome is unknown after ten questions; it is still asked for"),
  GATEWAY_BILL_MISSING("no bill of that day: no trade, or it is not made yet"),
  GATEWAY_BILL_HASH("the bill is not the file that was announced"),
  GATEWAY_BILL_TRUNCATED("the bill has no totals at its end"),
  GATEWAY_BILL_TOTALS("the lines of the bill do not add up to its totals"),
  GATEWAY_BILL_MALFORMED("a line of the bill cannot be read; its number is named"),
  GATEWAY_BILL_LINK_EXPIRED("the address of the bill was no longer good; ask for a new one");

  private final String meaning;

  GatewayCode(String meaning) {
    this.meaning = meaning;
  }

  /// One sentence without a full stop, the same as in docs/OPERATING.md.
  public String meaning() {
    return meaning;
  }
}
