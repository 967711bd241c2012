package dev.counterfoil.sim.demo;

import dev.counterfoil.sim.device.SimTerminalHardware;
import dev.counterfoil.sim.verify.RunFolder;
import dev.counterfoil.sim.verify.TapLog;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/// All that a run consists of: server, wire, counters, customers, and the folder with the evidence. Closing it ends
/// every process.
final class Canteen implements AutoCloseable {

  private static final long HOLDER_UNITS = 900;

  private final RunFolder folder;
  private final Path hardwareFolder;
  /// Ctrl-C ends the JVM without closing anything.
  private final Thread hook = new Thread(this::deleteHardwareFolder, "delete-hardware");
  private final Programs programs;
  private final ServerProcess server;
  private final CutProxy wire;
  private final OperatorDesk admin;
  private final Bank bank;
  private final TapLog taps;
  private final List<Counter> counters = new ArrayList<>();
  private final Cardholder operator;
  private final Cardholder frozen;
  private final Cardholder lost;
  private final Cardholder poor;
  private final Cardholder guest;

  /// Puts everything together; nothing runs yet.
  ///
  /// @param root   the project's root
  /// @param folder new and empty
  Canteen(Path root, RunFolder folder, DemoScale scale) throws IOException {
    this.folder = folder;
    Files.createDirectories(folder.root());
    // Names of Unix sockets are short, those of run folders need not be.
    this.hardwareFolder = Files.createTempDirectory("cf-hw");
    Runtime.getRuntime().addShutdownHook(hook);
    this.programs = new Programs(root, folder.logs());
    this.server = new ServerProcess(programs, folder, "CNY");
    this.wire = new CutProxy(server.link());
    this.admin = new OperatorDesk(folder.serverData());
    this.bank = new Bank(admin, folder.cards());
    this.taps = new TapLog(folder.taps());
    int number = 0;
    for (DemoTerminal terminal : scale.terminals()) {
      var holders = new ArrayList<Cardholder>();
      for (int i = 0; i < scale.holders(); i++) {
        holders.add(Cardholder.number(number++, HOLDER_UNITS));
      }
      counters.add(
          new Counter(terminal, folder.terminal(terminal.name()), "board-" + terminal.name(),
              hardware(terminal.name()), holders, taps, programs));
    }
    operator = Cardholder.number(number++, 0);
    frozen = Cardholder.number(number++, HOLDER_UNITS);
    lost = Cardholder.number(number++, HOLDER_UNITS);
    poor = Cardholder.number(number++, 0);
    guest = Cardholder.number(number, HOLDER_UNITS);
  }

  /// Hardware of its own for one more board.
  SimTerminalHardware hardware(String name) {
    return SimTerminalHardware.in(hardwareFolder.resolve(name)).seed(name.hashCode()).open();
  }

  /// Gives everybody an account, a card and money.
  ///
  /// @return cards issued
  int fund() throws IOException {
    var all = new ArrayList<Cardholder>();
    counters.forEach(counter -> all.addAll(counter.holders()));
    all.addAll(List.of(frozen, lost, poor, guest));
    for (Cardholder holder : all) {
      bank.admit(holder.label(), holder.uid(), holder.openingMinor());
    }
    bank.admitOperator(operator.label(), operator.uid());
    return all.size() + 1;
  }

  /// Starts the server and enrols the first counter, which stays switched off.
  Counter enrolledCounter() throws IOException, InterruptedException {
    server.start();
    fund();
    Counter counter = counters.getFirst();
    counter.configure(wire.port());
    counter.enrol(enrolmentCode(counter.name()), wire.port());
    return counter;
  }

  /// A fresh one-time code for a terminal.
  String enrolmentCode(String name) throws IOException {
    return admin.one("code", "create", "--name", name).getString("code");
  }

  /// Received and settled marks of all terminals by name.
  Map<String, JsonObject> marks() throws IOException {
    return admin.run("terminal", "list").stream()
        .collect(Collectors.toMap(row -> row.getString("name"), row -> row, (_, last) -> last));
  }

  /// Sum of the records received so far.
  long received() throws IOException {
    return marks().values().stream().mapToLong(row -> row.getLong("received")).sum();
  }

  List<JsonObject> exceptions() throws IOException {
    return admin.run("exception", "list", "--all");
  }

  RunFolder folder() {
    return folder;
  }

  Programs programs() {
    return programs;
  }

  ServerProcess server() {
    return server;
  }

  CutProxy wire() {
    return wire;
  }

  Bank bank() {
    return bank;
  }

  TapLog taps() {
    return taps;
  }

  List<Counter> counters() {
    return counters;
  }

  Cardholder operator() {
    return operator;
  }

  Cardholder frozen() {
    return frozen;
  }

  Cardholder lost() {
    return lost;
  }

  Cardholder poor() {
    return poor;
  }

  /// Has bought nothing yet today, so that no limit of a day stands in the way.
  Cardholder guest() {
    return guest;
  }

  @Override
  public void close() throws IOException {
    programs.close();
    wire.close();
    counters.forEach(Counter::close);
    taps.close();
    Runtime.getRuntime().removeShutdownHook(hook);
    deleteHardwareFolder();
  }

  private void deleteHardwareFolder() {
    try (var paths = Files.walk(hardwareFolder)) {
      for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(path);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
