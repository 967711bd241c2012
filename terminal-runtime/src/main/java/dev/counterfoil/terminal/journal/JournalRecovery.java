package dev.counterfoil.terminal.journal;

import com.google.protobuf.ByteString;
import dev.counterfoil.proto.v1.Gap;
import dev.counterfoil.proto.v1.Resume;
import dev.counterfoil.protocol.ReasonCode;
import dev.counterfoil.protocol.id.BootId;
import dev.counterfoil.protocol.id.EpochId;
import dev.counterfoil.protocol.journal.ChainPosition;
import dev.counterfoil.protocol.journal.ChainVerdict;
import dev.counterfoil.protocol.journal.JournalRecord;
import dev.counterfoil.protocol.journal.RecordCircumstances;
import dev.counterfoil.protocol.journal.RecordDraft;
import dev.counterfoil.protocol.journal.RecordKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Brings a journal back to the end of its own chain: at every start, and when the server says that it stands
/// before records it once sent. Executes what [Recovery] decides (journal page, section 5).
///
/// The order after a start that lost something: [#start] bars sales and says what is missing; the caller asks
/// the server, gives each answer to [#reinsert], and calls [#adopt] with the epoch the server offers, which
/// declares a GAP for what nobody has any more and lets sales go on. After an ordinary start nothing is
/// barred and [#adopt] just makes the epoch durable. Runs on the journal writer thread.
public final class JournalRecovery {

  private final JournalStore store;
  private final JournalWriter writer;

  private Optional<ChainPosition> lostUpTo = Optional.empty();

  /// How a run begins.
  ///
  /// @param action what journal and mirror called for
  /// @param clean whether the run before ended in order
  /// @param refusal why no sale can be written yet, empty in the ordinary case
  public record Started(RecoveryAction action, boolean clean, Optional<Refusal> refusal) {}

  public JournalRecovery(JournalStore store, JournalWriter writer) {
    this.store = store;
    this.writer = writer;
  }

  /// Begins a run: verifies the tail, compares with the mirror, counts the start. Writes no record yet except
  /// those that come back from the mirror; RESUME follows with the first other record.
  public Started start(BootId bootId, String software) {
    boolean clean = store.state().boots().stopped();
    List<MirrorEntry> mirror = writer.loadMirror();
    RecoveryAction action = new RecoveryAction.Agree();
    try {
      writer.verifyTail();
      action = Recovery.decide(store.state().head(),
          seq -> store.record(seq).map(JournalRecord::position), mirror);
      writer.keep(List.of(new StateChange.Started(store.state().boots().count() + 1, bootId)));
      execute(action);
      if (writer.fault().isEmpty() && writer.state().barred().isEmpty() && writer.endsOnEarlierKey()) {
        bar(Refusal.ROLLED_BACK);
      }
    } catch (StoreException e) {
      writer.fail(e);
    }
    if (store.state().recordCount() > 0 || lostUpTo.isPresent() || store.state().barred().isPresent()) {
      long mirrorSeq = mirror.isEmpty() ? 0 : mirror.getLast().position().seq();
      writer.expectResume(Resume.newBuilder().setBootId(ByteString.copyFrom(bootId.bytes())).setClean(clean)
          .setSoftware(software).setMirrorSeq(mirrorSeq).setCause(cause(action)).build());
    }
    return new Started(action, clean, writer.refusal());
  }

  /// The server says that this terminal stands before records it once sent: no sale until they are back.
  public WriteResult rolledBack() {
    return bar(Refusal.ROLLED_BACK);
  }

  /// Records lost that the mirror knows of: the number of the first one, if any are still missing.
  public Optional<Long> missingFrom() {
    long head = writer.state().head().seq();
    return lostUpTo.filter(lost -> lost.seq() > head).map(_ -> head + 1);
  }

