package dev.counterfoil.terminal.core;

import static org.assertj.core.api.Assertions.assertThat;

import dev.counterfoil.protocol.crypto.StrictVerifier;
import dev.counterfoil.protocol.id.BootId;
import dev.counterfoil.protocol.link.Backoff;
import dev.counterfoil.protocol.link.LinkLimits;
import dev.counterfoil.protocol.link.ServerTrust;
import dev.counterfoil.protocol.policy.OfflineCaps;
import dev.counterfoil.terminal.journal.CommitUnit;
import dev.counterfoil.terminal.journal.JournalFixture;
import dev.counterfoil.terminal.journal.JournalState;
import dev.counterfoil.terminal.journal.RunTime;
import dev.counterfoil.terminal.journal.StateChange;
import dev.counterfoil.terminal.sale.SaleMode;
import dev.counterfoil.terminal.sale.SaleSettings;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What a board's own clock is worth after a restart without the server (OFF-01..09, CLOCK_UNKNOWN).
class TerminalClockTest {

  private static final long CONTACT = JournalFixture.WALL;
  private static final long HOUR = 3_600_000;

  /// Two hours after the last contact by the board's clock, or a year before it.
  @ParameterizedTest
  @CsvSource({"true, 2, 1, true", "false, 2, 2, false", "true, -8760, 2, false"})
  void aStartIsBlindUnlessAClockWithABatteryVouchesForIt(boolean keepsRunning, long hours, long blindStarts,
      boolean trusted) {
    var clock = clock(keepsRunning, CONTACT + hours * HOUR);

    assertThat(clock.sinceContact().blindReboots()).isEqualTo(blindStarts);
    assertThat(clock.sinceContact().trustedWall()).isEqualTo(trusted);
  }

  @Test
  void timeSpentSwitchedOffCountsOnlyByAClockThatRanOn() {
    assertThat(clock(true, CONTACT + 50 * HOUR).ageMillis(CONTACT)).isEqualTo(50 * HOUR);
    assertThat(clock(false, CONTACT + 50 * HOUR).ageMillis(CONTACT)).isEqualTo(HOUR);
  }

  private static TerminalClock clock(boolean keepsRunning, long wallMillis) {
    var setup = new TerminalSetup(
        new ServerTrust(JournalFixture.TERMINAL, JournalFixture.SIGNER.key(), new StrictVerifier()), "test",
        "b-1", new BootId(1, 2), SaleSettings.of(new SaleMode.Keyed(), "CNY"), OfflineCaps.UNLIMITED,
        LinkLimits.DEFAULT, Backoff.DEFAULT, ZoneOffset.UTC, keepsRunning, false,
        TerminalSetup.DEFAULT_LINK_TICK_MILLIS);
    return new TerminalClock(setup, new Moment(0, wallMillis), state());
  }

  /// After a run of one hour without the server, and one blind start before.
  private static JournalState state() {
    var changes = List.<StateChange>of(new StateChange.RunTimeTicked(new RunTime(HOUR, 1, CONTACT)),
        new StateChange.Started(2, new BootId(1, 2)));
    return JournalFixture.ENROLLED.after(CommitUnit.ofState(JournalFixture.ORIGIN, changes));
  }
}
