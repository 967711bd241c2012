package dev.counterfoil.terminal.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.counterfoil.terminal.enrolment.TestEnrolmentServer;
import dev.counterfoil.terminal.journal.SqliteJournal;
import dev.counterfoil.trace.TinyMedium;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Runs the commands as the launcher does and reads what a person reads.
class StartTest {

  @TempDir
  Path data;

  private final ByteArrayOutputStream errors = new ByteArrayOutputStream();
  private final PrintStream before = System.err;

  @BeforeEach
  void listen() {
    System.setErr(new PrintStream(errors, true, StandardCharsets.UTF_8));
  }

  @AfterEach
  void restore() {
    System.setErr(before);
  }

  @Test
  void aBoardNotEnrolledIsToldToEnrol() throws Exception {
    cannotRun("NOT_ENROLLED", "enrol");
  }

  @Test
  void aMistakeInTheConfigurationIsToldWithLineAndKey() throws Exception {
    Files.writeString(data.resolve("terminal.toml"), "[display]\nadress = 0x27\n");
    cannotRun("CONFIG_UNKNOWN_KEY", "terminal.toml line 2: display.adress");
  }

  @Test
  void aConfigurationAskedForByNameMustBeThere() throws Exception {
    assertThat(Terminal.run(List.of("run", "--data", data.toString(), "--config", data + "/none.toml")))
        .isEqualTo(2);
    assertThat(line()).startsWith("CONFIG_UNREADABLE: ");
  }

  @Test
  void anotherBoardCannotUseTheKeys() throws Exception {
    enrol();
    assertThat(Terminal.run(List.of("--data", data.toString(), "--board-serial", "board-2"))).isEqualTo(2);
    assertThat(line()).startsWith("KEY_SEALED_FOR_ANOTHER_BOARD: ");
  }

  @Test
  void aMissingKeyIsTold() throws Exception {
    enrol();
    Files.delete(data.resolve("keys").resolve("tls.key"));
    cannotRun("KEY_MISSING", "tls.key");
  }

  @Test
  void aMissingJournalIsToldAndNoneIsMadeUp() throws Exception {
    enrol();
    Files.delete(data.resolve("journal.db"));
    cannotRun("JOURNAL_MISSING", "journal.db");
    assertThat(data.resolve("journal.db")).doesNotExist();
  }

  @Test
  @Timeout(20)
  void aFullMediumIsToldAtTheStartAndSellsAgainOnceThereIsRoom() throws Exception {
    try (var medium = journalOnItsOwnMedium()) {
      medium.fill();
      cannotRun("DISK_FULL", "journal.db");
      medium.makeRoom();
      try (var journal = SqliteJournal.open(medium.folder().resolve("journal.db"))) {
        assertThat(journal.state().head().seq()).as("nothing was lost").isEqualTo(1);
      }
    }
  }

  @Test
  @Timeout(20)
  void aReadOnlyMediumIsToldAtTheStart() throws Exception {
    try (var medium = journalOnItsOwnMedium()) {
      medium.makeReadOnly();
      cannotRun("READ_ONLY", "journal.db");
    }
  }

  private TinyMedium journalOnItsOwnMedium() throws Exception {
    var medium = TinyMedium.mounted(data.resolve("card"), "1m");
    Files.writeString(data.resolve("terminal.toml"), "[journal]\npath = \"card/journal.db\"\n");
    enrol();
    assertThat(medium.folder().resolve("journal.db")).exists();
    return medium;
  }

  @Test
  void aSecondProgramOnTheSameDataIsRefused() throws Exception {
    enrol();
    try (var first = SqliteJournal.open(data.resolve("journal.db"))) {
      cannotRun("TERMINAL_LOCKED", "journal.db");
      assertThat(first.state().head().seq()).isEqualTo(1);
    }
  }

  @Test
  void aMistypedCodeNeverReachesTheServerOrTheScreen() {
    assertThat(Enrol.run(List.of("--server", "127.0.0.1:1", "--code", "CF1-ABC", "--data", data.toString())))
        .isEqualTo(2);
    assertThat(line()).startsWith("ENROL_CODE_MISTYPED: ").doesNotContain("ABC");
  }

  @Test
  void anUnknownArgumentIsNamed() throws Exception {
    assertThat(Terminal.run(List.of("--dat", "x"))).isEqualTo(2);
    assertThat(line()).startsWith("USAGE: ").contains("--dat");
    assertThat(Terminal.run(List.of("sell"))).isEqualTo(2);
  }

  private void enrol() throws Exception {
    try (var server = new TestEnrolmentServer()) {
      assertThat(Enrol
          .run(List.of("--server", server.address().toString(), "--code=" + server.code().text(), "--data",
              data.toString(), "--board-serial", "board-1")))
          .as(errors.toString(StandardCharsets.UTF_8)).isZero();
      assertThat(errors.toString(StandardCharsets.UTF_8)).doesNotContain(server.code().secret());
    }
  }

  private void cannotRun(String code, String detail) throws Exception {
    assertThat(Terminal.run(List.of("--data", data.toString(), "--board-serial", "board-1"))).isEqualTo(2);
    assertThat(line()).startsWith(code + ": ").contains(detail);
  }

  /// The one line that tells what is wrong.
  private String line() {
    var lines = errors.toString(StandardCharsets.UTF_8).lines().filter(text -> !text.contains(" level="))
        .toList();
    assertThat(lines).hasSize(1);
    return lines.getFirst();
  }
}
