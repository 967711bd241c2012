package dev.counterfoil.sim.hosted;

import dev.counterfoil.proto.v1.Channel;
import dev.counterfoil.proto.v1.Frame;
import dev.counterfoil.protocol.crypto.SignatureVerifier;
import dev.counterfoil.protocol.id.BootId;
import dev.counterfoil.protocol.journal.RecordCircumstances;
import dev.counterfoil.protocol.journal.TimeQuality;
import dev.counterfoil.protocol.link.Backoff;
import dev.counterfoil.protocol.link.LinkLimits;
import dev.counterfoil.protocol.policy.OfflineCaps;
import dev.counterfoil.sim.load.LoadEnrolment;
import dev.counterfoil.terminal.core.Effect;
import dev.counterfoil.terminal.core.Event;
import dev.counterfoil.terminal.core.Moment;
import dev.counterfoil.terminal.core.TerminalCore;
import dev.counterfoil.terminal.core.TerminalSetup;
import dev.counterfoil.terminal.sale.SaleEffect;
import dev.counterfoil.terminal.sale.SaleEvent;
import dev.counterfoil.terminal.sale.SaleSettings;
import dev.counterfoil.terminal.sale.Screen;
import dev.counterfoil.terminal.uplink.LinkListener;
import dev.counterfoil.terminal.uplink.Uplink;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;

/// One terminal in this JVM: the production core, journal and uplink, one thread that runs them, no devices. What the
/// display would show is handed out; who stands at the terminal speaks through [#pay] and the other methods.
///
/// Its wall clock is the caller's, so that a replay may run through a year in a minute; time-outs run on the
/// monotonic clock.
public final class HostedTerminal implements AutoCloseable {

  private static final int QUEUE = 4_096;
  private static final long IDLE_MILLIS = 1_000;

  private final String name;
  private final InstantSource clock;
  private final long startedNanos = System.nanoTime();
  private final BlockingQueue<Event> events = new LinkedBlockingQueue<>(QUEUE);
  private final Map<String, CompletableFuture<SaleEffect.TillOutcome>> tills = new ConcurrentHashMap<>();
  private final HostedJournal journal;
  private final TerminalCore core;
  private final Uplink uplink;
  private final Thread thread;
  private final CompletableFuture<Void> ended = new CompletableFuture<>();
  private volatile Screen screen;
  private volatile boolean online;
  private volatile boolean serverless;
  private volatile long unsent = Long.MAX_VALUE;
  private volatile long headSeq;
  private volatile long snapshotVersion;

  /// What a hosted terminal is made of.
  ///
  /// @param folder  its data folder, created where there is none
  /// @param clock   its wall clock, which may be simulated
  public record Setup(String name, Path folder, LoadEnrolment.Member member, InetSocketAddress server,
      SaleSettings sale, InstantSource clock, RandomGenerator random, SignatureVerifier signatures) {}

  /// Creates the journal, or goes on with the one that is in the folder; nothing runs before [#start].
  public HostedTerminal(Setup setup) throws IOException {
    name = setup.name();
    clock = setup.clock();
    byte[] bootBytes = new byte[BootId.LENGTH];
    setup.random().nextBytes(bootBytes);
    BootId boot = BootId.of(bootBytes);
    var identity = setup.member().identity();
    journal = HostedJournal.isIn(setup.folder())
        ? HostedJournal.open(setup.folder(), identity, boot, setup.signatures())
        : HostedJournal.create(setup.folder(), identity, setup.member().epochOffer(), boot,
            setup.signatures(),
            new RecordCircumstances(clock.millis(), TimeQuality.LOCAL_CLOCK, 0, 0, 0));
    var terminal = new TerminalSetup(identity.trust(), "counterfoil-hosted", identity.boardSerial(), boot,
        setup.sale(), OfflineCaps.UNLIMITED, LinkLimits.DEFAULT, Backoff.DEFAULT, ZoneOffset.UTC, true, false,
        TerminalSetup.DEFAULT_LINK_TICK_MILLIS);
    core = new TerminalCore(terminal, now(), journal.state(), journal.refusal(), setup.random());
    uplink = new Uplink(setup.server().getHostString(), setup.server().getPort(), setup.member().tls(),
        LinkLimits.DEFAULT, new Listener());
    screen = new Screen.Ready(false);
    thread = Thread.ofPlatform().name("terminal-" + name).unstarted(this::run);
  }

  public HostedTerminal start() {
    events.add(new Event.Started());
    thread.start();
    return this;
  }

  public String name() {
    return name;
  }

  public boolean isOnline() {
    return online;
  }

  /// From now on the server is away on purpose: failing to reach it is no fault.
  public void expectNoServer() {
    serverless = true;
  }

