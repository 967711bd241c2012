package dev.counterfoil.settlement.gateway;

import org.jspecify.annotations.Nullable;

/// What the gateway is told about its callback. One that is not taken is sent again by the gateway.
///
/// @param problem why it was not taken
public record CallbackReceipt(@Nullable GatewayProblem problem) {

  static final CallbackReceipt TAKEN = new CallbackReceipt(null);

  static CallbackReceipt refused(GatewayProblem problem) {
    return new CallbackReceipt(problem);
  }

  public boolean isTaken() {
    return problem == null;
  }

  /// HTTP status for either gateway: 400 for what is not the gateway's, 500 for what it shall send again.
  public int httpStatus() {
    if (problem == null) {
      return 200;
    }
    return problem.code() == GatewayCode.GATEWAY_ORDER_UNKNOWN ? 500 : 400;
  }
}
