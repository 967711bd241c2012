package dev.counterfoil.terminal.app;

import dev.counterfoil.terminal.device.CardProver;
import dev.counterfoil.terminal.enrolment.EnrolmentException;
import dev.counterfoil.terminal.enrolment.IdentityFile;
import dev.counterfoil.terminal.font.FontFile;
import dev.counterfoil.terminal.health.DeviceSetup;
import dev.counterfoil.terminal.health.LastSync;
import dev.counterfoil.terminal.health.Finding;
import dev.counterfoil.terminal.health.DoctorReport;
import dev.counterfoil.terminal.health.Doctor;
import dev.counterfoil.terminal.health.SpokenWords;
import dev.counterfoil.terminal.health.WatchdogCheck;
import dev.counterfoil.terminal.line.MonotonicClock;
import dev.counterfoil.terminal.secret.BoardSeal;
import dev.counterfoil.terminal.secret.BoardSerial;
import dev.counterfoil.terminal.secret.KeyFaultException;
import dev.counterfoil.terminal.secret.KeyFolder;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.ArrayList;
import java.nio.file.Files;
import java.util.Optional;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// `counterfoil terminal`: sells until it is told to stop; `counterfoil terminal doctor` checks the devices; `status`
/// tells how the terminal is while it runs.
///
/// Exit codes: 0 stopped in order (doctor, status: all well), 1 doctor or status found a fault, 2 could not start and one line says why,
/// 70 a mistake in the program, 75 the server asked for a new start.
public final class Terminal {

  private static final Logger LOG = LoggerFactory.getLogger(Terminal.class);
  static final Set<String> OPTIONS = Set.of("--data", "--config", "--board-serial", "--out",
      "--from", "--log");
  private static final String CARDS = "cards";
  private static final String SUPPORT_BUNDLE = "support-bundle";
  static final Set<String> FLAGS = Set.of("--help", "-h", "--json", "--with-records", "--without-doctor");
  /// A stop must be over three seconds after it was asked for (SIGTERM), or the system kills the program.
  private static final long STOP_MILLIS = 2_800;

  private static final String USAGE = """
      usage: counterfoil terminal [run|doctor|status|support-bundle FILE.zip|font|rehearse] [OPTIONS]

        run      sell (default)
        doctor   check reader, displays, keypad and lamps, say what is wrong with each
        status   how this terminal is, line by line; takes no lock and opens no device, so the program may run.
                 Exit code 0 healthy, 1 not
        support-bundle FILE.zip
                 pack status, doctor's report, configuration, versions, log and a summary of the journal for
                 somebody who helps from afar; secrets, cards and persons are left out, and a manifest says so
        font     write the glyphs that this terminal's displays need into a file of their own
        rehearse start without board and server and stop again; the launcher makes the start cache with it

        --data DIR         folder of keys, journal and terminal.toml (default: counterfoil-terminal)
        --config FILE      configuration (default: DIR/terminal.toml, if there is one)
        --board-serial S   serial of this board, where the machine does not tell one
        --json             status: one object for programs
        --log FILE         support-bundle: the terminal's log, such as from journalctl; - reads standard input
        --with-records     support-bundle: list the headers of the newest 1,000 records, never what they say
        --without-doctor   support-bundle: do not try the devices
        --out FILE         font: what to write (default: DIR/font.hex, where the terminal looks for it)
        --from FILE        font: a font in Unifont's format (default: that of the package unifont)

      Prints one line 'READY terminal=NAME link=HOST:PORT' when it can sell; logs go to standard error.
      """;

  private Terminal() {}

  /// Runs the command and ends the program.
  public static void main(String[] words) throws InterruptedException {
    System.exit(run(List.of(words)));
  }

  static int run(List<String> words) throws InterruptedException {
    try {
      boolean named = !words.isEmpty() && !words.getFirst().startsWith("-");
      String command = named ? words.getFirst() : "run";
      boolean packs = command.equals(SUPPORT_BUNDLE) && words.size() > 1 && !words.get(1).startsWith("-");
      var arguments = Arguments.parse(words.subList(packs ? 2 : named ? 1 : 0, words.size()), OPTIONS, FLAGS);
      if (arguments.has("--help") || arguments.has("-h")) {
        System.out.print(USAGE);
        return 0;
      }
      LogLines.begin();
      return switch (command) {
        case "run" -> sell(arguments);
        case "doctor" -> examine(arguments);
        case "status" -> StatusCommand.run(arguments);
        case SUPPORT_BUNDLE -> {
          if (!packs) {
            throw new StartException("USAGE", "support-bundle needs the name of the file to make");
          }
          yield SupportCommand.run(arguments, Path.of(words.get(1)));
        }
        case "font" -> SubsetCommand.run(arguments);
        case "rehearse" -> Rehearsal.run();
        default ->
          throw new StartException("USAGE", "there is no command " + command + "; --help lists them");
      };
    } catch (StartException e) {
      System.err.println(e.line());
      return StartException.EXIT_CODE;
    }
  }

