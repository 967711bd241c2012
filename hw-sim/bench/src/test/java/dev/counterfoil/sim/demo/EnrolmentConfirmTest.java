package dev.counterfoil.sim.demo;

import static dev.counterfoil.sim.demo.ProgramRig.SOON;
import static org.assertj.core.api.Assertions.assertThat;

import dev.counterfoil.trace.Requirement;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/// An enrolment that a second operator must confirm, with the real programs: what the terminal prints is what the
/// operator types; before it sells nothing, not for cash either, and from then on it sells without being started again.
@Execution(ExecutionMode.CONCURRENT)
@Timeout(value = 240, unit = TimeUnit.SECONDS)
class EnrolmentConfirmTest {

  @TempDir
  Path folder;

  private ProgramRig rig;

  @BeforeEach
  void open() throws Exception {
    rig = new ProgramRig(folder);
  }

  @AfterEach
  void close() {
    rig.close();
  }

  @Test
  @Requirement({"SEC-01"})
  void aTerminalIsHeardOnceASecondOperatorHasConfirmedIt() throws Exception {
    ProgramRig.Server server = rig.server();
    Child enrol = rig.enrolled(server);
    String told = enrol.await(Pattern.compile("^PENDING .*: counterfoil admin (.+)$"), SOON).group(1);
    rig.tillOnly();

    refused("terminal").stop();
    Child terminal = refused("terminal-again");
    rig.admin("terminal", "list").await(Pattern.compile("Till-1 +PENDING +0 +0"), SOON);

    assertThat(rig.admin(told.split(" ")).exitCode(SOON)).isZero();

    terminal.await(Pattern.compile("event=link_up channel=CHANNEL_JOURNAL verdict=VERDICT_RESUME"), SOON);
    terminal.await(Pattern.compile("^READY terminal=Till-1 "), SOON);
    assertThat(rig.till("cash R1 5.00")).startsWith("paid R1 ");
    terminal.await(Pattern.compile("event=sync head=(\\d+) received=\\1 settled=\\1 "), SOON);
    rig.admin("terminal", "list").await(Pattern.compile("Till-1 +ACTIVE +[1-9]"), SOON);
    assertThat(rig.admin("verify", "chain", "1").exitCode(SOON)).isZero();
    terminal.stop();
    server.stop();
  }

  /// Runs until the server has refused it, and refuses cash meanwhile.
  private Child refused(String name) throws Exception {
    Child terminal = rig.terminal(name);
    terminal.await(Pattern.compile("event=link_down .*NOT_ENROLLED"), SOON);
    terminal.await(Pattern.compile("event=state state=NOT_CONFIRMED"), SOON);
    assertThat(rig.till("cash R1 5.00")).isEqualTo("refused R1 PAYMENT_FAILED");
    assertThat(terminal.output()).noneMatch(line -> line.startsWith("READY"));
    return terminal;
  }
}