  /// Puts records back that once were this terminal's, after verifying that they continue its chain.
  ///
  /// @param records ascending; those up to the present head are passed over
  /// @return [WriteResult.Committed] once they are durable; [WriteResult.Rejected] if they do not continue
  ///     the chain, then nothing was written
  public WriteResult reinsert(List<JournalRecord> records) {
    ChainPosition head = writer.state().head();
    List<JournalRecord> missing = records.stream().filter(record -> record.seq() > head.seq()).toList();
    if (missing.isEmpty()) {
      return new WriteResult.Committed(List.of(), writer.state());
    }
    return switch (writer.judge(head, missing)) {
      case ChainVerdict.Refused(var reason, var _, var seq) ->
        new WriteResult.Rejected(reason, "re-inserted record " + seq);
      case ChainVerdict.Accepted(var state, var accepted) -> put(head, state.head(), accepted);
    };
  }

  /// Makes an offered epoch durable, so that it may be confirmed, and ends a recovery that waited for it.
  /// Records that neither mirror nor server could give back are declared as a GAP in the same unit.
  ///
  /// Only to be called when the server has no further record of this terminal.
  ///
  /// @return [WriteResult.Rejected] with WRONG_EPOCH if records of a later epoch are here already: the server has
  ///     forgotten it, and learns of it from the offer in the next Hello. Nothing was changed.
  public WriteResult adopt(EpochHeld epoch, RecordCircumstances now) {
    Optional<EpochId> written = writer.headEpoch();
    if (written.filter(last -> !last.equals(epoch.id()) && !epoch.id().isAfter(last)).isPresent()) {
      return new WriteResult.Rejected(ReasonCode.WRONG_EPOCH,
          "offer of " + epoch.id() + " behind records of " + written.get());
    }
    Optional<Refusal> barred = writer.state().barred();
    if (barred.isEmpty()) {
      return writer.keep(List.of(new StateChange.EpochAdopted(epoch)));
    }
    return contradicted()
        ? writer.broken("server and mirror differ at record " + lostUpTo.orElseThrow().seq())
        : writer.release(epoch, missingFrom().map(from -> gap(from, lostUpTo.orElseThrow())), now);
  }

  private void execute(RecoveryAction action) {
    switch (action) {
      case RecoveryAction.Agree() -> {
      }
      case RecoveryAction.RebuildMirror() -> writer.rebuildMirror();
      case RecoveryAction.Reinsert(var records) -> {
        bar(Refusal.MIRROR_AHEAD);
        if (reinsert(records) instanceof WriteResult.Rejected(var reason, var _)) {
          writer.broken("mirror's records: " + reason);
        }
      }
      case RecoveryAction.AskServer(var _, var mirrorHead) -> {
        lostUpTo = Optional.of(mirrorHead);
        bar(Refusal.MIRROR_AHEAD);
      }
      case RecoveryAction.Contradiction(var seq) ->
        writer.broken("journal and mirror differ at record " + seq);
    }
  }

  private static String cause(RecoveryAction action) {
    return switch (action) {
      case RecoveryAction.Agree(),RecoveryAction.RebuildMirror() -> "";
      case RecoveryAction.Reinsert(var records) -> "REINSERTED " + records.size();
      case RecoveryAction.AskServer(var from, var head) -> "LOST " + from + ".." + head.seq();
      case RecoveryAction.Contradiction(var seq) -> "CONTRADICTION " + seq;
    };
  }

  private WriteResult bar(Refusal reason) {
    return writer.keep(List.of(new StateChange.Barred(Optional.of(reason))));
  }

  private WriteResult put(ChainPosition head, ChainPosition after, List<JournalRecord> records) {
    var changes = new ArrayList<StateChange>();
    records.forEach(record -> changes.addAll(ReplayedState.of(record)));
    return writer.commitRecovered(new CommitUnit(head, after, records, changes));
  }

  private boolean contradicted() {
    return lostUpTo.filter(lost -> lost.seq() <= writer.state().head().seq())
        .map(lost -> store.record(lost.seq()).map(record -> !record.position().equals(lost)).orElse(false))
        .orElse(false);
  }

  private static JournalWriter.Lost gap(long from, ChainPosition mirrorHead) {
    var body = Gap.newBuilder().setFromSeq(from).setToSeq(mirrorHead.seq())
        .setMirrorHash(ByteString.copyFrom(mirrorHead.hash().bytes()))
        .setMirrorTurnover(mirrorHead.turnover()).build();
    return new JournalWriter.Lost(mirrorHead, RecordDraft.of(RecordKind.GAP, body));
  }
}
