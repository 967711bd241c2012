package dev.counterfoil.terminal.app;

import dev.counterfoil.terminal.driver.screen.DisplayWiring;
import dev.counterfoil.terminal.enrolment.EnrolmentException;
import dev.counterfoil.terminal.enrolment.Identity;
import dev.counterfoil.terminal.enrolment.IdentityFile;
import dev.counterfoil.terminal.journal.JournalGlance;
import dev.counterfoil.terminal.journal.StoreException;
import dev.counterfoil.terminal.status.Found;
import dev.counterfoil.terminal.status.Found.Medium;
import dev.counterfoil.terminal.status.Found.Problem;
import dev.counterfoil.terminal.status.RunStatus;
import dev.counterfoil.terminal.status.StatusReport;
import dev.counterfoil.terminal.status.StatusRules;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/// `counterfoil terminal status`: how the terminal of a data folder is, whether its program runs or not. Reads files only: it
/// takes no lock, opens no device and asks no network, so a running terminal does not notice.
final class StatusCommand {

  private StatusCommand() {}

  /// @return 0 healthy, 1 not
  static int run(Arguments arguments) {
    StatusReport report = report(arguments);
    System.out.print(arguments.has("--json") ? report.json() : report.text());
    return report.exitCode();
  }

  static StatusReport report(Arguments arguments) {
    return StatusRules.judge(find(arguments, 0));
  }

  /// Looks at everything once; what cannot be read becomes a line of its own and stops nothing.
  ///
  /// @param records newest records of the journal to read, without what they say
  static Found find(Arguments arguments, int records) {
    Path data = arguments.data();
    TerminalConfig config = TerminalConfigFile.defaults();
    Optional<Problem> configProblem = Optional.empty();
    try {
      config = arguments.config();
    } catch (StartException e) {
      configProblem = Optional.of(new Problem(e.code(), String.valueOf(e.getMessage())));
    }
    Optional<Identity> identity = Optional.empty();
    Optional<Problem> identityProblem = Optional.empty();
    try {
      identity = Optional.of(new IdentityFile(data).read());
    } catch (EnrolmentException e) {
      identityProblem = Optional.of(new Problem(e.code(), String.valueOf(e.getMessage())));
    }
    var place = OpenJournal.Place.of(data, config.journal());
    Optional<JournalGlance> journal = Optional.empty();
    Optional<Problem> journalProblem = Optional.empty();
    try {
      journal = Optional.of(JournalGlance.into(place.journal(), records));
    } catch (StoreException e) {
      journalProblem = Optional.of(problem(place.journal(), e));
    }
    TerminalConfig used = config;
    return new Found(InstantSource.system().millis(), configFile(arguments), configProblem,
        identity.map(who -> who.terminal().toString()).orElse(""),
        identity.map(who -> used.terminal().name().isEmpty() ? who.name() : used.terminal().name())
            .orElse(""),
        identityProblem, identity.map(who -> RunningTerminal.server(used, who).toString()).orElse(""),
        run(data),
        RunMarker.markIn(data), place.journal().toString(), journal, journalProblem,
        place.settings().capacityRecords(), devices(used),
        List.of(medium("journal", place.journal()), medium("mirror", place.mirror())));
  }

  static String configFile(Arguments arguments) {
    return arguments.configFile().map(Path::toString).orElse("none, defaults hold");
  }

  private static Optional<RunStatus> run(Path data) {
    try {
      return RunStatus.in(data);
    } catch (IOException _) {
      // Written by another user's program, or not readable at all: as if there were none, which the line then says.
      return Optional.empty();
    }
  }

  private static Problem problem(Path journal, StoreException e) {
    String said = String.valueOf(e.getMessage());
    return switch (e.failure()) {
      case ABSENT -> new Problem("JOURNAL_MISSING", journal + " is not there; put it back, or enrol again");
      case NEWER_SCHEMA -> new Problem("JOURNAL_NEWER", said);
      case LOCKED, DISK_FULL, READ_ONLY, IO_ERROR, CORRUPT, STALE_HEAD ->
        new Problem("JOURNAL_UNREADABLE", said);
    };
  }

  private static Medium medium(String what, Path file) {
    Path folder = file.toAbsolutePath().getParent();
    try {
      return new Medium(what, file.toString(), OptionalLong.of(Files.getFileStore(folder).getUsableSpace()));
    } catch (IOException _) {
      return new Medium(what, file.toString(), OptionalLong.empty());
    }
  }

  private static List<String> devices(TerminalConfig config) {
    var names = new ArrayList<String>();
    config.reader().ifPresent(_ -> names.add("reader"));
    config.display().ifPresent(_ -> names.add("display"));
    config.customerDisplay().ifPresent(_ -> names.add("customer-display"));
    config.keypad().ifPresent(_ -> names.add("keypad"));
    config.printer().ifPresent(_ -> names.add("printer"));
    boolean board = config.keypad().isPresent() || config.lamps().isPresent()
        || config.display().filter(DisplayWiring.OnBoard.class::isInstance).isPresent();
    if (board) {
      names.add("board");
    }
    config.inputs().scale().ifPresent(_ -> names.add("scale"));
    config.watchdog().ifPresent(_ -> names.add("watchdog"));
    return names;
  }
}
