package dev.counterfoil.sim.world.mutant;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import dev.counterfoil.proto.v1.KeyRotate;
import dev.counterfoil.proto.v1.Sale;
import dev.counterfoil.protocol.ReasonCode;
import dev.counterfoil.protocol.crypto.Domain;
import dev.counterfoil.protocol.crypto.Sha256;
import dev.counterfoil.protocol.crypto.SignatureVerifier;
import dev.counterfoil.protocol.crypto.VerificationKey;
import dev.counterfoil.protocol.id.Hash;
import dev.counterfoil.protocol.journal.ChainPosition;
import dev.counterfoil.protocol.journal.JournalRecord;
import dev.counterfoil.protocol.journal.RecordKind;
import dev.counterfoil.protocol.journal.RecordLayout;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// What seeded bugs of chain and signature do in the place of the sound thing.
public final class BadChains {

  private BadChains() {}

  /// m26: what a record means, written anew, instead of the bytes that came.
  public static byte[] meantBytes(JournalRecord record) {
    if (!record.is(RecordKind.SALE)) {
      return record.signedBytes();
    }
    byte[] body = sale(record.body()).toByteArray();
    byte[] anew = new byte[RecordLayout.HEADER_LENGTH + body.length];
    System.arraycopy(record.bytes(), 0, anew, 0, RecordLayout.BODY_LENGTH_AT);
    ByteBuffer.wrap(anew).position(RecordLayout.BODY_LENGTH_AT).putInt(body.length).put(body);
    return Domain.RECORD.over(anew);
  }

  /// m28: a chain hash that does not cover the amount.
  public static Hash hashWithoutAmount(Sha256 engine, byte prefix, byte[] record) {
    return engine.prefixed(prefix, zeroed(record, RecordLayout.AMOUNT_AT, 8));
  }

  /// m28: a chain hash that does not cover the epoch.
  public static Hash hashWithoutEpoch(Sha256 engine, byte prefix, byte[] record) {
    return engine.prefixed(prefix, zeroed(record, RecordLayout.EPOCH_NUMBER_AT, 12));
  }

  /// m28: a chain hash that does not cover who pays.
  public static Hash hashWithoutCard(Sha256 engine, byte prefix, byte[] record) {
    if (record[RecordLayout.KIND_AT] != RecordKind.SALE.code()) {
      return engine.prefixed(prefix, record);
    }
    int signature = record.length - RecordLayout.SIGNATURE_LENGTH;
    byte[] body = sale(Arrays.copyOfRange(record, RecordLayout.HEADER_LENGTH, signature)).toBuilder()
        .setCardToken(ByteString.EMPTY).build().toByteArray();
    ByteBuffer rest = ByteBuffer.allocate(record.length);
    rest.put(record, 0, RecordLayout.HEADER_LENGTH).put(body).put(record, signature,
        RecordLayout.SIGNATURE_LENGTH);
    return engine.prefixed(prefix, rest.array());
  }

  /// m30: a record may stand anywhere up to the next place.
  public static @Nullable ReasonCode placeAnywhere(ChainPosition head, JournalRecord record) {
    if (record.seq() > head.seq() + 1) {
      return ReasonCode.SEQ_GAP;
    }
    if (!record.previous().equals(head.hash())) {
      return ReasonCode.WRONG_PREVIOUS;
    }
    return record.turnover() == head.turnover() + record.amount() ? null : ReasonCode.BAD_TURNOVER;
  }

  /// m33: a KEY_ROTATE is checked with the key that it brings.
  public static boolean verifyByItsOwnKey(SignatureVerifier signatures, VerificationKey key, byte[] message,
      byte[] signature) {
    int record = Domain.RECORD.length();
    boolean rotates = message[record + RecordLayout.KIND_AT] == RecordKind.KEY_ROTATE.code();
    return signatures.verify(rotates
        ? brought(key, Arrays.copyOfRange(message, record + RecordLayout.HEADER_LENGTH, message.length))
        : key, message, signature);
  }

  private static VerificationKey brought(VerificationKey key, byte[] body) {
    try {
      return VerificationKey.of(key.algorithm(), KeyRotate.parseFrom(body).getNewPublicKey().toByteArray());
    } catch (InvalidProtocolBufferException e) {
      throw new IllegalStateException("not a KEY_ROTATE", e);
    }
  }

  private static byte[] zeroed(byte[] record, int from, int length) {
    byte[] rest = record.clone();
    Arrays.fill(rest, from, from + length, (byte) 0);
    return rest;
  }

  private static Sale sale(byte[] body) {
    try {
      return Sale.parseFrom(body);
    } catch (InvalidProtocolBufferException e) {
      throw new IllegalStateException("not a SALE", e);
    }
  }
}
