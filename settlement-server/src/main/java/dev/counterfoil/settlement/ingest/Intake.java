package dev.counterfoil.settlement.ingest;

import dev.counterfoil.proto.v1.AckStatement;
import dev.counterfoil.proto.v1.Signed;
import dev.counterfoil.protocol.ReasonCode;
import dev.counterfoil.protocol.id.TerminalId;
import dev.counterfoil.protocol.journal.ChainPosition;
import dev.counterfoil.settlement.ledger.Books;
import dev.counterfoil.settlement.ledger.CoreSettings;
import dev.counterfoil.settlement.store.ServerGeneration;
import dev.counterfoil.settlement.store.CommitUnit;
import dev.counterfoil.settlement.store.HeadRow;
import dev.counterfoil.settlement.store.IntentRow;
import dev.counterfoil.settlement.store.StoreMemory;
import dev.counterfoil.settlement.store.SyncRow;
import dev.counterfoil.settlement.store.TerminalMemory;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Takes batches of many terminals into one commit unit and answers each of them (ledger page, section 4). An answer is
/// given only after the commit, and every batch gets one. Belongs to the core's thread.
public final class Intake {

  private static final int ASKED_AT_ONCE = 100;

  private final StoreMemory memory;
  private final CoreSettings settings;
  private final BatchJudge judge;
  private final AckDesk acks;
  private final ServerGeneration generation;
  private final SyncLog syncs;

  public Intake(StoreMemory memory, CoreSettings settings, BatchVerifier verifier, AckDesk acks,
      ServerGeneration generation, SyncLog syncs) {
    this.memory = memory;
    this.settings = settings;
    this.judge = new BatchJudge(verifier);
    this.acks = acks;
    this.generation = generation;
    this.syncs = syncs;
  }

  /// Settles batches. Those of one terminal must stand in the order in which they were sent.
  ///
  /// @return one result a request, in their order
  /// @throws dev.counterfoil.settlement.store.StoreException if the storage failed; nothing was written or answered
  public List<IngestResult> take(List<IngestRequest> requests, long nowMs) {
    // A lost race is tried again at once: memory was read anew by then.
    return attempt(requests, nowMs).or(() -> attempt(requests, nowMs))
        .orElseGet(() -> apart(requests, nowMs));
  }

  /// @return empty if the unit was not committed
  private Optional<List<IngestResult>> attempt(List<IngestRequest> requests, long nowMs) {
    var unit = new IngestUnit(memory, nowMs, settings);
    var refusals = new ArrayList<Optional<BatchJudge.Judged.Refused>>(requests.size());
    for (IngestRequest request : requests) {
      refusals.add(Optional.ofNullable(admit(unit, request)));
    }
    CommitUnit rows = unit.close();
    return rows.isEmpty() || memory.commit(rows).isCommitted()
        ? Optional.of(answers(requests, refusals, nowMs))
        : Optional.empty();
  }

  private BatchJudge.Judged.@Nullable Refused admit(IngestUnit unit, IngestRequest request) {
    Optional<TerminalMemory> terminal = unit.terminal(request.terminal());
    if (terminal.isEmpty()) {
      return new BatchJudge.Judged.Refused(ReasonCode.NOT_ENROLLED, 0);
    }
    TerminalMemory known = terminal.get();
    return switch (judge.judge(known, request, seq -> unit.accepted(known, seq))) {
      case BatchJudge.Judged.Continues(var batch) -> {
        unit.admit(known, batch, request.receivedMs());
        yield null;
      }
      case BatchJudge.Judged.Known() -> null;
      case BatchJudge.Judged.Forks(var seq, var branch) -> {
        unit.fork(known, seq, branch);
        yield new BatchJudge.Judged.Refused(ReasonCode.FORK, seq);
      }
      case BatchJudge.Judged.Refused refused -> {
        if (isWorthATrace(refused.reason())) {
          unit.reject(known, refused);
        }
        yield refused;
      }
    };
  }

  /// Being at the wrong place or not welcome is ordinary life; being wrong is not.
  private static boolean isWorthATrace(ReasonCode reason) {
    return switch (reason) {
      case SEQ_GAP, SEQ_REGRESS, TERMINAL_FROZEN, NOT_ENROLLED -> false;
      default -> true;
    };
  }

  /// Twice in vain: each batch by itself, so that only the one at fault waits and not those that came with it.
  private List<IngestResult> apart(List<IngestRequest> requests, long nowMs) {
    var results = new ArrayList<IngestResult>(requests.size());
    for (IngestRequest request : requests) {
      results.add(attempt(List.of(request), nowMs).map(List::getFirst).orElseGet(
          () -> new IngestResult.Refused(ReasonCode.SERVER_BUSY, position(request.terminal()), 0)));
    }
    return results;
  }

  private List<IngestResult> answers(List<IngestRequest> requests,
      List<Optional<BatchJudge.Judged.Refused>> refusals, long nowMs) {
    var acknowledged = new HashMap<TerminalId, IngestResult>();
    var results = new ArrayList<IngestResult>(requests.size());
    for (int i = 0; i < requests.size(); i++) {
      IngestRequest request = requests.get(i);
      TerminalId terminal = request.terminal();
      IngestResult refused = refusals.get(i)
          .map(refusal -> new IngestResult.Refused(refusal.reason(), position(terminal), refusal.badSeq()))
          .orElse(null);
      refusals.get(i).ifPresent(refusal -> log(request, refusal, nowMs));
      results.add(
          refused != null ? refused : acknowledged.computeIfAbsent(terminal, id -> acknowledge(id, nowMs)));
    }
    return results;
  }

  private void log(IngestRequest request, BatchJudge.Judged.Refused refusal, long nowMs) {
    memory.terminal(request.terminal()).map(TerminalMemory::row).ifPresent(row -> syncs.failed(
        new SyncRow(row.site(), 0, row.terminal(), refusal.reason().name(),
            request.receivedMs() == 0 ? nowMs : request.receivedMs(), nowMs, request.oldSeq() + 1,
            refusal.badSeq(), request.records().size(), request.bytes(), 1)));
  }

  /// Asks an operator about INTENTs whose OUTCOME did not come while a cabinet's hold lasts. Call about once a second;
  /// what does not fit is asked at the next call.
  public void askOverdueIntents(int site, long nowMs) {
    List<IntentRow> overdue = memory.reads().unaskedIntents(site, nowMs - settings.holdAtCabinet().toMillis(),
        ASKED_AT_ONCE);
    if (!overdue.isEmpty()) {
      var unit = new CommitUnit();
      var books = new Books(memory.site(site), memory.reads(), unit, nowMs);
      IntentBook.askOverdue(books, overdue);
      books.close();
      memory.commit(unit);
    }
  }

  /// Why nothing of a terminal may be taken in, whatever it is; empty if something may.
  public static Optional<ReasonCode> barred(TerminalMemory terminal) {
    return BatchJudge.barred(terminal);
  }

  /// The newest acknowledgement of a terminal.
  public IngestResult acknowledge(TerminalId id, long nowMs) {
    TerminalMemory terminal = memory.terminal(id).orElseThrow();
    AckStatement statement = acks.statement(terminal, generation.current(), nowMs);
    Signed signed = acks.seal(statement);
    return new IngestResult.Acknowledged(signed, statement);
  }

  private ChainPosition position(TerminalId id) {
    return memory.terminal(id).map(TerminalMemory::linkPosition).orElse(HeadRow.NOWHERE);
  }
}
