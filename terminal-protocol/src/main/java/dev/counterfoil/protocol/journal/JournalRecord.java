package dev.counterfoil.protocol.journal;

import dev.counterfoil.protocol.ReasonCode;
import dev.counterfoil.protocol.crypto.Domain;
import dev.counterfoil.protocol.crypto.Sha256;
import dev.counterfoil.protocol.crypto.SignatureAlgorithm;
import dev.counterfoil.protocol.id.EpochId;
import dev.counterfoil.protocol.id.Hash;
import dev.counterfoil.protocol.id.KeyId;
import dev.counterfoil.protocol.id.TerminalId;
import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// One record as the exact bytes that were signed, stored and sent. Reading a field looks into those bytes; nothing
/// is ever encoded again, because protobuf is not canonical and the signature and the chain cover the bytes.
///
/// Immutable; the array is neither copied in nor out on the hot path, so callers must not write to it.
public final class JournalRecord {

  /// Bytes of a record without a body: header and signature.
  public static final int SHORTEST = RecordLayout.MIN_RECORD_LENGTH;

  private final byte[] bytes;
  private @Nullable Hash hash;

  private JournalRecord(byte[] bytes) {
    this.bytes = bytes;
  }

  /// Checks what can be told from the bytes alone: lengths, magic, version, algorithm, amount sign. Signature and
  /// chain are {@link ChainVerifier}'s.
  ///
  /// @param bytes the whole record and nothing else; owned by the result from now on
  /// @throws RecordFormatException with the first reason, in the order of {@link ReasonCode}
  public static JournalRecord parse(byte[] bytes) {
    ReasonCode problem = problemOf(bytes);
    if (problem != null) {
      throw new RecordFormatException(problem, bytes.length + " bytes");
    }
    return new JournalRecord(bytes);
  }

  /// A record of bytes in which {@link #problemOf} found nothing wrong; not looked at again.
  static JournalRecord ofChecked(byte[] bytes) {
    return new JournalRecord(bytes);
  }

  /// What is wrong with the bytes, or null.
  static @Nullable ReasonCode problemOf(byte[] bytes) {
    if (bytes.length < 4) {
      return ReasonCode.TRUNCATED;
    }
    if (RecordLayout.intAt(bytes, 0) != RecordLayout.MAGIC) {
      return ReasonCode.BAD_MAGIC;
    }
    if (bytes.length < RecordLayout.MIN_RECORD_LENGTH) {
      return ReasonCode.TRUNCATED;
    }
    if (bytes[4] != RecordLayout.VERSION) {
      return ReasonCode.UNSUPPORTED_VERSION;
    }
    if (SignatureAlgorithm.ofCode(bytes[RecordLayout.ALGORITHM_AT]).isEmpty()) {
      return ReasonCode.UNSUPPORTED_ALGORITHM;
    }
    int bodyLength = RecordLayout.intAt(bytes, RecordLayout.BODY_LENGTH_AT);
    if (bodyLength < 0 || bodyLength > RecordLayout.MAX_BODY_LENGTH) {
      return ReasonCode.BODY_TOO_LARGE;
    }
    int expected = RecordLayout.MIN_RECORD_LENGTH + bodyLength;
    if (bytes.length != expected) {
      return bytes.length < expected ? ReasonCode.TRUNCATED : ReasonCode.TRAILING_BYTES;
    }
    return amountProblem(bytes);
  }

  private static @Nullable ReasonCode amountProblem(byte[] bytes) {
    long amount = RecordLayout.longAt(bytes, RecordLayout.AMOUNT_AT);
    boolean allowed = RecordKind.ofCode(bytes[RecordLayout.KIND_AT]).map(kind -> kind.allowsAmount(amount))
        .orElse(true);
    return allowed ? null : ReasonCode.BAD_AMOUNT;
  }

  /// Length of the record that starts at `offset`, or -1 if the header there is not complete or not sound. For
  /// readers of segment files, which hold records one after the other.
  public static int lengthAt(byte[] file, int offset) {
    if (file.length - offset < RecordLayout.MIN_RECORD_LENGTH
        || RecordLayout.intAt(file, offset) != RecordLayout.MAGIC) {
      return -1;
    }
    int bodyLength = RecordLayout.intAt(file, offset + RecordLayout.BODY_LENGTH_AT);
    return bodyLength < 0 || bodyLength > RecordLayout.MAX_BODY_LENGTH
        ? -1
        : RecordLayout.MIN_RECORD_LENGTH + bodyLength;
  }

