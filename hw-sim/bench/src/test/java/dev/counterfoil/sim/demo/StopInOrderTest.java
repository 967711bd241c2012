package dev.counterfoil.sim.demo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.counterfoil.protocol.journal.JournalRecord;
import dev.counterfoil.protocol.journal.RecordKind;
import dev.counterfoil.terminal.journal.SqliteJournal;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// How a run ends, with the real programs and real signals: SIGTERM closes the epoch, SIGKILL cannot.
@Timeout(value = 240, unit = TimeUnit.SECONDS)
class StopInOrderTest {

  private static final Path ROOT = Path.of(System.getProperty("counterfoil.root", "../..")).toAbsolutePath()
      .normalize();
  private static final Duration SOON = Duration.ofSeconds(60);
  private static final String TILL_ONLY = """
      reader.enabled = false
      display.enabled = false
      keypad.enabled = false
      leds.enabled = false
      till.socket = "till.sock"
      """;

  @TempDir
  Path folder;

  private Programs programs;
  private int started;

  @BeforeEach
  void open() throws Exception {
    programs = new Programs(ROOT, folder.resolve("logs"));
  }

  @AfterEach
  void close() {
    programs.close();
  }

  @Test
  void aRunThatIsToldToEndClosesItsEpochAndOneThatIsKilledDoesNot() throws Exception {
    Path config = Files.writeString(folder.resolve("server.toml"), "[enrolment]\nconfirm = false\n");
    Child server = run("server", "--config", config.toString(), "--data", data(), "--port", "0",
        "--http-port",
        "0");
    String port = server.await(Pattern.compile("^READY link=[0-9.]+:(\\d+) "), SOON).group(1);
    enrol(port);

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
    Child whole = run("admin", "verify", "chain", "1", "--data", data());
    assertThat(whole.exitCode(SOON)).as("%s", whole.output()).isZero();
    server.stop();
    assertThat(server.exitCode(SOON)).isZero();
  }

  private void enrol(String port) throws Exception {
    String code = run("admin", "code", "create", "--name", "Till-1", "--data", data())
        .await(Pattern.compile("^(CF1-\\S+)"), SOON).group(1);
    assertThat(run("enrol", "--data", terminalData(), "--board-serial", "S1", "--server", "127.0.0.1:" + port,
        "--code", code).exitCode(SOON)).isZero();
    Files.writeString(Path.of(terminalData(), "terminal.toml"), TILL_ONLY);
  }

  private Child terminal() throws Exception {
    Child terminal = run("terminal", "--data", terminalData(), "--board-serial", "S1");
    terminal.await(Pattern.compile("^READY terminal=Till-1 "), SOON);
    return terminal;
  }

  private void sell(String reference) throws IOException {
    try (var till = SocketChannel.open(UnixDomainSocketAddress.of(Path.of(terminalData(), "till.sock")))) {
      till.write(ByteBuffer.wrap(("cash " + reference + " 5.00\n").getBytes(StandardCharsets.UTF_8)));
      var answers = new BufferedReader(
          new InputStreamReader(Channels.newInputStream(till), StandardCharsets.UTF_8));
      assertThat(answers.readLine()).startsWith("paid " + reference + " ");
    }
  }

  private JournalRecord last() {
    try (var journal = SqliteJournal.open(Path.of(terminalData(), "journal.db"))) {
      return journal.records(journal.state().head().seq(), 1, Integer.MAX_VALUE).getFirst();
    }
  }

  private Child run(String program, String... words) throws Exception {
    started++;
    return programs.start(program + "-" + started, Map.of(),
        Stream.concat(Stream.of(program), Stream.of(words)).toList());
  }

  private String data() {
    return folder.resolve("server").toString();
  }

  private String terminalData() {
    return folder.resolve("terminal").toString();
  }
}
