package dev.counterfoil.settlement.gateway;

/// A pay-score order to be authorised.
///
/// @param orderId 6 to 32 letters, digits, `-` or `_`
/// @param introduction what the user reads, 1 to 20 characters
/// @param riskFen the most that can become due, in fen, at least 1
public record ScoreRequest(String orderId, String introduction, long riskFen) {

  private static final int LONGEST_INTRODUCTION = 20;

  public ScoreRequest {
    OrderRequest.requireId(orderId);
    if (introduction.isBlank() || introduction.length() > LONGEST_INTRODUCTION || riskFen < 1) {
      throw new IllegalArgumentException("an introduction of 1 to 20 characters and an amount are needed");
    }
  }
}
