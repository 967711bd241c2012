package dev.counterfoil.protocol.journal;

import com.google.protobuf.InvalidProtocolBufferException;
import dev.counterfoil.protocol.ReasonCode;
import dev.counterfoil.protocol.crypto.Domain;
import dev.counterfoil.protocol.crypto.Sha256;
import dev.counterfoil.protocol.crypto.SignatureAlgorithm;
import dev.counterfoil.protocol.crypto.SignatureVerifier;
import dev.counterfoil.protocol.crypto.VerificationKey;
import dev.counterfoil.protocol.id.EpochId;
import dev.counterfoil.protocol.id.Hash;
import dev.counterfoil.protocol.id.TerminalId;
import dev.counterfoil.proto.v1.Gap;
import dev.counterfoil.proto.v1.Genesis;
import dev.counterfoil.proto.v1.KeyRotate;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Judges whether records continue a chain. One instance belongs to one thread (it reuses a digest engine).
///
/// Invariant: what is accepted is exactly what the holder of the registered key wrote, in the order written. Every
/// record links to the one before by hash, so the last record's signature covers all bytes of the run; checking that
/// one signature is enough to book on ({@link #verifyByHead}). Checking each one ({@link #verifyEach}) is done later
/// in the background, before anything counts as SAFE.
public final class ChainVerifier {

  /// Ten times what a terminal stores before it refuses sales.
  static final long MAX_GAP_RECORDS = 10_000_000;
  /// Beyond this an amount is no purchase but damage; the server books none above it.
  static final long MAX_LOST_AMOUNT_MINOR = 10_000_000_000_000L;

  private final SignatureVerifier signatures;
  private final Sha256 engine = new Sha256();

  public ChainVerifier(SignatureVerifier signatures) {
    this.signatures = signatures;
  }

  /// Links every record and checks the signature of the last one and of every KEY_ROTATE.
  ///
  /// @param from where the chain stands
  /// @param epochs the epochs given to this terminal
  /// @param records exact bytes, in order, at least one; owned by the result from now on
  public ChainVerdict verifyByHead(ChainState from, EpochBook epochs, List<byte[]> records) {
    return verify(from, epochs, records, false);
  }

  /// Links every record and checks every signature.
  public ChainVerdict verifyEach(ChainState from, EpochBook epochs, List<byte[]> records) {
    return verify(from, epochs, records, true);
  }

  /// Whether one record's own signature is good under `key`.
  public boolean signatureIsGood(JournalRecord record, VerificationKey key) {
    return record.algorithm() == key.algorithm() && record.keyId().equals(key.id())
        && signatures.verify(key, record.signedBytes(), record.signature());
  }

  private ChainVerdict verify(ChainState from, EpochBook epochs, List<byte[]> run, boolean every) {
    if (run.isEmpty()) {
      return new ChainVerdict.Refused(ReasonCode.EMPTY_BATCH, 0, 0);
    }
    var records = new ArrayList<JournalRecord>(run.size());
    ChainState state = from;
    for (int index = 0; index < run.size(); index++) {
      byte[] bytes = run.get(index);
      ReasonCode problem = JournalRecord.problemOf(bytes);
      if (problem != null) {
        return new ChainVerdict.Refused(problem, index, 0);
      }
      JournalRecord record = JournalRecord.ofChecked(bytes);
      problem = linkProblem(state, epochs, record);
      if (problem == null && mustCheckSignature(record, every || index == run.size() - 1)
          && !signatures.verify(state.key(), record.signedBytes(), record.signature())) {
        problem = ReasonCode.BAD_SIGNATURE;
      }
      if (problem != null) {
        return new ChainVerdict.Refused(problem, index, record.seq());
      }
      VerificationKey next = record.is(RecordKind.KEY_ROTATE) ? rotatedKey(record) : state.key();
      if (next == null) {
        return new ChainVerdict.Refused(ReasonCode.BAD_KEY, index, record.seq());
      }
      state = after(state, record, next);
      records.add(record);
    }
    return new ChainVerdict.Accepted(state, records);
  }

  private static boolean mustCheckSignature(JournalRecord record, boolean asked) {
    // The key changes behind a rotation, so no later signature by the old key would cover it.
    return asked || record.is(RecordKind.KEY_ROTATE);
  }

  private ChainState after(ChainState state, JournalRecord record, VerificationKey key) {
    var head = new ChainPosition(record.seq(), record.hashWith(engine), record.turnover());
    return new ChainState(state.terminal(), head, record.epoch(), key);
  }

