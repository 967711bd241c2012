package dev.counterfoil.sim.world.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.counterfoil.protocol.id.EpochId;
import dev.counterfoil.protocol.id.Hash;
import dev.counterfoil.protocol.id.TerminalId;
import dev.counterfoil.protocol.ReasonCode;
import dev.counterfoil.protocol.journal.ChainPosition;
import dev.counterfoil.settlement.ingest.IngestRequest;
import dev.counterfoil.settlement.ingest.IngestResult;
import dev.counterfoil.sim.world.EventQueue;
import dev.counterfoil.sim.world.Trace;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class CoreTurnsTest {
  private static final long SECOND = 1_000_000;

  private final EventQueue queue = new EventQueue(new Trace());
  private final List<Long> settledAt = new ArrayList<>();
  private final CoreTurns turns = new CoreTurns(queue, batches -> batches.stream().<IngestResult>map(
      _ -> new IngestResult.Refused(ReasonCode.FORK, new ChainPosition(0, Hash.ZERO, 0), 0)).toList(),
      Runnable::run);

  private void askAgainAndAgain() {
    turns.ordinary(this::askAgainAndAgain, 1_000);
  }

  private void tapAgainAndAgain() {
    turns.desk(this::tapAgainAndAgain);
  }

  /// A batch comes in the middle of a flood that goes on for ever.
  private void settle() {
    while (queue.runNext(SECOND / 2)) {
      // The flood.
    }
    turns.batch(new IngestRequest(new TerminalId(1, 1), new EpochId(1, 1), 0, Hash.ZERO, List.of(), null),
        _ -> settledAt.add(queue.nowMicros() - SECOND / 2), 10);
    while (queue.runNext(SECOND)) {
      // More of it.
    }
  }

  @Test
  void requestsThatNeverEndStarveNoBatch() {
    for (int i = 0; i < 100; i++) {
      askAgainAndAgain();
    }
    settle();

    assertThat(settledAt).hasSize(1).allSatisfy(at -> assertThat(at).isLessThan(20_000));
  }

  @Test
  void questionsThatNeverEndStarveNoBatch() {
    for (int i = 0; i < 100; i++) {
      tapAgainAndAgain();
    }
    settle();

    assertThat(settledAt).hasSize(1).allSatisfy(at -> assertThat(at).isLessThan(100_000));
  }
}
