package dev.counterfoil.settlement.gateway;

/// A message of a gateway is not what its documentation says. Never leaves this package.
final class MalformedMessageException extends Exception {

  private static final long serialVersionUID = 1L;

  MalformedMessageException(String message) {
    super(message);
  }

  GatewayProblem as(GatewayCode code) {
    return new GatewayProblem(code, String.valueOf(getMessage()));
  }
}