  /// Whether the server has received and settled everything up to now.
  public boolean isDrained() {
    return unsent == 0;
  }

  public long headSeq() {
    return headSeq;
  }

  /// Version of the account snapshot held, 0 before the first.
  public long snapshotVersion() {
    return snapshotVersion;
  }

  /// What the display shows.
  public Screen screen() {
    return screen;
  }

  /// Somebody does something at the terminal.
  public void happens(SaleEvent event) throws InterruptedException {
    events.put(new Event.Input(event));
  }

  /// The outcome of the basket with this external reference, to be asked for before the basket is offered.
  public CompletableFuture<SaleEffect.TillOutcome> outcomeOf(String externalReference) {
    var till = tills.computeIfAbsent(externalReference, _ -> new CompletableFuture<SaleEffect.TillOutcome>());
    // Nobody is left who would answer.
    ended.whenComplete((_, cause) -> till.completeExceptionally(
        cause == null ? new IllegalStateException("terminal " + name + " has ended") : cause));
    return till;
  }

  private Moment now() {
    return new Moment((System.nanoTime() - startedNanos) / 1_000_000, clock.millis());
  }

  private void run() {
    try {
      boolean running = true;
      while (running) {
        running = handle(next());
        online = core.online();
        unsent = core.journal().unsent();
        headSeq = core.journal().head().seq();
        snapshotVersion = core.journal().versions().snapshot();
      }
      ended.complete(null);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      ended.completeExceptionally(e);
    } catch (RuntimeException e) {
      // The thread's end: whoever waits for this terminal learns why.
      tills.values().forEach(till -> till.completeExceptionally(e));
      ended.completeExceptionally(e);
    }
  }

  private Event next() throws InterruptedException {
    long wait = Math.clamp(core.wakeAt() - now().bootMillis(), 0, IDLE_MILLIS);
    Event event = events.poll(wait, TimeUnit.MILLISECONDS);
    return event == null ? new Event.Tick() : event;
  }

  /// One event and everything that follows from it without waiting.
  ///
  /// @return false after the orderly end
  private boolean handle(Event first) {
    Deque<Event> due = new ArrayDeque<>();
    due.add(first);
    boolean running = true;
    while (!due.isEmpty()) {
      for (Effect effect : core.step(now(), due.poll())) {
        carryOut(effect).ifPresent(due::add);
        running &= !(effect instanceof Effect.Stopped);
      }
    }
    return running;
  }

  /// @return the event that answers the effect, if one does
  private Optional<Event> carryOut(Effect effect) {
    switch (effect) {
      case Effect.Ask(var request) -> {
        return Optional.of(new Event.Answered(journal.handle(request)));
      }
      case Effect.Connect(var channel, long connection) -> uplink.connect(channel, connection);
      case Effect.Disconnect(var channel) -> uplink.disconnect(channel);
      case Effect.Send(var channel, var frame) -> uplink.send(channel, frame);
      case Effect.Show(var shown) -> screen = shown;
      case Effect.AnswerTill(var reference, var outcome) -> answerTill(reference, outcome);
      case Effect.Alert(var code, var detail) -> {
        if (!serverless || !code.equals("SYNC_FAILING")) {
          throw new IllegalStateException(name + ": " + code + " " + detail);
        }
      }
      case Effect.Print _,Effect.PrintShift _,Effect.Tare _,Effect.Indicate _,Effect.Note _,Effect.Restart _,Effect.Stopped _ ->
        {
        }
    }
    return Optional.empty();
  }

  private void answerTill(String reference, SaleEffect.TillOutcome outcome) {
    CompletableFuture<SaleEffect.TillOutcome> till = tills.remove(reference);
    if (till != null) {
      till.complete(outcome);
    }
  }

  /// Hands over to the terminal's thread; called on the uplink's.
  private final class Listener implements LinkListener {

    @Override
    public void up(Channel channel, long connection) {
      events.add(new Event.LinkUp(channel, connection));
    }

    @Override
    public boolean frame(Channel channel, long connection, Frame frame) {
      return events.offer(new Event.FrameArrived(channel, connection, frame));
    }

    @Override
    public void down(Channel channel, long connection, String detail) {
      events.add(new Event.LinkDown(channel, connection, detail));
    }
  }

  /// Ends the run in order; waits until everything is written.
  @Override
  public void close() {
    events.add(new Event.Stop());
    try {
      ended.get(10, TimeUnit.SECONDS);
    } catch (Exception e) {
      throw new IllegalStateException("terminal " + name + " did not end in order", e);
    } finally {
      uplink.close();
      journal.close();
    }
  }
}
