package dev.counterfoil.settlement.admin;

import dev.counterfoil.protocol.ReasonCode;
import dev.counterfoil.protocol.id.EpochId;
import dev.counterfoil.protocol.id.Hash;
import dev.counterfoil.protocol.id.TerminalId;
import dev.counterfoil.protocol.journal.ChainState;
import dev.counterfoil.protocol.journal.ChainVerdict;
import dev.counterfoil.protocol.journal.ChainVerifier;
import dev.counterfoil.protocol.journal.JournalRecord;
import dev.counterfoil.settlement.core.SettlementCore;
import dev.counterfoil.settlement.engine.CoreAccess;
import dev.counterfoil.settlement.ingest.IngestResult;
import dev.counterfoil.settlement.ingest.Intake;
import dev.counterfoil.settlement.store.AdminRow;
import dev.counterfoil.settlement.store.RecordKeyRow;
import dev.counterfoil.settlement.store.SettlementReads;
import dev.counterfoil.settlement.store.TerminalMemory;
import dev.counterfoil.settlement.store.TerminalRow;
import dev.counterfoil.settlement.terminals.EpochOffers;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// One terminal's stream of the copy on its way into the books. Records up to the server's mark are compared, those
/// behind it verified one by one and then taken in. The first one behind the mark that is not good ends the stream,
/// because none after it can link.
final class ReplayFeed {

  private static final int BATCH_RECORDS = 500;
  private static final int PROBLEMS_TOLD = 5;

  private final CoreAccess core;
  private final SettlementReads reads;
  private final CoreAdminDesk.Tools tools;
  private final TerminalRow row;
  private final boolean dryRun;
  private final AdminRow deed;
  private final ChainVerifier verifier;
  private final List<JournalRecord> waiting = new ArrayList<>();
  private final List<String> problems = new ArrayList<>();
  private final Set<EpochId> proven = new HashSet<>();
  private TerminalMemory known;
  private @Nullable ChainState state;
  private boolean ended;
  private long read;
  private long present;
  private long taken;

  ReplayFeed(CoreAccess core, SettlementReads reads, CoreAdminDesk.Tools tools, TerminalRow row,
      boolean dryRun, AdminRow deed) {
    this.core = core;
    this.reads = reads;
    this.tools = tools;
    this.row = row;
    this.dryRun = dryRun;
    this.deed = deed;
    this.verifier = new ChainVerifier(tools.signatures());
    this.known = memory();
    this.state = known.chainState().orElse(null);
    Intake.barred(known).ifPresent(reason -> end(reason.name()));
  }

  private TerminalMemory memory() {
    return core.call(server -> server.verificationBase(row.terminalId()).orElseThrow());
  }

  private long mark() {
    return known.head().received().seq();
  }

  /// The next record, in the order of the copy.
  void add(JournalRecord record) {
    read++;
    if (record.seq() <= mark()) {
      compare(record);
    } else if (!ended) {
      waiting.add(record);
      if (waiting.size() == BATCH_RECORDS) {
        feed();
      }
    }
  }

  /// Something else than a record stands in a file.
  void damaged(Path file, int at) {
    problem("COPY_DIFFERS " + file.getFileName() + " at byte " + at);
  }

  AdminDesk.Replayed end() {
    feed();
    if (taken > 0 && !dryRun) {
      core.movedOn(row.terminalId());
    }
    return new AdminDesk.Replayed(row.terminal(), row.name(), read, present, taken, read - present - taken,
        problems);
  }

  private void compare(JournalRecord record) {
    Optional<Hash> here = reads.recordKey(row.site(), row.terminal(), record.seq()).map(RecordKeyRow::hash);
    if (here.filter(record.hash()::equals).isPresent()) {
      present++;
    } else {
      problem(judged(record).orElseGet(() -> wouldBe(record)).name() + " at record " + record.seq());
    }
  }

  /// What the intake would say to another record under a number that is taken.
  private ReasonCode wouldBe(JournalRecord record) {
    boolean signed = known.keyFor(record.seq()).filter(key -> verifier.signatureIsGood(record, key))
        .isPresent();
    return signed ? ReasonCode.FORK : ReasonCode.BAD_SIGNATURE;
  }

  private void feed() {
    List<JournalRecord> batch = stillMissing();
    ChainState from = state;
    if (batch.isEmpty() || ended || from == null) {
      // Without a key to go by the stream has ended: the first look at the terminal said so.
      return;
    }
    proveEpochs(batch);
    switch (verifier.verifyEach(from, epoch -> known.knows(epoch) || proven.contains(epoch),
        batch.stream().map(JournalRecord::bytes).toList())) {
      case ChainVerdict.Accepted(var after, var _) -> {
        take(batch);
        state = after;
      }
      case ChainVerdict.Refused(var reason, var index, var _) -> {
        if (index > 0) {
          take(batch.subList(0, index));
        }
        refuse(batch.get(index), reason);
      }
    }
  }

  /// The terminal itself may have sent some of them meanwhile.
  private List<JournalRecord> stillMissing() {
    List<JournalRecord> batch = List.copyOf(waiting);
    waiting.clear();
    if (dryRun || ended) {
      return batch;
    }
    known = memory();
    state = known.chainState().orElse(null);
    batch.stream().filter(record -> record.seq() <= mark()).forEach(this::compare);
    return batch.stream().filter(record -> record.seq() > mark()).toList();
  }

  private void proveEpochs(List<JournalRecord> batch) {
    TerminalId id = row.terminalId();
    for (JournalRecord record : batch) {
      EpochOffers.carriedBy(record).ifPresent(offer -> core
          .call(server -> server.epochOffers().recognise(id, offer)).ifPresent(proven::add));
    }
  }

  private void take(List<JournalRecord> good) {
    if (dryRun) {
      taken += good.size();
      return;
    }
    long before = mark();
    IngestResult result = change(server -> server.takeBack(row.terminalId(), before, good,
        tools.clock().millis()));
    known = memory();
    switch (result) {
      case IngestResult.Acknowledged _ -> taken += good.size();
      case IngestResult.Refused(var reason, _, var at) -> end(reason + " at record " + at);
    }
  }

  /// Leaves the trace in the exception queue that the same record would leave if a terminal sent it.
  private void refuse(JournalRecord bad, ReasonCode found) {
    if (!ended) {
      judged(bad);
      end(found.name() + " at record " + bad.seq());
    }
  }

  private Optional<ReasonCode> judged(JournalRecord record) {
    if (dryRun) {
      return Optional.empty();
    }
    IngestResult result = change(server -> server.judgeCopied(row.terminalId(), record.seq() - 1,
        List.of(record), tools.clock().millis()));
    return switch (result) {
      case IngestResult.Refused(var reason, _, _) -> Optional.of(reason);
      case IngestResult.Acknowledged _ -> Optional.empty();
    };
  }

  private <T> T change(Function<SettlementCore, T> work) {
    return core.call(server -> server.byOperator(deed, work));
  }

  private void end(String problem) {
    ended = true;
    problem(problem);
  }

  private void problem(String problem) {
    if (problems.size() < PROBLEMS_TOLD) {
      problems.add(problem);
    }
  }
}
