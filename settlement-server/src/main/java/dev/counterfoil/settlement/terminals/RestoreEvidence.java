package dev.counterfoil.settlement.terminals;

import dev.counterfoil.proto.v1.AckStatement;
import dev.counterfoil.proto.v1.EpochOffer;
import dev.counterfoil.proto.v1.Hello;
import dev.counterfoil.protocol.crypto.Domain;
import dev.counterfoil.protocol.crypto.SignatureVerifier;
import dev.counterfoil.protocol.crypto.VerificationKey;
import dev.counterfoil.protocol.id.TerminalId;
import dev.counterfoil.protocol.link.LinkViolation;
import dev.counterfoil.protocol.link.Statements;
import dev.counterfoil.protocol.link.Wire;
import dev.counterfoil.settlement.store.ServerGeneration;
import dev.counterfoil.settlement.store.StoreMemory;
import dev.counterfoil.settlement.store.TerminalMemory;
import java.util.HexFormat;

/// Finds out that the database is an older copy, from what terminals bring along. Every acknowledgement is numbered and
/// every epoch stored durably before it is sent; so one of the present generation beyond what the database knows was
/// signed by this installation in a time that the database has forgotten. The signature is checked, because a
/// terminal must not be able to make a server begin a new generation by claiming something.
public final class RestoreEvidence {

  private final StoreMemory memory;
  private final ServerGeneration generation;
  private final VerificationKey key;
  private final SignatureVerifier signatures;

  public RestoreEvidence(StoreMemory memory, ServerGeneration generation, VerificationKey key,
      SignatureVerifier signatures) {
    this.memory = memory;
    this.generation = generation;
    this.key = key;
    this.signatures = signatures;
  }

  /// Whether the newest acknowledgement or the epoch that this terminal keeps comes from beyond what the database knows.
  public boolean provesRestore(TerminalId terminal, Hello hello) {
    return memory.terminal(terminal).map(
        known -> hello.hasLastAck() && isBeyond(terminal, hello, known.head().ackNumber())
            || hello.hasEpochOffer() && isForgotten(known, hello))
        .orElse(false);
  }

  private boolean isForgotten(TerminalMemory known, Hello hello) {
    int claimed = hello.getEpoch().getNumber();
    if (known.epochs().stream()
        .anyMatch(row -> Integer.compareUnsigned(row.epoch().number(), claimed) >= 0)) {
      return false;
    }
    try {
      EpochOffer offer = Statements.open(Domain.EPOCH, hello.getEpochOffer(), EpochOffer.parser(), key,
          signatures);
      return Wire.terminal(offer.getTerminalId()).equals(known.row().terminalId())
          && offer.getEpoch().equals(hello.getEpoch())
          && HexFormat.of().formatHex(offer.getServerGeneration().toByteArray()).equals(generation.current());
    } catch (LinkViolation _) {
      // Not signed by this installation: a claim, not evidence.
      return false;
    }
  }

  private boolean isBeyond(TerminalId terminal, Hello hello, long knownNumber) {
    // Cheap first: in the ordinary case the number is not higher and nothing needs to be verified.
    if (hello.getAckNumber() <= knownNumber) {
      return false;
    }
    try {
      AckStatement ack = Statements.open(Domain.ACK, hello.getLastAck(), AckStatement.parser(), key,
          signatures);
      return Wire.terminal(ack.getTerminalId()).equals(terminal) && ack.getAckNumber() > knownNumber
          && HexFormat.of().formatHex(ack.getServerGeneration().toByteArray()).equals(generation.current());
    } catch (LinkViolation _) {
      // Not signed by this installation: a claim, not evidence.
      return false;
    }
  }
}
