package dev.counterfoil.terminal.journal;

import com.google.protobuf.ByteString;
import dev.counterfoil.proto.v1.CheckpointSeen;
import dev.counterfoil.protocol.crypto.Sha256;
import dev.counterfoil.protocol.journal.JournalRecord;
import dev.counterfoil.protocol.journal.RecordCircumstances;
import dev.counterfoil.protocol.journal.RecordKind;
import java.util.List;
import java.util.Optional;

/// When the newest stored acknowledgement is bound into the chain (journal page, section 4).
///
/// It is bound just before a business record, never for its own sake: an acknowledgement of a CHECKPOINT_SEEN
/// can so not cause the next one, and an idle link goes quiet. It is bound at most once in so many records or
/// minutes, and never when all it newly covers is bookkeeping.
final class CheckpointRule {

  private static final int READ_AT_ONCE = 64;
  private static final int READ_BYTES = 64 * 1024;

  private final JournalStore store;
  private final JournalSettings settings;

  CheckpointRule(JournalStore store, JournalSettings settings) {
    this.store = store;
    this.settings = settings;
  }

  /// The CHECKPOINT_SEEN to write before the next business record, if one is due.
  Optional<CheckpointSeen> due(JournalState state, RecordCircumstances now) {
    StoredAck ack = state.ack();
    var mark = state.checkpoint();
    if (!ack.isPresent() || ack.receivedSeq() <= mark.receivedSeq() || !mayBind(state, now)
        || !coversBusiness(state, mark.receivedSeq() + 1, ack.receivedSeq())) {
      return Optional.empty();
    }
    byte[] hash = Sha256.digest(ack.signed().getPayload().toByteArray());
    return Optional.of(CheckpointSeen.newBuilder().setAckHash(ByteString.copyFrom(hash))
        .setAckNumber(ack.statement().getAckNumber())
        .setServerGeneration(ack.statement().getServerGeneration()).build());
  }

  /// The mark that goes with the record.
  static CheckpointMark mark(long seq, JournalState state, RecordCircumstances now) {
    var ack = state.ack();
    return new CheckpointMark(seq, ack.statement().getAckNumber(), ack.receivedSeq(), now.wallMillis());
  }

  private boolean mayBind(JournalState state, RecordCircumstances now) {
    var last = state.checkpoint();
    return last.seq() == 0 || state.head().seq() - last.seq() >= settings.checkpointEvery()
    // Either way: a clock that was put right may show less than it did at the last one.
        || Math.abs(now.wallMillis() - last.wallMillis()) >= settings.checkpointMillis();
  }

  private boolean coversBusiness(JournalState state, long from, long to) {
    long mark = state.checkpoint().seq();
    // A business record always follows a CHECKPOINT_SEEN at once, so one beyond it is covered without
    // looking.
    if (mark > 0 && to > mark) {
      return true;
    }
    for (long next = from; next <= to;) {
      List<JournalRecord> records = store.records(next, READ_AT_ONCE, READ_BYTES);
      if (records.isEmpty()) {
        return false;
      }
      if (records.stream().anyMatch(record -> record.seq() <= to && isBusiness(record))) {
        return true;
      }
      next = records.getLast().seq() + 1;
    }
    return false;
  }

  /// Records of kinds that this version does not know count as business.
  static boolean isBusiness(JournalRecord record) {
    return record.kind().map(kind -> !kind.isBookkeeping()).orElse(true);
  }

  static boolean isBusiness(RecordKind kind) {
    return !kind.isBookkeeping();
  }
}
