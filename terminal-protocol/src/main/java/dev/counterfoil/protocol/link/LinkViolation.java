package dev.counterfoil.protocol.link;

import dev.counterfoil.protocol.ReasonCode;

/// The peer broke a rule of the link; the connection cannot go on. Nothing that was durable before is touched, and a
/// new connection may be made.
public final class LinkViolation extends Exception {

  private static final long serialVersionUID = 1;

  private final ReasonCode reason;

  public LinkViolation(ReasonCode reason, String facts) {
    super(reason + ": " + facts);
    this.reason = reason;
  }

  public ReasonCode reason() {
    return reason;
  }
}
