package dev.counterfoil.settlement.gateway;

/// What went wrong and the fact that shows it.
///
/// @param detail the gateway's own code and words or the place in a bill, one line of at most 200 characters; never a
///        key, a token or a payer
public record GatewayProblem(GatewayCode code, String detail) {

  private static final int LONGEST = 200;

  public GatewayProblem {
    String line = detail.replaceAll("\\p{Cntrl}+", " ");
    detail = line.length() > LONGEST ? line.substring(0, LONGEST) : line;
  }

  @Override
  public String toString() {
    return detail.isEmpty() ? code.name() : code + " " + detail;
  }
}
