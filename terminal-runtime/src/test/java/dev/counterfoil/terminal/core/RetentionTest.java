package dev.counterfoil.terminal.core;

import static org.assertj.core.api.Assertions.assertThat;

import dev.counterfoil.proto.v1.Signed;
import dev.counterfoil.protocol.crypto.StrictVerifier;
import dev.counterfoil.protocol.id.BootId;
import dev.counterfoil.protocol.journal.JournalRecord;
import dev.counterfoil.protocol.journal.RecordSealer;
import dev.counterfoil.protocol.link.Backoff;
import dev.counterfoil.protocol.link.LinkLimits;
import dev.counterfoil.protocol.link.ServerTrust;
import dev.counterfoil.protocol.policy.OfflineCaps;
import dev.counterfoil.terminal.journal.AnchorHeld;
import dev.counterfoil.terminal.journal.JournalFixture;
import dev.counterfoil.terminal.journal.JournalState;
import dev.counterfoil.terminal.journal.CommitUnit;
import dev.counterfoil.terminal.journal.Pruning;
import dev.counterfoil.terminal.journal.StateChange;
import dev.counterfoil.terminal.sale.SaleMode;
import dev.counterfoil.terminal.sale.SaleSettings;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Retention is measured in the server's time: whatever a board's clock shows, no record goes before its thirty days.
class RetentionTest {

  private static final long DAY = Duration.ofDays(1).toMillis();
  private static final int RECORDS = 1_300;
  private static final int RECORDS_OF_A_RUN = 40;

  /// When each record was truly written.
  private final List<Long> writtenAt = new ArrayList<>();
  private final List<JournalRecord> records = new ArrayList<>();
  private long trueMillis = JournalFixture.WALL;

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4})
  void aClockThatIsWrongByFourHundredDaysNeverShortensTheRetention(long seed) {
    write(new SplittableRandom(seed));

    for (long days = 0; days <= 70; days++) {
      long now = trueMillis + days * DAY;
      long gone = Pruning.next(state(now), records).map(anchor -> anchor.position().seq()).orElse(0L);

      if (gone > 0) {
        assertThat(now - writtenAt.get((int) gone - 1)).as("seed %d: age of record %d", seed, gone)
            .isGreaterThanOrEqualTo(Pruning.KEPT_FOR.toMillis());
      }
    }
    assertThat(Pruning.next(state(trueMillis + 70 * DAY), records)).as("seed %d", seed).isPresent();
  }

  /// Thirty-three runs over some eight days, each with a clock of its own that steps on the way; the server gives its
  /// time to most of them, some way into the run.
  private void write(SplittableRandom random) {
    var sealer = new RecordSealer(JournalFixture.TERMINAL);
    var head = JournalFixture.ORIGIN;
    AnchorHeld anchor = AnchorHeld.NONE;
    for (int run = 0; records.size() < RECORDS; run++) {
      long startMillis = trueMillis;
      long wrong = error(random);
      int anchored = random.nextInt(2 * RECORDS_OF_A_RUN);
      var state = stateWith(anchor);
      var clock = new TerminalClock(setup(run), new Moment(0, trueMillis + wrong), state);
      for (int i = 0; i < RECORDS_OF_A_RUN; i++) {
        trueMillis += random.nextLong(DAY / 80);
        wrong = random.nextInt(10) == 0 ? error(random) : wrong;
        clock.advance(new Moment(trueMillis - startMillis, trueMillis + wrong));
        if (i == anchored) {
          anchor = new AnchorHeld(run + 1, trueMillis, boot(run), trueMillis - startMillis,
              Signed.getDefaultInstance());
          clock.anchored(anchor);
        }
        var draft = records.isEmpty() ? JournalFixture.genesis() : JournalFixture.health();
        records.add(sealer.seal(head, JournalFixture.EPOCH.id(), clock.circumstances(), draft.draft(),
            JournalFixture.SIGNER));
        writtenAt.add(trueMillis);
        head = records.getLast().position();
      }
    }
  }

  private static long error(SplittableRandom random) {
    return random.nextLong(-400 * DAY, 400 * DAY);
  }

  private static JournalState stateWith(AnchorHeld anchor) {
    return JournalFixture.ENROLLED
        .after(CommitUnit.ofState(JournalFixture.ORIGIN, List.of(new StateChange.AnchorTaken(anchor))));
  }

  private JournalState state(long serverMillis) {
    var head = records.getLast().position();
    var ack = JournalFixture.ack(1, head.seq(), head.seq(), serverMillis);
    return JournalFixture.ENROLLED.after(JournalFixture.unit(JournalFixture.ORIGIN, records))
        .after(CommitUnit.ofState(head, List.of(new StateChange.AckStored(ack))));
  }

  private static BootId boot(int run) {
    return new BootId(5, run);
  }

  private static TerminalSetup setup(int run) {
    return new TerminalSetup(
        new ServerTrust(JournalFixture.TERMINAL, JournalFixture.SIGNER.key(), new StrictVerifier()), "test",
        "b-1", boot(run), SaleSettings.of(new SaleMode.Keyed(), "CNY"), OfflineCaps.UNLIMITED,
        LinkLimits.DEFAULT, Backoff.DEFAULT, ZoneOffset.UTC, run % 2 == 0, false,
        TerminalSetup.DEFAULT_LINK_TICK_MILLIS);
  }
}
