package dev.counterfoil.settlement.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.counterfoil.protocol.crypto.StrictVerifier;
import dev.counterfoil.protocol.id.EpochId;
import dev.counterfoil.protocol.id.Hash;
import dev.counterfoil.protocol.id.TerminalId;
import dev.counterfoil.settlement.ingest.BatchVerifier;
import dev.counterfoil.settlement.ingest.IngestRequest;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class IngestLanesTest {

  private static final TerminalId BACKLOG = new TerminalId(0, 1);
  private static final TerminalId NEIGHBOUR = new TerminalId(0, 2);
  private static final int CAPACITY = 8;

  private final BatchVerifier verifier = new BatchVerifier(new StrictVerifier());
  private final AtomicInteger ready = new AtomicInteger();
  private final IngestLanes lanes = new IngestLanes(CAPACITY, Runnable::run, () -> verifier,
      ready::incrementAndGet);

  @Test
  void batchesOfOneTerminalKeepTheirOrder() {
    for (int i = 0; i < 5; i++) {
      lanes.add(batch(BACKLOG, i, 1));
    }
    assertThat(lanes.take(10, 1000)).extracting(batch -> batch.request().oldSeq()).containsExactly(0L, 1L, 2L,
        3L, 4L);
    assertThat(ready).hasValue(5);
  }

  @Test
  void aTerminalWithABacklogTakesTurnsWithItsNeighbour() {
    for (int i = 0; i < 5; i++) {
      lanes.add(batch(BACKLOG, i, 1));
    }
    lanes.add(batch(NEIGHBOUR, 0, 1));
    assertThat(lanes.take(2, 1000)).extracting(batch -> batch.request().terminal()).containsExactly(BACKLOG,
        NEIGHBOUR);
  }

  @Test
  void aCommitUnitEndsAtItsRecordsHoweverManyBatchesItMayHave() {
    for (int i = 0; i < 5; i++) {
      lanes.add(batch(BACKLOG, i, 400));
    }
    assertThat(lanes.take(64, 1000)).hasSize(3);
  }

  @Test
  void whoeverWaitsForRoomIsCalledWhenHalfIsFree() {
    AtomicInteger resumed = new AtomicInteger();
    assertThat(lanes.awaitRoom(resumed::incrementAndGet)).isFalse();
    for (int i = 0; i < CAPACITY; i++) {
      lanes.add(batch(BACKLOG, i, 1));
    }
    assertThat(lanes.isFull()).isTrue();
    assertThat(lanes.awaitRoom(resumed::incrementAndGet)).isTrue();
    lanes.take(3, 1000);
    assertThat(resumed).hasValue(0);
    lanes.take(1, 1000);
    assertThat(resumed).hasValue(1);
    lanes.take(4, 1000);
    assertThat(resumed).as("called once").hasValue(1);
  }

  private static PushedBatch batch(TerminalId terminal, long oldSeq, int records) {
    List<byte[]> bytes = Collections.nCopies(records, new byte[0]);
    return new PushedBatch(new IngestRequest(terminal, new EpochId(1, 1), oldSeq, Hash.ZERO, bytes, null),
        _ -> {
          throw new AssertionError("nobody answers here");
        });
  }
}
