package dev.counterfoil.settlement.terminals.ca;

import org.jspecify.annotations.Nullable;

/// A certification request that the authority does not sign.
public final class BadCertificateRequestException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  BadCertificateRequestException(String reason, @Nullable Throwable cause) {
    super("certificate request refused: " + reason, cause);
  }
}
