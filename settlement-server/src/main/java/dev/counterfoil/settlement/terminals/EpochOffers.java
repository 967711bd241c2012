package dev.counterfoil.settlement.terminals;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import dev.counterfoil.proto.v1.CheckpointSeen;
import dev.counterfoil.proto.v1.EpochOffer;
import dev.counterfoil.proto.v1.Resume;
import dev.counterfoil.proto.v1.Signed;
import dev.counterfoil.protocol.crypto.Domain;
import dev.counterfoil.protocol.crypto.SignatureVerifier;
import dev.counterfoil.protocol.crypto.Signer;
import dev.counterfoil.protocol.id.EpochId;
import dev.counterfoil.protocol.id.TerminalId;
import dev.counterfoil.protocol.journal.JournalRecord;
import dev.counterfoil.protocol.journal.RecordKind;
import dev.counterfoil.protocol.link.LinkViolation;
import dev.counterfoil.protocol.link.Statements;
import dev.counterfoil.protocol.link.Wire;
import java.util.HexFormat;
import java.util.Optional;

/// Makes signed epoch offers and recognises the server's own. Pure, but for the signer.
public final class EpochOffers {

  private final Signer signer;
  private final SignatureVerifier signatures;

  /// @param signer the installation's acknowledgement key
  public EpochOffers(Signer signer, SignatureVerifier signatures) {
    this.signer = signer;
    this.signatures = signatures;
  }

  public Signed offer(TerminalId terminal, EpochId epoch, String generation, long nowMs) {
    var offer = EpochOffer.newBuilder().setTerminalId(Wire.bytes(terminal)).setEpoch(Wire.epoch(epoch))
        .setServerGeneration(ByteString.copyFrom(HexFormat.of().parseHex(generation))).setServerMs(nowMs)
        .build();
    return Statements.seal(Domain.EPOCH, offer, signer);
  }

  /// The offer that the first record of an epoch brings along; empty for any other record. Not judged: see
  /// {@link #recognise}.
  public static Optional<Signed> carriedBy(JournalRecord record) {
    try {
      if (record.is(RecordKind.RESUME)) {
        Resume body = Resume.parseFrom(record.body());
        return body.hasEpochOffer() ? Optional.of(body.getEpochOffer()) : Optional.empty();
      }
      if (record.is(RecordKind.CHECKPOINT_SEEN)) {
        CheckpointSeen body = CheckpointSeen.parseFrom(record.body());
        return body.hasEpochOffer() ? Optional.of(body.getEpochOffer()) : Optional.empty();
      }
      return Optional.empty();
    } catch (InvalidProtocolBufferException _) {
      // Such a record is settled as UNREADABLE_RECORD; it vouches for nothing.
      return Optional.empty();
    }
  }

  /// The epoch of an offer that this installation once signed for this terminal; empty for anything else.
  public Optional<EpochId> recognise(TerminalId terminal, Signed signed) {
    try {
      EpochOffer offer = Statements.open(Domain.EPOCH, signed, EpochOffer.parser(), signer.key(), signatures);
      return Wire.terminal(offer.getTerminalId()).equals(terminal)
          ? Optional.of(Wire.epoch(offer.getEpoch()))
          : Optional.empty();
    } catch (LinkViolation _) {
      // Not ours: the epoch stays unknown, which is the answer.
      return Optional.empty();
    }
  }
}
