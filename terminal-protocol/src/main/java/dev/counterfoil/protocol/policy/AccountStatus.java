package dev.counterfoil.protocol.policy;

import java.util.Arrays;
import java.util.Optional;

/// State of an account with the wire codes of C-01. Code 4 stays unused, so that a code of the older list cannot
/// be misread.
public enum AccountStatus {
  CANCELLED(0), NORMAL(1), FROZEN(2), LOST(3), PENDING(5);

  private final int code;

  AccountStatus(int code) {
    this.code = code;
  }

  public int code() {
    return code;
  }

  /// The status with this code. An unknown code counts as [#CANCELLED]: a newer state must not spend here.
  public static AccountStatus of(int code) {
    return Arrays.stream(values()).filter(status -> status.code == code).findFirst().orElse(CANCELLED);
  }

  /// Why an account in this state is refused (PAY-05), or empty for [#NORMAL].
  public Optional<DeclineReason> refusal() {
    return switch (this) {
      case NORMAL -> Optional.empty();
      case FROZEN -> Optional.of(DeclineReason.ACCOUNT_FROZEN);
      case CANCELLED, PENDING -> Optional.of(DeclineReason.ACCOUNT_INVALID);
      case LOST -> Optional.of(DeclineReason.CARD_LOST);
    };
  }
}
