package dev.counterfoil.sim.world.server;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import dev.counterfoil.proto.v1.KeyRotate;
import dev.counterfoil.proto.v1.Sale;
import dev.counterfoil.protocol.crypto.Domain;
import dev.counterfoil.protocol.crypto.Signer;
import dev.counterfoil.protocol.id.EpochId;
import dev.counterfoil.protocol.journal.ChainPosition;
import dev.counterfoil.protocol.journal.ChainVerifier;
import dev.counterfoil.protocol.journal.JournalRecord;
import dev.counterfoil.protocol.journal.RecordKind;
import dev.counterfoil.protocol.journal.RecordLayout;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.SplittableRandom;

/// A record as a forger's workbench sees it: bytes in which any field can be changed. Every change is a copy, and keeps
/// the signature that was there.
///
/// @param bytes a whole record, right or wrong
record ForgedRecord(byte[] bytes) {

  static ForgedRecord of(JournalRecord record) {
    return new ForgedRecord(record.bytes());
  }

  /// A KEY_ROTATE with everything that it needs but the old key's signature.
  static ForgedRecord rotation(JournalRecord model, Signer next) {
    byte[] proof = next.sign(Domain.ROTATE.over(ChainVerifier.rotationMessage(model.terminal(), next.key())));
    byte[] body = KeyRotate.newBuilder().setNewAlg(next.key().algorithm().code())
        .setNewPublicKey(ByteString.copyFrom(next.key().encoded())).setProof(ByteString.copyFrom(proof))
        .build().toByteArray();
    ForgedRecord record = of(model).withBody(body);
    record.bytes[RecordLayout.KIND_AT] = (byte) RecordKind.KEY_ROTATE.code();
    record.at(RecordLayout.AMOUNT_AT).putLong(0);
    return record;
  }

  /// Follows `mark` in every respect.
  ForgedRecord linkedTo(ChainPosition mark, EpochId epoch) {
    ForgedRecord linked = inEpoch(epoch).numbered(mark.seq() + 1);
    long amount = linked.at(RecordLayout.AMOUNT_AT).getLong();
    linked.at(RecordLayout.TURNOVER_AT).putLong(mark.turnover() + amount);
    linked.at(RecordLayout.PREVIOUS_AT).put(mark.hash().bytes());
    return linked;
  }

  ForgedRecord inEpoch(EpochId epoch) {
    ForgedRecord other = copy();
    other.at(RecordLayout.EPOCH_NUMBER_AT).putInt(epoch.number()).putLong(epoch.nonce());
    return other;
  }

  ForgedRecord numbered(long seq) {
    ForgedRecord other = copy();
    other.at(RecordLayout.SEQ_AT).putLong(seq);
    return other;
  }

  ForgedRecord plusAmount(long minor) {
    ForgedRecord other = copy();
    long amount = other.at(RecordLayout.AMOUNT_AT).getLong();
    other.at(RecordLayout.AMOUNT_AT).putLong(amount + minor);
    return other;
  }

  ForgedRecord flipped(SplittableRandom random) {
    ForgedRecord other = copy();
    other.bytes[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(8));
    return other;
  }

  /// @param offset from the start, or from the end if negative
  ForgedRecord flippedAt(int offset) {
    ForgedRecord other = copy();
    other.bytes[offset < 0 ? bytes.length + offset : offset] ^= 1;
    return other;
  }

  /// A SALE that says the same in a longer body: protobuf lets a field come twice, and the last one counts.
  ForgedRecord reworded() {
    byte[] again = Sale.newBuilder().setAmountMinor(sale().getAmountMinor()).build().toByteArray();
    byte[] body = Arrays.copyOf(body(), body().length + again.length);
    System.arraycopy(again, 0, body, body.length - again.length, again.length);
    return withBody(body);
  }

  /// A SALE that somebody else pays.
  ForgedRecord otherCard() {
    byte[] card = sale().getCardToken().isEmpty() ? new byte[16] : sale().getCardToken().toByteArray();
    card[card.length - 1] ^= 1;
    return withBody(sale().toBuilder().setCardToken(ByteString.copyFrom(card)).build().toByteArray());
  }

  byte[] signedBy(Signer signer) {
    byte[] signed = bytes.clone();
    int message = bytes.length - RecordLayout.SIGNATURE_LENGTH;
    System.arraycopy(signer.sign(Domain.RECORD.over(signed, 0, message)), 0, signed, message,
        RecordLayout.SIGNATURE_LENGTH);
    return signed;
  }

  private ForgedRecord withBody(byte[] body) {
    byte[] other = new byte[RecordLayout.MIN_RECORD_LENGTH + body.length];
    System.arraycopy(bytes, 0, other, 0, RecordLayout.BODY_LENGTH_AT);
    ByteBuffer.wrap(other).position(RecordLayout.BODY_LENGTH_AT).putInt(body.length).put(body)
        .put(bytes, bytes.length - RecordLayout.SIGNATURE_LENGTH, RecordLayout.SIGNATURE_LENGTH);
    return new ForgedRecord(other);
  }

  private byte[] body() {
    return Arrays.copyOfRange(bytes, RecordLayout.HEADER_LENGTH,
        bytes.length - RecordLayout.SIGNATURE_LENGTH);
  }

  private Sale sale() {
    try {
      return Sale.parseFrom(body());
    } catch (InvalidProtocolBufferException e) {
      throw new IllegalStateException("an honest terminal's sale cannot be read", e);
    }
  }

  private ForgedRecord copy() {
    return new ForgedRecord(bytes.clone());
  }

  private ByteBuffer at(int offset) {
    return ByteBuffer.wrap(bytes).position(offset);
  }
}
