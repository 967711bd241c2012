package dev.counterfoil.settlement.terminals;

import com.google.protobuf.ByteString;
import dev.counterfoil.proto.v1.EpochOffer;
import dev.counterfoil.proto.v1.Signed;
import dev.counterfoil.protocol.crypto.Domain;
import dev.counterfoil.protocol.crypto.SignatureVerifier;
import dev.counterfoil.protocol.crypto.Signer;
import dev.counterfoil.protocol.id.EpochId;
import dev.counterfoil.protocol.id.TerminalId;
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
