package dev.counterfoil.protocol.journal;

import dev.counterfoil.protocol.ReasonCode;

/// Bytes that are not a record. A retry with the same bytes fails alike.
public final class RecordFormatException extends RuntimeException {

  private static final long serialVersionUID = 1;

  private final ReasonCode reason;

  public RecordFormatException(ReasonCode reason, String facts) {
    super(reason + ": " + facts);
    this.reason = reason;
  }

  public ReasonCode reason() {
    return reason;
  }
}