  private @Nullable ReasonCode linkProblem(ChainState state, EpochBook epochs, JournalRecord record) {
    ChainPosition head = state.head();
    if (!record.terminal().equals(state.terminal())) {
      return ReasonCode.WRONG_TERMINAL;
    }
    ReasonCode place = record.is(RecordKind.GAP) ? gapProblem(head, record) : placeProblem(head, record);
    if (place != null) {
      return place;
    }
    ReasonCode beginning = genesisProblem(head, record);
    if (beginning != null) {
      return beginning;
    }
    EpochId epoch = record.epoch();
    if (!epoch.equals(state.epoch()) && (!epoch.isAfter(state.epoch()) || !epochs.knows(epoch))) {
      return ReasonCode.WRONG_EPOCH;
    }
    if (!record.keyId().equals(state.key().id())) {
      return ReasonCode.UNKNOWN_KEY;
    }
    return record.algorithm() == state.key().algorithm() ? null : ReasonCode.WRONG_ALGORITHM;
  }

  private static @Nullable ReasonCode placeProblem(ChainPosition head, JournalRecord record) {
    long expected = head.seq() + 1;
    if (record.seq() != expected) {
      return record.seq() > expected ? ReasonCode.SEQ_GAP : ReasonCode.SEQ_REGRESS;
    }
    if (!record.previous().equals(head.hash())) {
      return ReasonCode.WRONG_PREVIOUS;
    }
    return record.turnover() == head.turnover() + record.amount() ? null : ReasonCode.BAD_TURNOVER;
  }

  /// A GAP names the lost records from the first after the head to the one before itself, and carries on with the
  /// turnover that the mirror kept.
  private static @Nullable ReasonCode gapProblem(ChainPosition head, JournalRecord record) {
    Gap gap;
    try {
      gap = Gap.parseFrom(record.body());
    } catch (InvalidProtocolBufferException _) {
      return ReasonCode.BAD_BODY;
    }
    if (!record.previous().equals(head.hash())) {
      return ReasonCode.WRONG_PREVIOUS;
    }
    boolean fits = gap.getFromSeq() == head.seq() + 1 && gap.getToSeq() >= gap.getFromSeq()
        && record.seq() == gap.getToSeq() + 1 && record.turnover() == gap.getMirrorTurnover()
        && gap.getMirrorHash().size() == Hash.LENGTH && isPlausible(head, gap);
    return fits ? null : ReasonCode.BAD_GAP;
  }

  /// The mirror's word is all that is left of the lost records, so it must at least be possible: no more records than a
  /// journal ever holds, and no more money than so many records can move.
  private static boolean isPlausible(ChainPosition head, Gap gap) {
    long lost = gap.getToSeq() - head.seq();
    long before = head.turnover();
    long moved = gap.getMirrorTurnover() - before;
    boolean overflows = ((gap.getMirrorTurnover() ^ before) & (gap.getMirrorTurnover() ^ moved)) < 0;
    return lost <= MAX_GAP_RECORDS && !overflows && moved != Long.MIN_VALUE
        && Math.abs(moved) / MAX_LOST_AMOUNT_MINOR < lost;
  }

  /// A chain begins with GENESIS; a later one, of another enrolment, names the record before it. What else it names only
  /// the registry can judge.
  private static @Nullable ReasonCode genesisProblem(ChainPosition head, JournalRecord record) {
    if (!record.is(RecordKind.GENESIS)) {
      return head.seq() == 0 ? ReasonCode.GENESIS_MISSING : null;
    }
    try {
      boolean fits = Genesis.parseFrom(record.body()).getServerMarkSeq() == head.seq();
      return fits ? null : ReasonCode.BAD_GENESIS;
    } catch (InvalidProtocolBufferException _) {
      return ReasonCode.BAD_BODY;
    }
  }

  private @Nullable VerificationKey rotatedKey(JournalRecord record) {
    try {
      KeyRotate rotate = KeyRotate.parseFrom(record.body());
      SignatureAlgorithm algorithm = SignatureAlgorithm.ofCode(rotate.getNewAlg()).orElse(null);
      if (algorithm == null || rotate.getNewPublicKey().size() != algorithm.keyLength()) {
        return null;
      }
      VerificationKey key = VerificationKey.of(algorithm, rotate.getNewPublicKey().toByteArray());
      byte[] proven = rotationMessage(record.terminal(), key);
      boolean proof = signatures.isSound(key)
          && signatures.verify(key, Domain.ROTATE.over(proven), rotate.getProof().toByteArray());
      return proof ? key : null;
    } catch (InvalidProtocolBufferException _) {
      return null;
    }
  }

  /// What the new key signs to prove that the rotating terminal holds it: terminal id, algorithm byte, key.
  public static byte[] rotationMessage(TerminalId terminal, VerificationKey key) {
    byte[] encoded = key.encoded();
    byte[] message = new byte[TerminalId.LENGTH + 1 + encoded.length];
    System.arraycopy(terminal.bytes(), 0, message, 0, TerminalId.LENGTH);
    message[TerminalId.LENGTH] = (byte) key.algorithm().code();
    System.arraycopy(encoded, 0, message, TerminalId.LENGTH + 1, encoded.length);
    return message;
  }
}
