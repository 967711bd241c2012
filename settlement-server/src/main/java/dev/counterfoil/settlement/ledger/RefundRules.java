package dev.counterfoil.settlement.ledger;

import java.time.Duration;

/// What an operator may set about paying sales back; the defaults are ours.
///
/// @param aloneMinor the most of one sale that one operator pays back alone, minor units; beyond it a second one agrees
/// (SEC-11), and an application is looked at by a person (RFD-02)
/// @param reviewAfter age of a sale from which an application is looked at by a person
/// @param notAfter age of a sale from which an application is refused
public record RefundRules(long aloneMinor, Duration reviewAfter, Duration notAfter) {

  public static final RefundRules DEFAULT = new RefundRules(100_000, Duration.ofDays(30),
      Duration.ofDays(180));
}
