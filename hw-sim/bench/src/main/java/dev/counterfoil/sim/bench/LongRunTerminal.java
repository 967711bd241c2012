package dev.counterfoil.sim.bench;

import dev.counterfoil.proto.v1.Channel;
import dev.counterfoil.protocol.card.CardToken;
import dev.counterfoil.protocol.crypto.StrictVerifier;
import dev.counterfoil.protocol.id.BootId;
import dev.counterfoil.protocol.journal.RecordCircumstances;
import dev.counterfoil.protocol.journal.TimeQuality;
import dev.counterfoil.protocol.link.Backoff;
import dev.counterfoil.protocol.link.LinkLimits;
import dev.counterfoil.protocol.policy.OfflineCaps;
import dev.counterfoil.sim.hosted.HostedJournal;
import dev.counterfoil.terminal.core.Effect;
import dev.counterfoil.terminal.core.Event;
import dev.counterfoil.terminal.core.Moment;
import dev.counterfoil.terminal.core.TerminalCore;
import dev.counterfoil.terminal.core.TerminalSetup;
import dev.counterfoil.terminal.journal.JournalState;
import dev.counterfoil.terminal.sale.Basket;
import dev.counterfoil.terminal.sale.SaleEffect;
import dev.counterfoil.terminal.sale.SaleEvent;
import dev.counterfoil.terminal.sale.SaleLine;
import dev.counterfoil.terminal.sale.SaleMode;
import dev.counterfoil.terminal.sale.SaleSettings;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/// One run of a terminal through months that last minutes: the production core and journal, driven by calls, with a clock
/// that moves only when it is told to. No devices, no network. One thread.
final class LongRunTerminal implements InstantSource, AutoCloseable {

  private static final String SOFTWARE = "counterfoil-bench";
  private static final long PRICE = 100;
  private static final long NOBODY_MILLIS = 60_000;
  private static final int MOST_TRIES = 100;

  private final RandomGenerator random;
  private final Deque<Event> due = new ArrayDeque<>();
  private final Map<Channel, Long> connections = new EnumMap<>(Channel.class);
  private long wallMillis;
  private long bootMillis;
  private boolean serverInReach;
  private int offers;
  private @Nullable DirectServer server;
  private @Nullable HostedJournal journal;
  private @Nullable TerminalCore core;
  private SaleEffect.@Nullable TillOutcome outcome;

  LongRunTerminal(Instant start, RandomGenerator random) {
    this.wallMillis = start.toEpochMilli();
    this.random = random;
  }

  @Override
  public Instant instant() {
    return Instant.ofEpochMilli(wallMillis);
  }

  /// Enrols it and begins its run, with the server in reach.
  ///
  /// @param folder of its journal, created
  void begin(Path folder, DirectServer itsServer) throws IOException {
    server = itsServer;
    itsServer.answerTo((channel, frame) -> {
      Long connection = connections.get(channel);
      if (connection != null) {
        due.add(new Event.FrameArrived(channel, connection, frame));
      }
    });
    var enrolled = itsServer.enrol();
    var identity = enrolled.identity();
    var boot = new BootId(random.nextLong(), random.nextLong());
    journal = HostedJournal.create(folder, identity, enrolled.epochOffer(), boot, new StrictVerifier(),
        new RecordCircumstances(wallMillis, TimeQuality.LOCAL_CLOCK, 0, 0, 0));
    var setup = new TerminalSetup(identity.trust(), SOFTWARE, identity.boardSerial(), boot,
        SaleSettings.of(new SaleMode.Keyed(), "CNY"), OfflineCaps.UNLIMITED, LinkLimits.DEFAULT,
        Backoff.DEFAULT,
        ZoneOffset.UTC, true, false, TerminalSetup.DEFAULT_LINK_TICK_MILLIS);
    core = new TerminalCore(setup, now(), journal.state(), journal.refusal(), random);
    serverInReach = true;
    happens(new Event.Started());
  }

