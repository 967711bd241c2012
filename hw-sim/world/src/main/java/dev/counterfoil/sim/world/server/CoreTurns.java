package dev.counterfoil.sim.world.server;

import dev.counterfoil.settlement.ingest.IngestRequest;
import dev.counterfoil.settlement.ingest.IngestResult;
import dev.counterfoil.sim.world.EventQueue;
import dev.counterfoil.sim.world.EventTag;
import dev.counterfoil.sim.world.InvariantViolation;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;

/// The order in which one run of the server does its work, one thing at a time and each with the time it takes. As the
/// real one goes round: the customers' questions that wait now, then a few greetings and requests, then a group commit of
/// whatever batches wait. What comes meanwhile has the next round, so that a flood of one kind starves no other.
///
/// Service times are those measured for the real server on two cores.
final class CoreTurns {
  static final int MOST_DESK = 4_096;
  static final int MOST_BATCHES = 64;
  static final int MOST_RECORDS = 2_000;
  private static final int ORDINARY_AT_A_TIME = 16;
  private static final long DESK_MICROS = 400;
  private static final long COMMIT_MICROS = 3_000;
  private static final long RECORD_MICROS = 40;

  private final EventQueue queue;
  private final Function<List<IngestRequest>, List<IngestResult>> commit;
  private final Consumer<Runnable> guard;
  private final Deque<Runnable> desk = new ArrayDeque<>();
  private final Deque<Runnable> ordinary = new ArrayDeque<>();
  private final Deque<Batch> batches = new ArrayDeque<>();
  private int deskLeft;
  private int ordinaryLeft;
  private boolean busy;
  private boolean dead;

  private record Batch(IngestRequest request, Consumer<IngestResult> answer) {}

  /// @param guard runs work that may end with the machine
  CoreTurns(EventQueue queue, Function<List<IngestRequest>, List<IngestResult>> commit,
      Consumer<Runnable> guard) {
    this.queue = queue;
    this.commit = commit;
    this.guard = guard;
  }

  /// A question that somebody waits for. In overload it is dropped: the terminal decides by itself.
  void desk(Runnable task) {
    if (desk.size() < MOST_DESK) {
      desk.addLast(task);
      turn(0);
    }
  }

  /// @param mostWaiting no correct fleet asks for more at once (I-24)
  void ordinary(Runnable task, int mostWaiting) {
    ordinary.addLast(task);
    if (ordinary.size() > mostWaiting) {
      throw new InvariantViolation("I-24", ordinary.size() + " greetings and requests wait at the server");
    }
    turn(0);
  }

  /// @param mostWaiting no correct fleet can have more batches in flight (I-24)
  void batch(IngestRequest request, Consumer<IngestResult> answer, int mostWaiting) {
    batches.addLast(new Batch(request, answer));
    InvariantViolation.require(batches.size() <= mostWaiting, "I-24",
        batches.size() + " batches wait at the server");
    turn(0);
  }

  boolean isIdle() {
    return !busy && desk.isEmpty() && ordinary.isEmpty() && batches.isEmpty();
  }

  void die() {
    dead = true;
    deskLeft = 0;
    desk.clear();
    ordinary.clear();
    batches.clear();
  }

  private void turn(long afterMicros) {
    if (!busy && !dead) {
      busy = true;
      queue.after(afterMicros, EventTag.SERVER_WORK, -1, () -> guard.accept(this::work));
    }
  }

  private void work() {
    if (dead) {
      return;
    }
    long took = doNext();
    busy = false;
    if (!dead && !(desk.isEmpty() && ordinary.isEmpty() && batches.isEmpty())) {
      turn(took);
    }
  }

  private long doNext() {
    if (deskLeft > 0) {
      deskLeft--;
      desk.removeFirst().run();
      return DESK_MICROS;
    }
    if (ordinaryLeft > 0 && !ordinary.isEmpty()) {
      ordinaryLeft--;
      ordinary.removeFirst().run();
      return DESK_MICROS;
    }
    deskLeft = desk.size();
    ordinaryLeft = ORDINARY_AT_A_TIME;
    return batches.isEmpty() ? 0 : commit();
  }

  private long commit() {
    List<Batch> taken = new ArrayList<>();
    int records = 0;
    while (!batches.isEmpty() && taken.size() < MOST_BATCHES && records < MOST_RECORDS) {
      Batch batch = batches.removeFirst();
      taken.add(batch);
      records += batch.request.records().size();
    }
    List<IngestResult> results = commit.apply(taken.stream().map(Batch::request).toList());
    long took = COMMIT_MICROS + records * RECORD_MICROS;
    for (int i = 0; i < results.size(); i++) {
      Batch batch = taken.get(i);
      IngestResult result = results.get(i);
      queue.after(took, EventTag.SERVER_WORK, -1, () -> {
        if (!dead) {
          guard.accept(() -> batch.answer.accept(result));
        }
      });
    }
    return took;
  }
}
