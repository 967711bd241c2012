package dev.counterfoil.sim.world.terminal;

import dev.counterfoil.proto.v1.Channel;
import dev.counterfoil.proto.v1.Frame;
import dev.counterfoil.protocol.link.FrameCodec;
import dev.counterfoil.protocol.link.LinkViolation;
import dev.counterfoil.sim.world.EventTag;
import dev.counterfoil.sim.world.InvariantViolation;
import dev.counterfoil.sim.world.MachineCrashed;
import dev.counterfoil.sim.world.World;
import dev.counterfoil.sim.world.net.Endpoint;
import dev.counterfoil.sim.world.net.FrameLabel;
import dev.counterfoil.sim.world.net.ModelConnection;
import dev.counterfoil.terminal.core.Effect;
import dev.counterfoil.terminal.core.Event;
import dev.counterfoil.terminal.core.JournalAnswer;
import dev.counterfoil.terminal.core.JournalDesk;
import dev.counterfoil.terminal.core.JournalRequest;
import dev.counterfoil.terminal.core.JournalTask;
import dev.counterfoil.terminal.core.TerminalCore;
import dev.counterfoil.terminal.sale.SaleEvent;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// One run of the terminal program, from power-on to its end: carries out the effects of the real core on model
/// devices. Dies as a whole with the power; events that were on their way to it find it dead.
final class TerminalRun {
  private static final long HANDOVER_MICROS = 150;
  private static final long CONNECT_TIMEOUT_MICROS = 5_000_000;

  private final World world;
  private final TerminalMachine machine;
  private final TerminalCore core;
  private final JournalDesk desk;
  private final FrameCodec codec;
  private final Glass glass;
  private final Deque<JournalRequest> requests = new ArrayDeque<>();
  private final Map<Channel, Line> lines = new EnumMap<>(Channel.class);
  private boolean adopting;
  private boolean diskBusy;
  private boolean dead;
  private long tickAt = Long.MAX_VALUE;
  private long mostWaiting;

  TerminalRun(World world, TerminalMachine machine, TerminalCore core, JournalDesk desk, Glass glass) {
    this.world = world;
    this.machine = machine;
    this.core = core;
    this.desk = desk;
    this.codec = new FrameCodec(machine.limits());
    this.glass = glass;
  }

  void start() {
    step(new Event.Started());
  }

  void input(SaleEvent event) {
    step(new Event.Input(event));
  }

  void happens(Event event) {
    step(event);
  }

  String health() {
    return core.health();
  }

  boolean isOnline() {
    return core.online();
  }

  Glass glass() {
    return glass;
  }

  boolean isDead() {
    return dead;
  }

  /// Most requests that ever waited for the medium (I-24).
  long mostWaiting() {
    return mostWaiting;
  }

  /// Power or process ends now. What was in memory is gone.
  void die() {
    dead = true;
    requests.clear();
    world.network().vanish(machine.place());
  }

  void stop() {
    step(new Event.Stop());
  }

  private void step(Event event) {
    if (dead) {
      return;
    }
    perform(core.step(machine.moment(), event));
    scheduleTick();
  }

  private void scheduleTick() {
    if (dead) {
      return;
    }
    long wake = core.wakeAt();
    if (wake == Long.MAX_VALUE) {
      return;
    }
    long at = Math.max(machine.microsOfBoot(wake), world.queue().nowMicros());
    if (at < tickAt) {
      tickAt = at;
      world.queue().at(at, EventTag.TERMINAL_TIMER, machine.place(), () -> tick(at));
    }
  }

  private void tick(long planned) {
    if (!dead && planned == tickAt) {
      tickAt = Long.MAX_VALUE;
      step(new Event.Tick());
    }
  }

  private void perform(List<Effect> effects) {
    for (Effect effect : effects) {
      if (!dead) {
        machine.bystander().does(effect);
        perform(effect);
      }
    }
  }

  private void perform(Effect effect) {
    switch (effect) {
      case Effect.Ask(var request) -> ask(request);
      case Effect.Connect(var channel, var number) -> connect(channel, number);
      case Effect.Disconnect(var channel) -> disconnect(channel);
      case Effect.Send(var channel, var frame) -> send(channel, frame);
      case Effect.Show(var screen) -> {
        world.trace().text(screen.toString());
        glass.show(screen);
      }
      case Effect.Alert(var code, var detail) -> {
        world.trace().effect(machine.place(), code, detail.length());
        machine.alerted(code, detail);
      }
      case Effect.Restart() ->
        world.queue().after(0, EventTag.TERMINAL_FAULT, machine.place(), () -> machine.kill(0));
      case Effect.Print _,Effect.PrintShift _,Effect.Tare _,Effect.Indicate _,Effect.AnswerTill _,Effect.Note _,Effect.Stopped _ ->
        {
        }
    }
  }