  /// Lets time pass; what became due meanwhile happens at its end.
  void pass(long millis) {
    wallMillis += millis;
    bootMillis += millis;
    for (int turn = 0; turn < MOST_TRIES && (turn == 0 || core().wakeAt() <= bootMillis); turn++) {
      happens(new Event.Tick());
    }
  }

  /// The network goes down, or comes back.
  void network(boolean up) {
    serverInReach = up;
    if (!up) {
      for (Map.Entry<Channel, Long> line : Map.copyOf(connections).entrySet()) {
        connections.remove(line.getKey());
        server().gone(line.getKey());
        happens(new Event.LinkDown(line.getKey(), line.getValue(), "network"));
      }
    }
  }

  /// Waits until the server has taken everything and is asked again.
  ///
  /// @throws IllegalStateException if it never does
  void awaitServed() {
    for (int i = 0; i < MOST_TRIES; i++) {
      if (core().online() && core().journal().unsent() == 0) {
        return;
      }
      pass(NOBODY_MILLIS);
    }
    throw new IllegalStateException(core().journal().unsent() + " records unsent, online " + core().online());
  }

  /// A basket and a card.
  ///
  /// @throws IllegalStateException unless it was paid
  void sell(CardToken card) {
    outcome = null;
    var basket = Basket.of(List.of(new SaleLine("1", "Lunch", PRICE, 1)), "tap-" + offers++);
    happens(new Event.Input(new SaleEvent.BasketOffered(basket)));
    happens(new Event.Input(new SaleEvent.CardPresented(card)));
    happens(new Event.Input(new SaleEvent.CardRemoved()));
    if (!(outcome instanceof SaleEffect.TillOutcome.Paid)) {
      throw new IllegalStateException("sale " + offers + ": " + outcome + ", " + core().health());
    }
  }

  JournalState state() {
    return core().journal();
  }

  private Moment now() {
    return new Moment(bootMillis, wallMillis);
  }

  private void happens(Event first) {
    due.add(first);
    for (Event event = due.poll(); event != null; event = due.poll()) {
      core().step(now(), event).forEach(this::carryOut);
    }
  }

  private void carryOut(Effect effect) {
    switch (effect) {
      case Effect.Ask(var request) -> due.add(new Event.Answered(journal().handle(request)));
      case Effect.Connect(var channel, long connection) -> connect(channel, connection);
      case Effect.Disconnect(var channel) -> {
        connections.remove(channel);
        server().gone(channel);
      }
      case Effect.Send(var channel, var frame) -> server().received(channel, frame);
      case Effect.AnswerTill(_, var answer) -> outcome = answer;
      case Effect.Alert(var code, var detail) -> {
        // Being without a server is a part of the day.
        if (!code.equals("SYNC_FAILING")) {
          throw new IllegalStateException(code + " " + detail);
        }
      }
      case Effect.Show _,Effect.Print _,Effect.PrintShift _,Effect.Tare _,Effect.Indicate _,Effect.Note _,Effect.Restart _,Effect.Stopped _ ->
        {
        }
    }
  }

  private void connect(Channel channel, long connection) {
    if (serverInReach) {
      connections.put(channel, connection);
      server().connected(channel);
      due.add(new Event.LinkUp(channel, connection));
    } else {
      due.add(new Event.LinkDown(channel, connection, "network"));
    }
  }

  private TerminalCore core() {
    return begun(core);
  }

  private HostedJournal journal() {
    return begun(journal);
  }

  private DirectServer server() {
    return begun(server);
  }

  private static <T> T begun(@Nullable T part) {
    if (part == null) {
      throw new IllegalStateException("not begun");
    }
    return part;
  }

  @Override
  public void close() {
    if (core != null) {
      happens(new Event.Stop());
    }
    if (journal != null) {
      journal.close();
    }
  }
}
