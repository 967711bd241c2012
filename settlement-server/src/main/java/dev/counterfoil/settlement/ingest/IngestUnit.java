package dev.counterfoil.settlement.ingest;

import dev.counterfoil.protocol.id.Hash;
import dev.counterfoil.protocol.id.TerminalId;
import dev.counterfoil.protocol.id.TransactionId;
import dev.counterfoil.protocol.journal.ChainPosition;
import dev.counterfoil.protocol.journal.JournalRecord;
import dev.counterfoil.settlement.ledger.Books;
import dev.counterfoil.settlement.ledger.CoreSettings;
import dev.counterfoil.settlement.mealorder.OrderBook;
import dev.counterfoil.settlement.store.AuthorizationRow;
import dev.counterfoil.settlement.store.CommitUnit;
import dev.counterfoil.settlement.store.ExceptionKind;
import dev.counterfoil.settlement.store.ForkRow;
import dev.counterfoil.settlement.store.HeadRow;
import dev.counterfoil.settlement.store.HeadUpdate;
import dev.counterfoil.settlement.store.RecordBatchRow;
import dev.counterfoil.settlement.store.RecordKeyRow;
import dev.counterfoil.settlement.store.SettlementReads;
import dev.counterfoil.settlement.store.StoreMemory;
import dev.counterfoil.settlement.store.SyncRow;
import dev.counterfoil.settlement.store.TerminalKeyRow;
import dev.counterfoil.settlement.store.TerminalMemory;
import dev.counterfoil.settlement.store.TerminalRow;
import dev.counterfoil.settlement.store.TerminalStatus;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Many batches of many terminals on their way into one commit unit. Batches are admitted one by one, each seeing the
/// chain as the one before left it; {@link #close} then posts everything and fills the unit.
final class IngestUnit {

  private final StoreMemory memory;
  private final SettlementReads reads;
  private final long nowMs;
  private final CoreSettings settings;
  private final long day;
  private final CommitUnit unit = new CommitUnit();
  private final Map<TerminalId, Chain> chains = new LinkedHashMap<>();
  private final Map<Integer, Books> books = new LinkedHashMap<>();
  private final Map<Integer, IntentBook> intents = new LinkedHashMap<>();
  private final List<Admitted> admitted = new ArrayList<>();

  /// One terminal's chain within this unit.
  private static final class Chain {
    private final HeadRow before;
    private final Map<Long, Hash> added = new HashMap<>();
    private TerminalMemory now;
    private boolean moved;
    private long startedMs = Long.MAX_VALUE;
    private long records;
    private long bytes;

    Chain(TerminalMemory start) {
      this.before = start.head();
      this.now = start;
    }
  }

  private record Admitted(TerminalRow terminal, VerifiedBatch batch) {}

  IngestUnit(StoreMemory memory, long nowMs, CoreSettings settings) {
    this.memory = memory;
    this.reads = memory.reads();
    this.nowMs = nowMs;
    this.settings = settings;
    this.day = settings.dayAt(nowMs);
  }

  /// The terminal as this unit leaves it so far.
  Optional<TerminalMemory> terminal(TerminalId id) {
    Chain chain = chains.get(id);
    return chain != null ? Optional.of(chain.now) : memory.terminal(id);
  }

  /// Hash of an accepted record, of this unit or of the store.
  Optional<Hash> accepted(TerminalMemory terminal, long seq) {
    Chain chain = chains.get(terminal.row().terminalId());
    Hash added = chain == null ? null : chain.added.get(seq);
    return added != null
        ? Optional.of(added)
        : reads.recordKey(terminal.row().site(), terminal.row().terminal(), seq).map(RecordKeyRow::hash);
  }

  /// Takes a batch that continues the chain.
  ///
  /// @param receivedMs when it came
  void admit(TerminalMemory terminal, VerifiedBatch batch, long receivedMs) {
    Chain chain = chains.computeIfAbsent(batch.terminal(), _ -> new Chain(terminal));
    TerminalRow row = terminal.row();
    store(row, batch, chain);
    admitted.add(new Admitted(row, batch));
    chain.now = advanced(terminal, chain, batch);
    chain.moved = true;
    chain.startedMs = Math.min(chain.startedMs, receivedMs == 0 ? nowMs : receivedMs);
    chain.records += batch.facts().size();
    chain.bytes += batch.bytes().length;
  }

  /// One entry for each terminal of the unit, however many batches it sent (SYN-02).
  private SyncRow sync(Chain chain) {
    TerminalRow row = chain.now.row();
    return new SyncRow(row.site(), 0, row.terminal(), SyncRow.OK, chain.startedMs, nowMs,
        chain.before.received().seq() + 1, chain.now.head().received().seq(), chain.records, chain.bytes, 0);
  }

  private void store(TerminalRow row, VerifiedBatch batch, Chain chain) {
    long first = batch.facts().getFirst().record().seq();
    unit.insertBatch(
        new RecordBatchRow(row.site(), row.terminal(), first, batch.after().head().seq(), batch.bytes(),
            nowMs));
    for (RecordFacts facts : batch.facts()) {
      JournalRecord record = facts.record();
      chain.added.put(record.seq(), record.hash());
      unit.insertRecordKey(new RecordKeyRow(row.site(), row.terminal(), record.seq(), record.kindCode(),
          record.hash(), first, facts.transaction().orElse(null)));
    }
  }

