package dev.counterfoil.settlement.engine;

import dev.counterfoil.protocol.id.TerminalId;
import dev.counterfoil.protocol.journal.ChainState;
import dev.counterfoil.settlement.ingest.BatchVerifier;
import dev.counterfoil.settlement.ingest.BatchVerifier.Judgement;
import dev.counterfoil.settlement.ingest.IngestRequest;
import dev.counterfoil.settlement.store.TerminalMemory;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Batches between the sockets, the verifier pool and the ledger writer: one lane a terminal, in which order is kept,
/// and turns first between the sites and then between the lanes of a site, so that neither a terminal with a backlog of
/// days nor a site with a thousand of them delays its neighbours.
///
/// Verification ahead is a courtesy to the ledger writer, never a decision: it starts from where the lane's last
/// verified batch ended, and the core uses its result only where it still fits. A lane that lost the thread (after a
/// refusal, say) passes batches on unverified until the core tells it where the terminal stands.
///
/// Thread-safe. The sum of all lanes stays near `capacity`: once it is reached, sessions of a site that has its share of
/// it or more are told to stop reading, and a session may add at most the window that its protocol allows. The others go
/// on up to their share, so the sum may come near twice the capacity while one site floods.
final class IngestLanes {

  private final int capacity;
  private final Executor verifiers;
  private final Supplier<BatchVerifier> verifier;
  private final Runnable readySignal;
  private final Map<TerminalId, Lane> lanes = new HashMap<>();
  /// Lanes with something verified, by site; the first site has its turn next.
  private final LinkedHashMap<Integer, Deque<Lane>> ready = new LinkedHashMap<>();
  private final Map<Integer, Integer> waitingBySite = new HashMap<>();
  private final List<Runnable> waitingForRoom = new ArrayList<>();
  private int size;

  private static final class Lane {
    private final Deque<PushedBatch> raw = new ArrayDeque<>();
    private final Deque<PushedBatch> verified = new ArrayDeque<>();
    private boolean verifying;
    private boolean inTurn;
    private int site;
    private int waiting;
    private @Nullable TerminalMemory known;
    private @Nullable ChainState end;

    boolean isEmpty() {
      return raw.isEmpty() && verified.isEmpty() && !verifying;
    }
  }

  /// @param capacity    batches in all lanes from which on the lanes are full
  /// @param verifier    the verifier of the calling thread
  /// @param readySignal called after a batch became ready, without any lock held
  IngestLanes(int capacity, Executor verifiers, Supplier<BatchVerifier> verifier, Runnable readySignal) {
    this.capacity = capacity;
    this.verifiers = verifiers;
    this.verifier = verifier;
    this.readySignal = readySignal;
  }

  /// Adds a batch behind the terminal's others.
  void add(PushedBatch batch) {
    Lane lane;
    synchronized (this) {
      size++;
      lane = lanes.computeIfAbsent(batch.request().terminal(), _ -> new Lane());
      count(lane, 1);
      lane.raw.add(batch);
      if (lane.verifying) {
        return;
      }
      lane.verifying = true;
    }
    verifiers.execute(() -> verifyAll(lane));
  }

  /// Where the core has the terminal now; verification ahead starts from there when nothing is under way.
  synchronized void standsAt(TerminalMemory terminal) {
    Lane lane = lanes.computeIfAbsent(terminal.row().terminalId(), _ -> new Lane());
    lane.known = terminal;
    belongsTo(lane, terminal.row().site());
    if (lane.isEmpty()) {
      lane.end = terminal.chainState().orElse(null);
    }
  }

  /// Nothing is known any more of where the terminal stands.
  synchronized void forget(TerminalId terminal) {
    Lane lane = lanes.get(terminal);
    if (lane != null) {
      lane.end = null;
      lane.known = null;
      if (lane.isEmpty()) {
        lanes.remove(terminal);
      }
    }
  }

  private void belongsTo(Lane lane, int site) {
    if (lane.site != site) {
      int waiting = lane.waiting;
      count(lane, -waiting);
      lane.site = site;
      count(lane, waiting);
    }
  }

  private void count(Lane lane, int more) {
    lane.waiting += more;
    waitingBySite.merge(lane.site, more, (before, added) -> before + added == 0 ? null : before + added);
  }

