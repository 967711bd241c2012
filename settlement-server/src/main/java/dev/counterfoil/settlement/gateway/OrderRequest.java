package dev.counterfoil.settlement.gateway;

import java.time.Instant;
import java.util.regex.Pattern;

/// What a gateway is asked to collect. The same request may be sent again: gateways know an order by its ID.
///
/// @param orderId our number of the order, 6 to 32 letters, digits, `-` or `_`; one order for ever
/// @param amountFen what is to be paid, in fen, at least 1
/// @param description what the payer reads, 1 to 127 characters
/// @param expiresAt when the gateway takes no payment any more; part of the request, so that an order request which
///        arrives late cannot be paid after we have closed the order
/// @param presentation how the payer gets to see it
public record OrderRequest(String orderId, long amountFen, String description, Instant expiresAt,
    Presentation presentation) {

  private static final Pattern ID = Pattern.compile("[A-Za-z0-9_-]{6,32}");
  private static final int LONGEST_DESCRIPTION = 127;

  /// How the payer gets to see the order.
  public sealed interface Presentation {

    /// A code to scan (WeChat native, Alipay precreate).
    record Code() implements Presentation {}

    /// Inside of the WeChat app (JSAPI).
    ///
    /// @param payerId the payer's openid under the configured appid
    record InApp(String payerId) implements Presentation {}

    /// A page of the gateway in a browser (Alipay page pay).
    ///
    /// @param returnUrl where the browser goes afterwards; proves nothing about the payment
    record Page(String returnUrl) implements Presentation {}
  }

  public OrderRequest {
    requireId(orderId);
    if (amountFen < 1) {
      throw new IllegalArgumentException("an order needs an amount, found " + amountFen + " fen");
    }
    if (description.isBlank() || description.length() > LONGEST_DESCRIPTION) {
      throw new IllegalArgumentException("a description has 1 to " + LONGEST_DESCRIPTION + " characters");
    }
  }

  /// The form of order and refund numbers that both gateways take and that needs no escaping in an address.
  static String requireId(String id) {
    if (!ID.matcher(id).matches()) {
      throw new IllegalArgumentException("6 to 32 letters, digits, - or _, found '" + id + "'");
    }
    return id;
  }
}