  private TerminalMemory advanced(TerminalMemory terminal, Chain chain, VerifiedBatch batch) {
    TerminalRow row = terminal.row();
    List<TerminalKeyRow> keys = new ArrayList<>(terminal.keys());
    boolean genesis = false;
    for (RecordFacts facts : batch.facts()) {
      genesis |= facts instanceof RecordFacts.Genesis;
      if (facts instanceof RecordFacts.KeyRotation rotation) {
        rotate(row, keys, rotation);
      }
    }
    if (genesis && row.genesisDue()) {
      row = row.withGenesisDone();
      unit.putTerminal(row);
    }
    // Acknowledgement numbers rise once a unit, however many batches of one terminal are in it.
    HeadRow head = chain.before.settledAt(batch.after().head(), batch.after().epoch());
    return new TerminalMemory(row, head, keys, terminal.epochs());
  }

  private void rotate(TerminalRow row, List<TerminalKeyRow> keys, RecordFacts.KeyRotation rotation) {
    long seq = rotation.record().seq();
    keys.replaceAll(key -> {
      if (!key.maySign(seq)) {
        return key;
      }
      TerminalKeyRow retired = key.until(seq);
      unit.putTerminalKey(retired);
      return retired;
    });
    var next = new TerminalKeyRow(row.site(), row.terminal(), rotation.newKey(), seq + 1, Long.MAX_VALUE,
        false);
    unit.putTerminalKey(next);
    keys.add(next);
  }

  /// Freezes a terminal that showed a second branch, and keeps both as proof.
  void fork(TerminalMemory terminal, long seq, List<byte[]> branch) {
    TerminalRow row = terminal.row();
    for (byte[] bytes : branch) {
      JournalRecord record = JournalRecord.parse(bytes);
      unit.keepFork(new ForkRow(row.site(), row.terminal(), record.seq(), record.hash(), true, bytes, nowMs));
    }
    acceptedBytes(row, seq).ifPresent(record -> unit.keepFork(
        new ForkRow(row.site(), row.terminal(), seq, record.hash(), false, record.bytes(), nowMs)));
    TerminalRow frozen = row.withStatus(TerminalStatus.FROZEN, "FORK at record " + seq);
    unit.putTerminal(frozen);
    Chain chain = chains.computeIfAbsent(row.terminalId(), _ -> new Chain(terminal));
    chain.now = new TerminalMemory(frozen, chain.now.head(), chain.now.keys(), chain.now.epochs());
    books(row.site()).raise(ExceptionKind.FORK, row.terminal() + ":" + seq, row.terminal(), seq,
        Optional.empty(), 0, 0,
        "two branches at record " + seq + ", both signed; " + branch.size()
            + " records of the losing one kept");
  }

  private Optional<JournalRecord> acceptedBytes(TerminalRow row, long seq) {
    return RecordRun.read(reads, row.site(), row.terminal(), seq, seq, 1, Integer.MAX_VALUE).stream()
        .findFirst();
  }

  /// Leaves a trace of a refused batch, once a day for its terminal and reason.
  void reject(TerminalMemory terminal, BatchJudge.Judged.Refused refused) {
    TerminalRow row = terminal.row();
    String key = row.terminal() + ":" + refused.reason() + ":" + day;
    if (!memory.site(row.site()).isRaised(ExceptionKind.REJECTED_BATCH + ":" + key)) {
      books(row.site()).raise(ExceptionKind.REJECTED_BATCH, key, row.terminal(), refused.badSeq(),
          Optional.empty(), 0,
          0, refused.reason() + ": " + refused.reason().meaning());
    }
  }

  /// Posts all records and fills the unit.
  CommitUnit close() {
    Map<Integer, RecordPoster> posters = new HashMap<>();
    for (Admitted each : admitted) {
      RecordPoster poster = posters.computeIfAbsent(each.terminal().site(), this::poster);
      each.batch().facts().forEach(facts -> poster.settle(each.terminal(), facts));
    }
    for (Chain chain : chains.values()) {
      if (chain.moved) {
        unit.moveHead(HeadUpdate.replacing(chain.before, chain.now.head()));
        unit.logSync(sync(chain));
      }
    }
    intents.values().forEach(IntentBook::close);
    books.values().forEach(Books::close);
    return unit;
  }

  private Books books(int site) {
    return books.computeIfAbsent(site, number -> new Books(memory.site(number), reads, unit, nowMs));
  }

  /// Everything that the site's records refer to is read at once, before the first one is posted.
  private RecordPoster poster(int site) {
    var ids = new ArrayList<TransactionId>();
    for (Admitted each : admitted) {
      if (each.terminal().site() == site) {
        each.batch().facts().forEach(facts -> collect(facts, ids));
      }
    }
    Books page = books(site);
    reads.transactions(site, ids).forEach(page::know);
    var authorizations = new HashMap<TransactionId, AuthorizationRow>();
    reads.authorizations(site, ids).forEach(row -> authorizations.put(row.transaction(), row));
    return new RecordPoster(page, authorizations,
        intents.computeIfAbsent(site, _ -> new IntentBook(page, reads)), new OrderBook(page, reads, settings),
        settings);
  }

  private static void collect(RecordFacts facts, List<TransactionId> ids) {
    facts.transaction().ifPresent(ids::add);
    if (facts instanceof RecordFacts.Voided voided) {
      ids.add(voided.original());
    }
    if (facts instanceof RecordFacts.Refunded refunded) {
      ids.add(refunded.original());
    }
  }

  /// Where the terminal's chain stands for somebody who is refused.
  static ChainPosition position(TerminalMemory terminal) {
    return terminal.linkPosition();
  }
}
