package dev.counterfoil.terminal.app;

import dev.counterfoil.terminal.journal.JournalGlance;
import dev.counterfoil.terminal.secret.BoardSerial;
import dev.counterfoil.terminal.status.Found;
import dev.counterfoil.terminal.status.RunStatus;
import dev.counterfoil.terminal.status.StatusReport;
import dev.counterfoil.terminal.status.StatusRules;
import dev.counterfoil.terminal.support.Redactor;
import dev.counterfoil.terminal.support.SupportBundle;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// `counterfoil terminal support-bundle`: packs what somebody who helps from afar needs, and nothing that is a secret or names a
/// person ([Redactor]). Whatever cannot be read is said so; there is always a bundle, unless its own file cannot be written.
final class SupportCommand {

  /// Of the log, the newest.
  static final int LOG_LINES = 5_000;
  /// Longer ones are cut.
  static final int LOG_LINE_CHARACTERS = 2_000;
  /// Records whose kinds are counted.
  static final int COUNTED_RECORDS = 20_000;
  /// Records whose headers are listed on demand.
  static final int LISTED_RECORDS = 1_000;

  private static final Path DEVICE_TREE_MODEL = Path.of("/proc/device-tree/model");
  private static final Path KERNEL = Path.of("/proc/version");

  private final Arguments arguments;
  private final Found found;
  private final SupportBundle bundle;

  private SupportCommand(Arguments arguments) {
    this.arguments = arguments;
    this.found = StatusCommand.find(arguments, COUNTED_RECORDS);
    Path data = arguments.data();
    Optional<String> serial = arguments.value("--board-serial").or(BoardSerial::find);
    this.bundle = new SupportBundle(new Redactor(List.of(found.terminal())),
        SecretSources.of(data, arguments.configFile(), serial, keyFiles(arguments), System.getenv()));
  }

  /// @param file to be made
  /// @throws StartException BUNDLE_EXISTS, BUNDLE_UNWRITABLE
  static int run(Arguments arguments, Path file) throws StartException, InterruptedException {
    var command = new SupportCommand(arguments);
    command.gather();
    command.write(file);
    System.out.println(file.toAbsolutePath() + ": look into it before you send it; " + SupportBundle.MANIFEST
        + " lists what is in it and what was left out");
    return 0;
  }

  private void gather() throws InterruptedException {
    StatusReport status = StatusRules.judge(found);
    bundle.add("status.txt", status.text());
    bundle.add("status.json", status.json());
    doctor();
    config();
    bundle.add("versions.txt", versions());
    log();
    journal();
    bundle.add("disk.txt", disk());
    bundle.leaveOut("keys, certificates, identity", "secrets never leave this machine");
    bundle.leaveOut("records, accounts, deny list, mirror", "they name cards; the server has the records");
    bundle.leaveOut("environment", "it may hold secrets");
    bundle.leaveOut("board serial", "the keys are sealed with it");
  }

  private void doctor() throws InterruptedException {
    if (arguments.has("--without-doctor")) {
      bundle.leaveOut("doctor.txt", "as asked for");
    } else if (found.run().filter(RunStatus::isAlive).isPresent()) {
      bundle.leaveOut("doctor.txt", "the terminal runs and uses its devices; status.txt has their states");
    } else {
      var lines = new StringBuilder();
      try {
        var report = Terminal.examine(arguments, finding -> lines.append(finding.line()).append('\n'));
        bundle.add("doctor.txt", lines + report.summary() + "\n");
      } catch (StartException | RuntimeException e) {
        bundle.add("doctor.txt", lines + "the doctor could not go on: " + e + "\n");
      }
    }
  }

  private void config() {
    Optional<Path> file = arguments.configFile();
    if (file.isEmpty()) {
      bundle.leaveOut("terminal.toml", "there is none; defaults hold");
      return;
    }
    try {
      bundle.add("terminal.toml", new String(Files.readAllBytes(file.get()), StandardCharsets.UTF_8));
    } catch (IOException e) {
      bundle.leaveOut("terminal.toml", "cannot be read: " + e);
    }
  }