  private static int sell(Arguments arguments) throws StartException, InterruptedException {
    var parts = parts(arguments);
    var ended = new CountDownLatch(1);
    String name = parts.name();
    String server = parts.server().toString();
    try (var terminal = RunningTerminal.open(parts, new SecureRandom(), InstantSource.system(),
        MonotonicClock.system(), detail -> {
          System.out.println("READY terminal=" + name + " link=" + server + " " + detail);
          System.out.flush();
        })) {
      Runtime.getRuntime().addShutdownHook(new Thread(() -> endInOrder(terminal, ended), "stop"));
      LOG.info("event=start terminal={} id={} server={} software={}", name, parts.identity().terminal(),
          server,
          RunningTerminal.SOFTWARE);
      return terminal.run();
    } finally {
      ended.countDown();
    }
  }

  /// On SIGTERM: waits for the orderly end, then ends with 0, because that is what was asked for.
  private static void endInOrder(RunningTerminal terminal, CountDownLatch ended) {
    boolean asked = ended.getCount() > 0;
    if (!asked) {
      return;
    }
    terminal.stop();
    try {
      int code = ended.await(STOP_MILLIS, TimeUnit.MILLISECONDS) ? 0 : RunningTerminal.EXIT_DEFECT;
      Runtime.getRuntime().halt(code);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  static RunningTerminal.Parts parts(Arguments arguments) throws StartException {
    var config = arguments.config();
    Path data = arguments.data();
    try {
      var identity = new IdentityFile(data).read();
      String serial = boardSerial(arguments);
      return new RunningTerminal.Parts(config, identity, keys(data, serial), serial,
          OpenJournal.Place.of(data, config.journal()), data);
    } catch (EnrolmentException e) {
      throw new StartException(e.code(), String.valueOf(e.getMessage()), e);
    }
  }

  static KeyFolder keys(Path data, String boardSerial) {
    return new KeyFolder(data.resolve("keys"), new BoardSeal(boardSerial, new SecureRandom()));
  }

  static String boardSerial(Arguments arguments) throws StartException {
    return arguments.value("--board-serial").or(BoardSerial::find).orElseThrow(
        () -> new StartException("BOARD_SERIAL_UNKNOWN",
            "this machine tells no serial; give one with --board-serial"));
  }

  private static int examine(Arguments arguments) throws StartException, InterruptedException {
    var report = examine(arguments, finding -> System.out.println(finding.line()));
    System.out.println(report.summary());
    return report.exitCode();
  }

  /// Looks at everything that the doctor looks at.
  ///
  /// @param progress takes each finding as it is made
  static DoctorReport examine(Arguments arguments, Consumer<Finding> progress)
      throws StartException, InterruptedException {
    var findings = new ArrayList<Finding>();
    lastSync(arguments).ifPresent(findings::add);
    var config = arguments.config();
    config.speech().map(set -> SpokenWords.find(Path.of(set.folder()), config.terminal().language()))
        .ifPresent(findings::add);
    config.watchdog().map(set -> WatchdogCheck.find(Path.of(set.device()), set.timeoutSeconds()))
        .ifPresent(findings::add);
    var prover = prover(arguments, findings);
    findings.forEach(progress);
    findings.addAll(Doctor
        .forThisMachine(devices(config, arguments.data()), config.gpioChip(), prover, progress)
        .examine().findings());
    return new DoctorReport(findings);
  }

  /// The rule by which cards are taken; while its keys cannot be read, a card's word has to do.
  private static CardProver prover(Arguments arguments, List<Finding> findings) throws StartException {
    var card = arguments.config().card();
    try {
      var prover = CardRules.prover(card, arguments.data(), new SecureRandom());
      findings.add(new Finding(true, "OK", CARDS, "[card] proof = " + card.proof(), ""));
      return prover;
    } catch (KeyFaultException e) {
      findings.add(new Finding(false, e.code().name(), CARDS, String.valueOf(e.getMessage()),
          "see [card] key-file"));
      return CardProver.UID;
    }
  }

  /// Empty on a board that is not enrolled yet: its devices can be checked all the same.
  static Optional<Finding> lastSync(Arguments arguments) throws StartException {
    if (!Files.exists(arguments.data().resolve(IdentityFile.NAME))) {
      return Optional.empty();
    }
    try {
      var config = arguments.config();
      var identity = new IdentityFile(arguments.data()).read();
      return Optional.of(LastSync.find(OpenJournal.Place.of(arguments.data(), config.journal()).journal(),
          RunningTerminal.server(config, identity).toString()));
    } catch (EnrolmentException e) {
      throw new StartException(e.code(), String.valueOf(e.getMessage()), e);
    }
  }

  private static DeviceSetup devices(TerminalConfig config, Path data) {
    var font = ScreenFont.isNeeded(config)
        ? Optional.of(ScreenFont.find(config, data, config.terminal().name()))
        : Optional.<FontFile.Found>empty();
    return new DeviceSetup(
        config.reader().filter(set -> set.pcsc().isEmpty()).map(TerminalConfig.Reader::place),
        config.display(), config.customerDisplay(), font,
        config.keypad().map(set -> new DeviceSetup.Keypad(set.rows(), set.columns())),
        config.lamps().map(set -> new DeviceSetup.Lamps(set.green(), set.red(), set.buzzer())),
        config.printer().map(
            set -> new DeviceSetup.Printer(set.where(), set.file().isEmpty() ? set.baud() : 0, set.cut())),
        config.inputs(), config.reader().map(TerminalConfig.Reader::pcsc).filter(name -> !name.isEmpty()));
  }
}
