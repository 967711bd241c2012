package dev.counterfoil.terminal.app;

import dev.counterfoil.proto.v1.Channel;
import dev.counterfoil.proto.v1.Frame;
import dev.counterfoil.protocol.card.CardToken;
import dev.counterfoil.protocol.crypto.Ed25519Signer;
import dev.counterfoil.protocol.crypto.StrictVerifier;
import dev.counterfoil.protocol.id.BootId;
import dev.counterfoil.protocol.link.Backoff;
import dev.counterfoil.protocol.link.LinkLimits;
import dev.counterfoil.terminal.core.Effect;
import dev.counterfoil.terminal.core.Event;
import dev.counterfoil.terminal.core.LifeSigns;
import dev.counterfoil.terminal.core.Moment;
import dev.counterfoil.terminal.core.StartCause;
import dev.counterfoil.terminal.core.StartCause.Mark;
import dev.counterfoil.terminal.core.TerminalCore;
import dev.counterfoil.terminal.core.TerminalSetup;
import dev.counterfoil.terminal.device.CardProver;
import dev.counterfoil.terminal.device.DeviceFaultException;
import dev.counterfoil.terminal.device.FaultCode;
import dev.counterfoil.terminal.device.ScreenText;
import dev.counterfoil.terminal.device.Signal;
import dev.counterfoil.terminal.enrolment.Identity;
import dev.counterfoil.terminal.enrolment.ServerAddress;
import dev.counterfoil.terminal.journal.SigningKeys;
import dev.counterfoil.terminal.layout.Font;
import dev.counterfoil.terminal.line.MonotonicClock;
import dev.counterfoil.terminal.line.RealTimeClock;
import dev.counterfoil.terminal.line.linux.Kernel;
import dev.counterfoil.terminal.line.linux.NotifySocket;
import dev.counterfoil.terminal.line.linux.WatchdogFile;
import dev.counterfoil.terminal.sale.SaleSettings;
import dev.counterfoil.terminal.secret.KeyFaultException;
import dev.counterfoil.terminal.secret.KeyFolder;
import dev.counterfoil.terminal.secret.RotatingKeys;
import dev.counterfoil.terminal.uplink.LinkListener;
import dev.counterfoil.terminal.uplink.TlsIdentity;
import dev.counterfoil.terminal.uplink.Uplink;
import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import javax.net.ssl.SSLContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One run of a terminal: the core in the middle, on the thread that calls [#run], and its edges around it. Opens
/// everything or nothing; [#close] ends all threads and leaves the journal as a clean stop does.
final class RunningTerminal implements AutoCloseable {

  /// Name and version as told to the server and written into RESUME.
  static final String SOFTWARE = "counterfoil-terminal/0.1.0";

  /// What the program ends with when the server asked for a new start.
  static final int EXIT_RESTART = 75;
  /// What it ends with after a mistake in the program; whoever started it starts it again.
  static final int EXIT_DEFECT = 70;

  private static final String WATCHDOG = "watchdog";
  private static final Duration GOODBYE = Duration.ofSeconds(1);

  private static final Logger LOG = LoggerFactory.getLogger(RunningTerminal.class);

  private final JournalThread journalThread = new JournalThread();
  private final OpenJournal journal;
  private final TerminalCore core;
  private final CoreLoop loop;
  private final Devices devices;
  private final Uplink uplink;
  private final Optional<TillSocket> till;
  private final Consumer<String> ready;
  private final RunMarker marker;
  private final LifeKeeper life;
  private final StatusKeeper status;
  private boolean running;
  private boolean toldReady;
  private volatile String health = "STARTING";
  private volatile TerminalCore.Standing standing;
  private volatile int exitCode;

  /// What a terminal is made of, read and checked before anything is opened.
  ///
  /// @param boardSerial of this board
  /// @param place       of the journal
  record Parts(TerminalConfig config, Identity identity, KeyFolder keys, String boardSerial,
      OpenJournal.Place place,
      Path data) {

    ServerAddress server() {
      return RunningTerminal.server(config, identity);
    }

    String name() {
      return config.terminal().name().isEmpty() ? identity.name() : config.terminal().name();
    }
  }

  /// Where the installer says, or else as told at enrolment.
  static ServerAddress server(TerminalConfig config, Identity identity) {
    return new ServerAddress(
        config.server().host().isEmpty() ? identity.server().host() : config.server().host(),
        config.server().port() == 0 ? identity.server().port() : config.server().port());
  }

  private record Secrets(SigningKeys signing, SSLContext tls, byte[] cardKey, CardProver prover) {

    static Secrets of(Parts parts, SecureRandom random) throws StartException {
      try {
        var signing = RotatingKeys.open(parts.keys(), () -> Ed25519Signer.newSeed(random));
        return new Secrets(signing, TlsIdentity.context(parts.keys().load(KeyFolder.TLS_KEY),
            parts.identity().certificate(), parts.identity().authority()),
            parts.keys().load(KeyFolder.CARD_KEY),
            CardRules.prover(parts.config().card(), parts.data(), random));
      } catch (KeyFaultException e) {
        throw new StartException(e.code().name(), String.valueOf(e.getMessage()), e);
      } catch (GeneralSecurityException e) {
        throw new StartException("KEY_DAMAGED",
            "key and certificate do not belong together: " + e.getMessage(), e);
      }
    }
  }

  /// @param ready told once, when sales are possible
  /// @throws StartException why it cannot run; nothing is left open
  static RunningTerminal open(Parts parts, SecureRandom random, InstantSource wall, MonotonicClock monotonic,
      Consumer<String> ready) throws StartException {
    return new RunningTerminal(parts, Secrets.of(parts, random), random, wall, monotonic, ready);
  }

  private RunningTerminal(Parts parts, Secrets secrets, SecureRandom random, InstantSource wall,
      MonotonicClock monotonic, Consumer<String> ready) throws StartException {
    var signatures = new StrictVerifier();
    var boot = new BootId(random.nextLong(), random.nextLong());
    long start = monotonic.millis();
    this.ready = ready;
    this.journal = openJournal(parts, secrets, signatures, boot);
    this.marker = RunMarker.in(parts.data());
    var watchdog = parts.config().watchdog()
        .map(set -> new WatchdogFile(Kernel.system(), set.device(), set.timeoutSeconds()));
    var cause = cause(watchdog);
    var setup = new TerminalSetup(parts.identity().trust(signatures), SOFTWARE, parts.boardSerial(), boot,
        sale(parts), parts.config().ownCaps(), LinkLimits.DEFAULT,
        new Backoff(Backoff.DEFAULT.baseMillis(), parts.config().server().longestRetryMillis()),
        ZoneId.systemDefault(),
        clockKeepsRunning(parts.config().rtc(), wall), parts.identity().confirmationPending(),
        parts.config().lamps().isPresent(),
        parts.config().printer().filter(TerminalConfig.Printer::stops).isPresent(),
        parts.config().afterGapPercent(),
        TerminalSetup.DEFAULT_LINK_TICK_MILLIS, cause, parts.place().settings().capacityRecords());
    this.core = new TerminalCore(setup, new Moment(0, wall.millis()), journal.state(),
        journal.started().refusal(),
        random);
    this.loop = new CoreLoop(core, monotonic, wall, start, this::carryOut,
        () -> standing = core.standing());
    this.standing = core.standing();
    var cardKey = secrets.cardKey();
    int cardKeyId = parts.identity().cardKeyId();
    this.devices = new Devices(parts.config(), parts.name(), font(parts), monotonic, secrets.prover(),
        uid -> CardToken.derive(cardKeyId, cardKey, uid), this::outside);
    this.uplink = new Uplink(parts.server().host(), parts.server().port(), secrets.tls(), LinkLimits.DEFAULT,
        new LinkEvents());
    this.life = new LifeKeeper(new PartsOfLife(), watchdog.map(Function.identity()),
        parts.config().watchdog().map(set -> 1_000L * set.timeoutSeconds()).orElse(0L),
        NotifySocket.of(Kernel.system(), System.getenv(), ProcessHandle.current().pid()), monotonic,
        this::watchdogIs);
    this.status = new StatusKeeper(parts.data(), parts.server().toString(), () -> standing, wall, monotonic);
    this.till = openTill(parts);
  }

  /// Why this run began.
  private StartCause cause(Optional<WatchdogFile> watchdog) {
    boolean byWatchdog = false;
    try {
      byWatchdog = watchdog.isPresent() && watchdog.get().startedTheMachine();
    } catch (DeviceFaultException e) {
      LOG.warn("event=device_fault detail=\"{}\"", e.fault().describe());
    }
    var cause = marker.cause(byWatchdog);
    LOG.info("event=start_cause cause={}", cause);
    return cause;
  }

  private void watchdogIs(Optional<FaultCode> fault) {
    loop.put(fault.<Event>map(code -> new Event.DeviceFailed(WATCHDOG, code.name()))
        .orElseGet(() -> new Event.DeviceWell(WATCHDOG)));
  }

  /// What the keeper of life signs sees. Called on its thread.
  private final class PartsOfLife implements LifeKeeper.Parts {

    @Override
    public void nudge() {
      loop.put(new Event.Tick());
      journalThread.nudge();
    }

    /// Without a reader that looks by itself the loop stands in for it.
    @Override
    public LifeSigns.Progress progress() {
      long turns = loop.turns();
      return new LifeSigns.Progress(turns, journalThread.nudges(), devices.readerTurns().orElse(turns));
    }

    @Override
    public String health() {
      return health;
    }
  }

  private static Font font(Parts parts) {
    var found = ScreenFont.find(parts.config(), parts.data(), parts.name());
    if (ScreenFont.isNeeded(parts.config())) {
      LOG.info("event=font file={} glyphs={} missing=\"{}\" {}",
          found.source().map(Path::toString).orElse("none"), found.glyphs().size(),
          found.source().isEmpty() ? "" : found.missingText(), found.problem());
    }
    return found.font();
  }

  private static boolean clockKeepsRunning(TerminalConfig.Rtc set, InstantSource wall) {
    boolean believed = switch (set) {
      case YES -> true;
      case NO -> false;
      case AUTO -> RealTimeClock.ofThisBoard().keepsRunning(wall.millis());
    };
    LOG.info("event=clock rtc={} believed={}", set, believed);
    return believed;
  }

  private OpenJournal openJournal(Parts parts, Secrets secrets, StrictVerifier signatures, BootId boot)
      throws StartException {
    try {
      return journalThread
          .call(() -> OpenJournal.open(parts.place(), parts.identity(), secrets.signing(), signatures,
              boot, SOFTWARE));
    } catch (StartException e) {
      journalThread.close();
      throw e;
    } catch (Exception e) {
      journalThread.close();
      throw new StartException("JOURNAL_UNREADABLE", e.toString(), e);
    }
  }

  private Optional<TillSocket> openTill(Parts parts) throws StartException {
    var socket = parts.config().till().map(till -> parts.data().resolve(till.socket()));
    if (socket.isEmpty()) {
      return Optional.empty();
    }
    try {
      return Optional.of(TillSocket.listen(socket.get(), event -> loop.offer(new Event.Input(event))));
    } catch (IOException e) {
      close(Optional.empty());
      throw new StartException("TILL_SOCKET", socket.get() + ": " + e, e);
    }
  }

  private static boolean hasKeys(TerminalConfig config) {
    return config.keypad().isPresent() || config.inputs().keys().isPresent();
  }

  private static SaleSettings sale(Parts parts) {
    var set = parts.config().terminal();
    return new SaleSettings(set.mode(), parts.identity().currency(), set.maxAmountMinor(),
        SaleSettings.DEFAULT_ANSWER_MILLIS, SaleSettings.DEFAULT_RESULT_MILLIS,
        SaleSettings.DEFAULT_ARMED_MILLIS,
        SaleSettings.DEFAULT_REPEAT_MILLIS, set.cashKey(), hasKeys(parts.config()), set.meals(),
        set.counter());
  }

  /// Sells until [#stop], a request of the server, or a mistake in the program. On the calling thread.
  ///
  /// @return what the program is to end with
  int run() throws InterruptedException {
    // Not before: a start that fails leaves the mark of the run before it.
    marker.set(Mark.RUNNING);
    running = true;
    devices.start();
    life.start();
    status.start();
    try {
      loop.run();
    } catch (RuntimeException e) {
      defect(e);
    }
    life.stopping();
    devices.show(ScreenText.plain("OUT OF SERVICE", exitCode == EXIT_RESTART ? "RESTARTING" : "STOPPED"));
    devices.indicate(Signal.IDLE);
    return exitCode;
  }

  /// Asks for an orderly end. Any thread, returns at once.
  void stop() {
    loop.put(new Event.Stop());
  }

  private void defect(Throwable mistake) {
    LOG.error("event=defect detail=\"mistake in the program, it ends and is to be started again\"", mistake);
    exitCode = EXIT_DEFECT;
    loop.put(new Event.Stop());
  }

  private void outside(Event event) {
    boolean taken = switch (event) {
      case Event.DeviceFailed _,Event.DeviceWell _ -> {
        loop.put(event);
        yield true;
      }
      default -> loop.offer(event);
    };
    if (!taken) {
      LOG.warn("event=input_dropped reason=QUEUE_FULL");
    }
  }

  private void carryOut(Effect effect) {
    switch (effect) {
      case Effect.Ask(var request) -> journalThread.handle(journal.desk(), request, loop::put, this::defect);
      case Effect.Connect(var channel, var connection) -> uplink.connect(channel, connection);
      case Effect.Disconnect(var channel) -> uplink.disconnect(channel);
      case Effect.Send(var channel, var frame) -> uplink.send(channel, frame);
      case Effect.Show(var screen) -> devices.show(screen);
      case Effect.Indicate(var signal) -> devices.indicate(signal);
      case Effect.Tare() -> devices.tare();
      case Effect.Print(var record) -> devices.print(record);
      case Effect.PrintShift(var closing, var answer) -> devices.print(closing, answer);
      case Effect.AnswerTill(var reference, var outcome) ->
        till.ifPresent(socket -> socket.answer(reference, outcome));
      case Effect.Alert(var code, var detail) -> LOG.warn("event=alert code={} {}", code, detail);
      case Effect.Note(var event, var detail) -> LOG.info("event={} {}", event, detail);
      case Effect.Restart() -> {
        exitCode = EXIT_RESTART;
        loop.put(new Event.Stop());
      }
      case Effect.Stopped() -> LOG.info("event=stopped head={}", core.journal().head().seq());
    }
    tellReady();
  }

  private void tellReady() {
    health = core.health();
    if (!toldReady && core.health().equals("READY")) {
      toldReady = true;
      life.ready();
      ready.accept("head=" + core.journal().head().seq());
    }
  }

  /// Called on the uplink's thread.
  private final class LinkEvents implements LinkListener {

    @Override
    public void up(Channel channel, long connection) {
      loop.put(new Event.LinkUp(channel, connection));
    }

    @Override
    public boolean frame(Channel channel, long connection, Frame frame) {
      return loop.offer(new Event.FrameArrived(channel, connection, frame));
    }

    @Override
    public void down(Channel channel, long connection, String detail) {
      loop.put(new Event.LinkDown(channel, connection, detail));
    }
  }

  /// Ends all threads and closes the journal; blocks for at most a few seconds. To be called once.
  @Override
  public void close() {
    close(till);
  }

  private void close(Optional<TillSocket> socket) {
    life.endThread();
    status.endThread();
    socket.ifPresent(RunningTerminal::closeQuietly);
    // A server that does not answer the goodbye must not hold up the rest.
    var goodbye = Thread.ofVirtual().name("goodbye").start(() -> closeQuietly(uplink));
    closeQuietly(devices);
    journalThread.close();
    closeQuietly(journal);
    try {
      goodbye.join(GOODBYE);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
    endLife();
  }

  /// After a mistake in the program the mark stays and the watchdog's clock runs on: whoever starts it again has until then.
  private void endLife() {
    if (running && exitCode != EXIT_DEFECT) {
      marker.set(exitCode == EXIT_RESTART ? Mark.RESTARTING : Mark.STOPPED);
      life.endInOrder();
      status.endInOrder();
    }
    closeQuietly(life);
  }

  private static void closeQuietly(AutoCloseable part) {
    try {
      part.close();
    } catch (Exception e) {
      LOG.warn("event=close_failed cause=\"{}\"", e.toString());
    }
  }
}