  // --- the journal thread ---

  /// Whether power that ends now comes between an epoch's offer and its confirmation.
  boolean isAdopting() {
    return adopting;
  }

  private void ask(JournalRequest request) {
    adopting |= request.task() instanceof JournalTask.AdoptEpoch;
    requests.addLast(request);
    glass.asked(request.task());
    if (request.task() instanceof JournalTask.RecordSale sale) {
      machine.sells(sale);
    }
    mostWaiting = Math.max(mostWaiting, requests.size());
    InvariantViolation.require(requests.size() <= 2_000, "I-24", "2000 journal requests wait");
    if (!diskBusy) {
      diskBusy = true;
      world.queue().after(machine.serviceMicros(), EventTag.TAP_STEP, machine.place(), this::work);
    }
  }

  private void work() {
    JournalRequest request = dead ? null : requests.pollFirst();
    if (request == null) {
      diskBusy = false;
      return;
    }
    try {
      JournalAnswer answer = desk.handle(request);
      if (machine.cutsBetweenCommitAndAck()) {
        throw new MachineCrashed("between commit and ack");
      }
      world.queue().after(HANDOVER_MICROS, EventTag.TAP_STEP, machine.place(), () -> {
        glass.answered(answer);
        step(new Event.Answered(answer));
        work();
      });
    } catch (MachineCrashed crash) {
      machine.powerLost(crash.where());
    }
  }

  // --- the link ---

  private final class Line implements Endpoint {
    final Channel channel;
    final long number;
    @Nullable
    ModelConnection connection;

    Line(Channel channel, long number) {
      this.channel = channel;
      this.number = number;
    }

    @Override
    public void received(ModelConnection from, byte[] frame) {
      if (dead || lines.get(channel) != this) {
        return;
      }
      try {
        ByteBuffer bytes = ByteBuffer.wrap(frame);
        Optional<Frame> whole = codec.decode(bytes);
        whole.ifPresent(value -> {
          glass.heard(value);
          machine.bystander().hears(channel, value);
          if (value.getBodyCase() == Frame.BodyCase.DECISION) {
            machine.hearsDecision();
          }
          step(new Event.FrameArrived(channel, number, value));
        });
      } catch (LinkViolation _) {
        from.closeByTerminal();
        down("bad frame");
      }
    }

    @Override
    public void closed(ModelConnection from) {
      down("closed");
    }

    void down(String why) {
      if (!dead && lines.get(channel) == this) {
        lines.remove(channel);
        step(new Event.LinkDown(channel, number, why));
      }
    }
  }

  private void connect(Channel channel, long number) {
    disconnect(channel);
    Line line = new Line(channel, number);
    lines.put(channel, line);
    Optional<ModelConnection> opened = world.network().connect(machine.place(), line,
        machine.server().accept(machine.terminalId()));
    if (opened.isEmpty()) {
      world.queue().after(CONNECT_TIMEOUT_MICROS, EventTag.CONNECTION, machine.place(),
          () -> line.down("no answer"));
      return;
    }
    line.connection = opened.get();
    world.queue().after(2 * world.network().delay(machine.place()), EventTag.CONNECTION, machine.place(),
        () -> {
          if (!dead && lines.get(channel) == line) {
            step(new Event.LinkUp(channel, number));
          }
        });
  }

  private void disconnect(Channel channel) {
    Line line = lines.remove(channel);
    if (line != null && line.connection != null) {
      line.connection.closeByTerminal();
    }
  }

  private void send(Channel channel, Frame frame) {
    Line line = lines.get(channel);
    if (line != null && line.connection != null) {
      glass.said(frame);
      machine.bystander().says(channel, frame);
      if (frame.getBodyCase() == Frame.BodyCase.AUTHORIZE) {
        machine.asksServer();
      }
      adopting &= frame.getBodyCase() != Frame.BodyCase.EPOCH_CONFIRM;
      line.connection.sendUp(codec.encode(frame), labelOf(frame));
    }
  }

  private static FrameLabel labelOf(Frame frame) {
    return switch (frame.getBodyCase()) {
      case PUSH, AUTHORIZE, CANCEL, EPOCH_CONFIRM -> FrameLabel.REPEATABLE;
      default -> FrameLabel.PLAIN;
    };
  }

}
