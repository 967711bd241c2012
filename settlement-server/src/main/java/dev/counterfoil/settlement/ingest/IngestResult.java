package dev.counterfoil.settlement.ingest;

import dev.counterfoil.proto.v1.AckStatement;
import dev.counterfoil.proto.v1.Signed;
import dev.counterfoil.protocol.ReasonCode;
import dev.counterfoil.protocol.journal.ChainPosition;

/// What became of a pushed batch.
public sealed interface IngestResult {

  /// Everything in the batch is durable and settled, now or already before.
  ///
  /// @param ack what to send
  /// @param statement the same, unsealed
  record Acknowledged(Signed ack, AckStatement statement) implements IngestResult {}

  /// Nothing of the batch was written.
  ///
  /// @param server where the server stands
  /// @param badSeq the record in question, 0 if none
  record Refused(ReasonCode reason, ChainPosition server, long badSeq) implements IngestResult {}
}