  private void takesTurn(Lane lane) {
    ready.computeIfAbsent(lane.site, _ -> new ArrayDeque<>()).addLast(lane);
  }

  /// The lane whose turn it is; its site goes behind the others.
  private Lane nextInTurn() {
    var turn = ready.pollFirstEntry();
    Lane lane = turn.getValue().removeFirst();
    if (!turn.getValue().isEmpty()) {
      ready.putLast(turn.getKey(), turn.getValue());
    }
    return lane;
  }

  /// The next batches, one a site in turn, and of a site one a lane in turn.
  ///
  /// @param mostRecords no further batch is taken once that many records are together
  List<PushedBatch> take(int mostBatches, int mostRecords) {
    List<PushedBatch> taken = new ArrayList<>();
    List<Runnable> roomFor = List.of();
    synchronized (this) {
      int records = 0;
      while (taken.size() < mostBatches && records < mostRecords && !ready.isEmpty()) {
        Lane lane = nextInTurn();
        PushedBatch batch = lane.verified.removeFirst();
        count(lane, -1);
        lane.inTurn = !lane.verified.isEmpty();
        if (lane.inTurn) {
          takesTurn(lane);
        }
        taken.add(batch);
        records += batch.records();
      }
      size -= taken.size();
      if (size <= capacity / 2 && !waitingForRoom.isEmpty()) {
        roomFor = List.copyOf(waitingForRoom);
        waitingForRoom.clear();
      }
    }
    roomFor.forEach(Runnable::run);
    return taken;
  }

  synchronized boolean isFull() {
    return size >= capacity;
  }

  /// @param terminal whose session asks
  /// @param resume called once, from any thread, when half of the lanes' room is free again
  /// @return false when there is room already, or its site has not had its share; `resume` is not called then
  synchronized boolean awaitRoom(TerminalId terminal, Runnable resume) {
    if (size < capacity || !hasItsShare(terminal)) {
      return false;
    }
    waitingForRoom.add(resume);
    return true;
  }

  private boolean hasItsShare(TerminalId terminal) {
    Lane lane = lanes.get(terminal);
    int site = lane == null ? 0 : lane.site;
    return waitingBySite.getOrDefault(site, 0) >= Math.max(1, capacity / Math.max(1, waitingBySite.size()));
  }

  /// Whether a newcomer's backlog should wait a while: half of the room is taken.
  synchronized boolean isBusy() {
    return size >= Math.max(1, capacity / 2);
  }

  /// Batches that wait in all lanes.
  synchronized int size() {
    return size;
  }

  private void verifyAll(Lane lane) {
    while (true) {
      PushedBatch batch;
      TerminalMemory known;
      ChainState from;
      synchronized (this) {
        batch = lane.raw.peekFirst();
        if (batch == null) {
          lane.verifying = false;
          return;
        }
        known = lane.known;
        from = lane.end;
      }
      Optional<Judgement.Good> good = known == null || from == null ? Optional.empty()
          : ahead(known, from, batch);
      pass(lane, batch, from, good);
      readySignal.run();
    }
  }

  private Optional<Judgement.Good> ahead(TerminalMemory known, ChainState from, PushedBatch batch) {
    IngestRequest request = batch.request();
    boolean follows = request.oldSeq() == from.head().seq();
    return follows && verifier.get().verify(from, known, request.records()) instanceof Judgement.Good good
        ? Optional.of(good)
        : Optional.empty();
  }

  private synchronized void pass(Lane lane, PushedBatch batch, @Nullable ChainState from,
      Optional<Judgement.Good> good) {
    lane.raw.removeFirst();
    // The core may have said something new meanwhile; its word is younger than what this batch started from.
    if (lane.end == from) {
      lane.end = good.map(judged -> judged.batch().after()).orElse(null);
    }
    lane.verified.add(good.map(judged -> with(batch, judged)).orElse(batch));
    if (!lane.inTurn) {
      lane.inTurn = true;
      takesTurn(lane);
    }
  }

  private static PushedBatch with(PushedBatch batch, Judgement.Good good) {
    return new PushedBatch(batch.request().verified(good.batch()), batch.answer());
  }
}
