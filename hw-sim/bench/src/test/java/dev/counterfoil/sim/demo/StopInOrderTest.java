package dev.counterfoil.sim.demo;

import static dev.counterfoil.sim.demo.ProgramRig.SOON;
import static org.assertj.core.api.Assertions.assertThat;

import dev.counterfoil.protocol.journal.JournalRecord;
import dev.counterfoil.protocol.journal.RecordKind;
import dev.counterfoil.terminal.journal.SqliteJournal;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// How a run ends, with the real programs and real signals: SIGTERM closes the epoch, SIGKILL cannot.
@Timeout(value = 240, unit = TimeUnit.SECONDS)
class StopInOrderTest {

  @TempDir
  Path folder;

  private ProgramRig rig;
  private int runs;

  @BeforeEach
  void open() throws Exception {
    rig = new ProgramRig(folder);
  }

  @AfterEach
  void close() {
    rig.close();
  }

  @Test
  void aRunThatIsToldToEndClosesItsEpochAndOneThatIsKilledDoesNot() throws Exception {
    ProgramRig.Server server = rig.trustingServer();
    rig.enrolled(server);
    rig.tillOnly();

    Child first = terminal();
    sell("R1");
    first.stop();

    assertThat(first.exitCode(SOON)).as("what was asked for").isZero();
    assertThat(last().is(RecordKind.EPOCH_CLOSE)).as("last record: %s", last()).isTrue();
    Child second = terminal();
    second.await(Pattern.compile("event=journal_open .* clean=true "), SOON);
    sell("R2");
    second.await(Pattern.compile("event=sync head=(\\d+) received=\\1 settled=\\1 "), SOON);
    second.kill();

    assertThat(last().is(RecordKind.EPOCH_CLOSE)).as("last record: %s", last()).isFalse();
    terminal().await(Pattern.compile("event=journal_open .* clean=false "), SOON);
    Child whole = rig.admin("verify", "chain", "1");
    assertThat(whole.exitCode(SOON)).as("%s", whole.output()).isZero();
    server.stop();
  }

  private Child terminal() throws Exception {
    runs++;
    Child terminal = rig.terminal("terminal-" + runs);
    terminal.await(Pattern.compile("^READY terminal=Till-1 "), SOON);
    return terminal;
  }

  private void sell(String reference) throws IOException {
    assertThat(rig.till("cash " + reference + " 5.00")).startsWith("paid " + reference + " ");
  }

  private JournalRecord last() {
    try (var journal = SqliteJournal.open(rig.terminalData().resolve("journal.db"))) {
      return journal.records(journal.state().head().seq(), 1, Integer.MAX_VALUE).getFirst();
    }
  }
}