  /// The record's bytes; not a copy.
  public byte[] bytes() {
    return bytes;
  }

  public int kindCode() {
    return bytes[RecordLayout.KIND_AT] & 0xff;
  }

  /// The kind, empty for one of a later version.
  public Optional<RecordKind> kind() {
    return RecordKind.ofCode(kindCode());
  }

  public boolean is(RecordKind kind) {
    return kindCode() == kind.code();
  }

  public SignatureAlgorithm algorithm() {
    return SignatureAlgorithm.ofCode(bytes[RecordLayout.ALGORITHM_AT]).orElseThrow();
  }

  public TimeQuality timeQuality() {
    return TimeQuality.ofCode(bytes[RecordLayout.TIME_QUALITY_AT]);
  }

  public KeyId keyId() {
    return new KeyId(RecordLayout.longAt(bytes, RecordLayout.KEY_ID_AT));
  }

  public TerminalId terminal() {
    return TerminalId.at(bytes, RecordLayout.TERMINAL_AT);
  }

  public EpochId epoch() {
    return new EpochId(RecordLayout.intAt(bytes, RecordLayout.EPOCH_NUMBER_AT),
        RecordLayout.longAt(bytes, RecordLayout.EPOCH_NONCE_AT));
  }

  public long seq() {
    return RecordLayout.longAt(bytes, RecordLayout.SEQ_AT);
  }

  public long hardwareCounter() {
    return RecordLayout.longAt(bytes, RecordLayout.HARDWARE_COUNTER_AT);
  }

  /// Unix milliseconds by the terminal's clock; see {@link #timeQuality}.
  public long wallMillis() {
    return RecordLayout.longAt(bytes, RecordLayout.WALL_MS_AT);
  }

  /// Milliseconds since the program's start.
  public long bootMillis() {
    return RecordLayout.longAt(bytes, RecordLayout.BOOT_MS_AT);
  }

  public long anchorId() {
    return RecordLayout.longAt(bytes, RecordLayout.ANCHOR_AT);
  }

  /// Signed sum of all amounts up to and with this record, minor units.
  public long turnover() {
    return RecordLayout.longAt(bytes, RecordLayout.TURNOVER_AT);
  }

  /// This record's signed contribution, minor units.
  public long amount() {
    return RecordLayout.longAt(bytes, RecordLayout.AMOUNT_AT);
  }

  public Hash previous() {
    return Hash.at(bytes, RecordLayout.PREVIOUS_AT);
  }

  /// A copy of the protobuf body.
  public byte[] body() {
    return Arrays.copyOfRange(bytes, RecordLayout.HEADER_LENGTH, signatureOffset());
  }

  public int bodyLength() {
    return RecordLayout.intAt(bytes, RecordLayout.BODY_LENGTH_AT);
  }

  /// A copy of the signature.
  public byte[] signature() {
    return Arrays.copyOfRange(bytes, signatureOffset(), bytes.length);
  }

  /// The bytes that the signature is over, domain included.
  public byte[] signedBytes() {
    return Domain.RECORD.over(bytes, 0, signatureOffset());
  }

  /// SHA-256(0x00 || record), what the next record's `prev` must be.
  public Hash hash() {
    Hash known = hash;
    if (known == null) {
      known = new Sha256().prefixed((byte) 0, bytes);
      hash = known;
    }
    return known;
  }

  /// For verifiers with a reusable engine.
  Hash hashWith(Sha256 engine) {
    Hash known = hash;
    if (known == null) {
      known = engine.prefixed((byte) 0, bytes);
      hash = known;
    }
    return known;
  }

  /// Where the chain stands after this record.
  public ChainPosition position() {
    return new ChainPosition(seq(), hash(), turnover());
  }

  private int signatureOffset() {
    return bytes.length - RecordLayout.SIGNATURE_LENGTH;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof JournalRecord that && Arrays.equals(that.bytes, bytes);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(bytes);
  }

  /// Kind, place and amount; never the body.
  @Override
  public String toString() {
    return kind().map(Enum::name).orElse("KIND_" + kindCode()) + "[seq=" + seq() + " amount=" + amount()
        + " epoch=" + epoch().number() + " terminal=" + terminal() + "]";
  }
}
