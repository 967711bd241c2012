package dev.counterfoil.sim.demo;

import dev.counterfoil.sim.device.SimTerminalHardware;
import dev.counterfoil.sim.verify.Tap;
import dev.counterfoil.sim.verify.TapLog;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// One place to pay: hardware that outlives everything, a terminal process that may be killed, and the customers who
/// stand there. One thread sells at a counter; another may cut its power meanwhile.
final class Counter implements AutoCloseable {

  private static final Pattern READY = Pattern.compile("^READY terminal=");
  private static final Duration START_PATIENCE = Duration.ofSeconds(60);
  private static final long STUCK_MILLIS = 250;

  private final DemoTerminal terminal;
  private final Path folder;
  private final String boardSerial;
  private final SimTerminalHardware hardware;
  private final List<Cardholder> holders;
  private final Customer customer;
  private final Programs programs;
  private final AtomicInteger next = new AtomicInteger();
  private volatile @Nullable Child process;
  private volatile int starts;

  /// @param folder      the terminal's data folder
  /// @param boardSerial what the board says it is
  /// @param hardware switched on; closed with this counter
  /// @param holders  who buys here and nowhere else
  Counter(DemoTerminal terminal, Path folder, String boardSerial, SimTerminalHardware hardware,
      List<Cardholder> holders,
      TapLog log,
      Programs programs) {
    this.terminal = terminal;
    this.folder = folder;
    this.boardSerial = boardSerial;
    this.hardware = hardware;
    this.holders = List.copyOf(holders);
    this.programs = programs;
    this.customer = new Customer(terminal, hardware, log, InstantSource.system());
  }

  String name() {
    return terminal.name();
  }

  String boardSerial() {
    return boardSerial;
  }

  DemoTerminal terminal() {
    return terminal;
  }

  Path folder() {
    return folder;
  }

  SimTerminalHardware hardware() {
    return hardware;
  }

  Customer customer() {
    return customer;
  }

  List<Cardholder> holders() {
    return holders;
  }

  /// Writes the configuration that enrolment and terminal read.
  ///
  /// @param port where the wire to the server begins
  void configure(int port) throws IOException {
    Files.createDirectories(folder);
    Files.writeString(folder.resolve("terminal.toml"), terminal.toml(hardware.readerPath().toString(), port));
  }

  /// Enrols with a one-time code; blocks until the process has ended.
  void enrol(String code, int port) throws IOException, InterruptedException {
    Child enrolment = programs.start("enrol-" + name(), environment(),
        List.of("enrol", "--data", folder.toString(),
            "--board-serial", boardSerial, "--server", "127.0.0.1:" + port, "--code", code));
    int exit = enrolment.exitCode(START_PATIENCE);
    if (exit != 0) {
      throw new ChildException(
          "enrolment of " + name() + " failed:\n  " + String.join("\n  ", enrolment.output()));
    }
  }

  /// Starts the terminal process; [#awaitReady] tells when it sells.
  void powerOn() throws IOException {
    starts++;
    process = programs.start(
        "terminal-" + boardSerial.replace("board-", "") + (starts == 1 ? "" : "-" + starts),
        environment(),
        List.of("terminal", "--data", folder.toString(), "--board-serial", boardSerial));
  }

  /// Starts it by a command of its own in place of the launcher.
  void powerOn(List<String> command) throws IOException {
    starts++;
    process = programs.start("terminal-" + terminal.name() + "-" + starts, new ProcessBuilder(command));
  }

  /// Waits for the line that says that it can sell.
  void awaitReadyLine() throws InterruptedException {
    running().await(READY, START_PATIENCE);
  }

  /// Ends it in order; returns when it is gone.
  void switchOff() throws InterruptedException {
    running().stop();
  }

  private Child running() {
    Child started = process;
    if (started == null) {
      throw new IllegalStateException(name() + " is switched off");
    }
    return started;
  }

  private Map<String, String> environment() {
    return Map.of("COUNTERFOIL_SIM_SOCKET", hardware.socketPath().toString());
  }

  /// Waits for the glass to ask for an amount or a card.
  void awaitReady() throws InterruptedException {
    Child started = process;
    if (!hardware.awaitGlass(Glass::isIdle, START_PATIENCE.toMillis())) {
      throw new ChildException("terminal " + name() + " is not ready; its glass says '"
          + Glass.oneLine(hardware.glass()) + "'" + (started == null ? ""
              : ", it printed\n  "
                  + String.join("\n  ", started.output())));
    }
  }

  /// Waits for a process that cannot start, and tells what it said.
  String awaitRefusal() throws InterruptedException {
    Child started = process;
    if (started == null) {
      throw new IllegalStateException(name() + " was not started");
    }
    int exit = started.exitCode(START_PATIENCE);
    return "exit code " + exit + ", "
        + started.output().stream().filter(line -> line.matches("[A-Z_]+: .*")).findFirst()
            .orElse("no reason given");
  }

  /// SIGKILL, and the lights go out.
  void cutPower() throws InterruptedException {
    Child running = process;
    if (running != null) {
      running.kill();
    }
    hardware.powerCycle();
  }

  /// Sells to one customer after the other while the condition holds.
  ///
  /// @param approvals counts approvals seen on the glass, also those of other counters
  /// @return approvals of this counter
  int sellWhile(BooleanSupplier open, AtomicInteger approvals) throws InterruptedException {
    int approved = 0;
    while (open.getAsBoolean() && !Thread.currentThread().isInterrupted()) {
      Tap tap = sellOne();
      if (tap.glass() == Tap.Glass.APPROVED) {
        approved++;
        approvals.incrementAndGet();
      }
      if (tap.glass() == Tap.Glass.DARK) {
        customer.awaitIdle(STUCK_MILLIS);
      }
    }
    return approved;
  }

  int sellWhile(BooleanSupplier open) throws InterruptedException {
    return sellWhile(open, new AtomicInteger());
  }

  Tap sellOne() throws InterruptedException {
    int turn = next.getAndIncrement();
    return customer.buy(holders.get(turn % holders.size()),
        terminal.prices().get(turn % terminal.prices().size()));
  }

  /// Process id of the terminal program.
  ///
  /// @throws IllegalStateException if it was never started
  long pid() {
    return running().pid();
  }

  /// Whether the terminal process runs.
  boolean isRunning() {
    Child running = process;
    return running != null && running.isAlive();
  }

  @Override
  public void close() {
    hardware.close();
  }
}
