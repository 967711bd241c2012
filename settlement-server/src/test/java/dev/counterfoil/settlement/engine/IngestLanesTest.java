package dev.counterfoil.settlement.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.counterfoil.protocol.crypto.StrictVerifier;
import dev.counterfoil.protocol.id.EpochId;
import dev.counterfoil.protocol.id.Hash;
import dev.counterfoil.protocol.id.TerminalId;
import dev.counterfoil.settlement.ingest.BatchVerifier;
import dev.counterfoil.settlement.store.TerminalStatus;
import dev.counterfoil.settlement.store.TerminalRow;
import dev.counterfoil.settlement.store.TerminalMemory;
import dev.counterfoil.settlement.store.HeadRow;
import dev.counterfoil.protocol.journal.ChainPosition;
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
    assertThat(lanes.awaitRoom(BACKLOG, resumed::incrementAndGet)).isFalse();
    for (int i = 0; i < CAPACITY; i++) {
      lanes.add(batch(BACKLOG, i, 1));
    }
    assertThat(lanes.isFull()).isTrue();
    assertThat(lanes.awaitRoom(BACKLOG, resumed::incrementAndGet)).isTrue();
    lanes.take(3, 1000);
    assertThat(resumed).hasValue(0);
    lanes.take(1, 1000);
    assertThat(resumed).hasValue(1);
    lanes.take(4, 1000);
    assertThat(resumed).as("called once").hasValue(1);
  }

  @Test
  void aFloodingSiteTakesTurnsWithTheOthersHoweverManyTerminalsItHas() {
    for (int terminal = 10; terminal < 16; terminal++) {
      lanes.standsAt(at(new TerminalId(0, terminal), 1));
      lanes.add(batch(new TerminalId(0, terminal), 0, 1));
      lanes.add(batch(new TerminalId(0, terminal), 1, 1));
    }
    lanes.standsAt(at(NEIGHBOUR, 2));
    lanes.add(batch(NEIGHBOUR, 0, 1));
    lanes.add(batch(NEIGHBOUR, 1, 1));

    assertThat(lanes.take(5, 1000)).extracting(batch -> batch.request().terminal().low()).containsExactly(10L,
        2L, 11L, 2L, 12L);
    assertThat(lanes.take(9, 1000)).extracting(batch -> batch.request().terminal().low()).containsExactly(13L,
        14L, 15L, 10L, 11L, 12L, 13L, 14L, 15L);
    assertThat(lanes.size()).isZero();
  }

  @Test
  void aSiteBelowItsShareGoesOnReadingWhileAnotherFloods() {
    lanes.standsAt(at(BACKLOG, 1));
    lanes.standsAt(at(NEIGHBOUR, 2));
    for (int i = 0; i < CAPACITY; i++) {
      lanes.add(batch(BACKLOG, i, 1));
    }
    lanes.add(batch(NEIGHBOUR, 0, 1));

    assertThat(lanes.awaitRoom(BACKLOG, () -> {
    })).isTrue();
    assertThat(lanes.awaitRoom(NEIGHBOUR, () -> {
    })).isFalse();
    for (int i = 1; i < CAPACITY / 2; i++) {
      lanes.add(batch(NEIGHBOUR, i, 1));
    }
    assertThat(lanes.awaitRoom(NEIGHBOUR, () -> {
    })).as("it has its share now").isTrue();
  }

  private static TerminalMemory at(TerminalId id, int site) {
    var epoch = new EpochId(1, 1);
    var row = new TerminalRow(site, (int) id.low(), id, "till", TerminalStatus.ACTIVE, "board", Hash.ZERO,
        true,
        epoch, null, 5, null, 10, 11, "");
    var position = new ChainPosition(0, Hash.ZERO, 0);
    return new TerminalMemory(row,
        new HeadRow(site, row.terminal(), position, position, epoch, 0, position, 0, 0,
            0),
        List.of(), List.of());
  }

  private static PushedBatch batch(TerminalId terminal, long oldSeq, int records) {
    List<byte[]> bytes = Collections.nCopies(records, new byte[0]);
    return new PushedBatch(new IngestRequest(terminal, new EpochId(1, 1), oldSeq, Hash.ZERO, bytes, null),
        _ -> {
          throw new AssertionError("nobody answers here");
        });
  }
}
