package dev.counterfoil.sim.card;

/// A card description that cannot be understood. Its message starts with the stable code `SIM-CARD-SPEC`.
public final class CardSpecException extends RuntimeException {
  private static final long serialVersionUID = 1L;
  public static final String CODE = "SIM-CARD-SPEC";

  CardSpecException(String message) {
    super(CODE + ": " + message);
  }

  public String code() {
    return CODE;
  }
}