  private void log() {
    Optional<String> from = arguments.value("--log");
    if (from.isEmpty()) {
      bundle.leaveOut("log.txt",
          "none was given: journalctl -u counterfoil-terminal | … support-bundle FILE --log -");
      return;
    }
    try (var reader = from.get().equals("-")
        ? new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))
        : new BufferedReader(
            new InputStreamReader(Files.newInputStream(Path.of(from.get())), StandardCharsets.UTF_8))) {
      bundle.add("log.txt", last(reader));
    } catch (IOException e) {
      bundle.leaveOut("log.txt", "cannot be read: " + e);
    }
  }

  private static String last(BufferedReader reader) throws IOException {
    Deque<String> lines = new ArrayDeque<>();
    for (String line = reader.readLine(); line != null; line = reader.readLine()) {
      lines.add(line.length() <= LOG_LINE_CHARACTERS ? line : line.substring(0, LOG_LINE_CHARACTERS) + "…");
      if (lines.size() > LOG_LINES) {
        lines.remove();
      }
    }
    return lines.stream().map(line -> line + "\n").collect(Collectors.joining());
  }

  private void journal() {
    if (found.journal().isEmpty()) {
      String why = found.journalProblem().map(problem -> problem.code() + " " + problem.detail()).orElse("");
      bundle.leaveOut("journal.txt", why);
      return;
    }
    JournalGlance glance = found.journal().get();
    bundle.add("journal.txt", summary(glance));
    if (arguments.has("--with-records")) {
      bundle.add("records.txt", headers(glance.newest()));
    } else {
      bundle.leaveOut("records.txt",
          "not asked for (--with-records); it would list headers, never what records say");
    }
  }

  private static String summary(JournalGlance glance) {
    var state = glance.state();
    var kinds = new TreeMap<String, Long>();
    glance.newest().forEach(header -> kinds.merge(header.kind(), 1L, Long::sum));
    var ack = state.ack().statement();
    var text = new StringBuilder();
    text.append("schema=").append(glance.schema()).append("\nstored=").append(state.recordCount())
        .append(" from=").append(state.origin().seq() + 1).append(" to=").append(state.head().seq())
        .append("\nturnover=").append(state.head().turnover()).append("\nreceived=")
        .append(ack.getReceived().getSeq())
        .append(" settled=").append(ack.getSettled().getSeq()).append(" safe=").append(ack.getSafe().getSeq())
        .append(" unsent=").append(state.unsent()).append("\nepoch=")
        .append(Integer.toUnsignedLong(state.epoch().id().number())).append(" starts=")
        .append(state.boots().count())
        .append(" stopped_in_order=").append(state.boots().stopped()).append("\nbarred=")
        .append(state.barred().map(Enum::name).orElse("no")).append(" locked=").append(state.locked())
        .append(" gap_seq=").append(state.gapSeq()).append("\n\nkinds of the newest ")
        .append(glance.newest().size())
        .append(" records:\n");
    kinds.forEach((kind, count) -> text.append(kind).append(' ').append(count).append('\n'));
    return text.toString();
  }

  private static String headers(List<JournalGlance.Header> newest) {
    return newest.subList(Math.max(0, newest.size() - LISTED_RECORDS), newest.size()).stream()
        .map(header -> "seq=" + header.seq() + " kind=" + header.kind() + " at="
            + Instant.ofEpochMilli(header.wallMillis()) + " quality=" + header.timeQuality() + " amount="
            + header.amountMinor() + " turnover=" + header.turnover() + " body_bytes=" + header.bodyLength()
            + "\n")
        .collect(Collectors.joining());
  }

  private String versions() {
    return "software=" + RunningTerminal.SOFTWARE + "\njava=" + Runtime.version() + "\nos="
        + System.getProperty("os.name")
        + " " + System.getProperty("os.version") + " " + System.getProperty("os.arch") + "\nkernel="
        + firstLine(KERNEL) + "\nboard=" + firstLine(DEVICE_TREE_MODEL) + "\njournal_schema="
        + found.journal().map(glance -> Integer.toString(glance.schema())).orElse("unknown") + "\n";
  }

  private static String firstLine(Path file) {
    try {
      return Files.readString(file).lines().findFirst().orElse("").replace("\0", "");
    } catch (IOException _) {
      return "unknown";
    }
  }

  private String disk() {
    var text = new StringBuilder();
    found.media()
        .forEach(medium -> text.append(medium.what()).append(' ').append(medium.path()).append(" free=")
            .append(medium.freeBytes().isPresent() ? medium.freeBytes().getAsLong() / 1_024 + "k" : "unknown")
            .append('\n'));
    try (Stream<Path> files = Files.walk(arguments.data(), 2)) {
      files.sorted().forEach(file -> text.append(described(file)).append('\n'));
    } catch (IOException | java.io.UncheckedIOException e) {
      text.append("data folder cannot be read: ").append(e).append('\n');
    }
    return text.toString();
  }

  private String described(Path file) {
    try {
      return Files.getPosixFilePermissions(file).stream().map(Enum::name).sorted()
          .collect(Collectors.joining(","))
          + " " + Files.size(file) + " " + Files.getLastModifiedTime(file) + " "
          + arguments.data().relativize(file);
    } catch (IOException e) {
      return "? " + e;
    }
  }

  /// The cards' keys, wherever the configuration says; where it cannot be read, its usual place.
  private static List<Path> keyFiles(Arguments arguments) {
    try {
      return List.of(arguments.data().resolve(arguments.config().card().keyFile()));
    } catch (StartException _) {
      return List.of(arguments.data().resolve(TerminalConfigFile.defaults().card().keyFile()));
    }
  }

  private void write(Path file) throws StartException {
    Map<String, Object> facts = new LinkedHashMap<>();
    facts.put("made", Instant.ofEpochMilli(found.nowMillis()).toString());
    facts.put("software", RunningTerminal.SOFTWARE);
    facts.put("terminal", found.terminal());
    try {
      bundle.write(file, facts);
    } catch (FileAlreadyExistsException e) {
      throw new StartException("BUNDLE_EXISTS", file + " is there already; name another file", e);
    } catch (IOException e) {
      throw new StartException("BUNDLE_UNWRITABLE", file + ": " + e, e);
    }
  }
}
