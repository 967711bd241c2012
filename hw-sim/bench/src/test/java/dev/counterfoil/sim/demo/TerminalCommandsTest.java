package dev.counterfoil.sim.demo;

import static dev.counterfoil.sim.demo.ProgramRig.SOON;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// An operator's commands to a terminal, with the real programs and over a restart: what is rotated and locked in one
/// run holds in the next.
@Timeout(value = 240, unit = TimeUnit.SECONDS)
class TerminalCommandsTest {

  private static final Pattern LINKED = Pattern.compile("event=link_up channel=CHANNEL_DESK");
  private static final Pattern SYNCED = Pattern.compile("event=sync head=(\\d+) received=\\1 settled=\\1 ");

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
  void rotationAndLockHoldInTheNextRunAndTheChainVerifies() throws Exception {
    ProgramRig.Server server = rig.trustingServer();
    rig.enrolled(server);
    rig.tillOnly();
    refused("NOT_CONNECTED", "rotate");

    Child first = terminal("first");
    first.await(Pattern.compile("^READY "), SOON);
    assertThat(rig.till("cash R1 5.00")).startsWith("paid R1 ");
    ordered("rotate", "seq=\\d+");
    assertThat(rig.till("cash R2 5.00")).startsWith("paid R2 ");
    ordered("lock", "state=LOCKED");
    assertThat(rig.till("cash R3 5.00")).startsWith("refused R3 ");
    first.stop();

    Child second = terminal("second");
    second.await(Pattern.compile("event=state state=LOCKED"), SOON);
    assertThat(rig.till("cash R4 5.00")).startsWith("refused R4 ");
    ordered("diagnose", "state=LOCKED head=\\d+ unsent=\\d+ .* mirror=WELL .* devices=WELL");
    ordered("unlock", "state=READY");
    assertThat(rig.till("cash R5 5.00")).startsWith("paid R5 ");
    second.await(SYNCED, SOON);

    rig.admin("terminal", "keys", "1").await(Pattern.compile("^ +\\d+ +now +false"), SOON);
    assertThat(rig.admin("verify", "chain", "1").exitCode(SOON)).isZero();
    second.stop();
    server.stop();
  }

  private Child terminal(String name) throws Exception {
    Child terminal = rig.terminal(name);
    terminal.await(LINKED, SOON);
    return terminal;
  }

  private void ordered(String command, String result) throws Exception {
    Child order = rig.admin("terminal", command, "Till-1");
    order.await(Pattern.compile("Till-1 +" + command + " +" + result), SOON);
    assertThat(order.exitCode(SOON)).isZero();
  }

  private void refused(String code, String command) throws Exception {
    rig.admin("terminal", command, "Till-1").await(Pattern.compile("^ERROR code=" + code), SOON);
  }
}
