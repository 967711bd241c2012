package dev.counterfoil.settlement.terminals;

import dev.counterfoil.proto.v1.Welcome;
import dev.counterfoil.protocol.ReasonCode;

/// What to do with a connection that said Hello.
public sealed interface HelloAnswer {

  /// Send this; its verdict says whether the connection stays open.
  record Answered(Welcome welcome) implements HelloAnswer {}

  /// Close without a Welcome.
  ///
  /// @param facts for the log
  record Barred(ReasonCode reason, String facts) implements HelloAnswer {}
}
