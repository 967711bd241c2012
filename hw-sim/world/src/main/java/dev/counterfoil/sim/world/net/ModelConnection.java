package dev.counterfoil.sim.world.net;

import dev.counterfoil.sim.world.EventTag;
import dev.counterfoil.sim.world.InvariantViolation;

/// One TCP-like connection: two ordered pipes of frames. A frame that the network loses takes the connection with it,
/// as a lost TCP segment that is never repaired would; the two ends learn of a break at different times, or one of
/// them never does (half-open) and must find out by its own time-outs.
public final class ModelConnection {
  /// A full window each way, its answers, and what is asked meanwhile; a sender that ignores its window exceeds it.
  private static final int MOST_IN_FLIGHT = 64;

  private final ModelNetwork network;
  private final long id;
  private final int terminal;
  private final Pipe up;
  private final Pipe down;

  /// One direction. `sender` is told of a close as well as `receiver`.
  private static final class Pipe {
    final Endpoint receiver;
    final EventTag tag;
    long lastArrivalMicros;
    boolean deaf;
    boolean receiverTold;
    int inFlight;

    Pipe(Endpoint receiver, EventTag tag) {
      this.receiver = receiver;
      this.tag = tag;
    }
  }

  ModelConnection(ModelNetwork network, long id, int terminal, Endpoint terminalEnd, Endpoint serverEnd) {
    this.network = network;
    this.id = id;
    this.terminal = terminal;
    this.up = new Pipe(serverEnd, EventTag.FRAME_UP);
    this.down = new Pipe(terminalEnd, EventTag.FRAME_DOWN);
  }

  public long id() {
    return id;
  }

  public int terminal() {
    return terminal;
  }

  /// Sends from the terminal's end. Never blocks; whether it arrives is the network's decision.
  public void sendUp(byte[] frame, FrameLabel label) {
    send(up, frame, label);
  }

  /// Sends from the server's end.
  public void sendDown(byte[] frame, FrameLabel label) {
    send(down, frame, label);
  }

  /// The terminal's end closes: it is told nothing more, the server learns after one delay.
  public void closeByTerminal() {
    down.receiverTold = true;
    tellLater(up, network.delay(terminal));
  }

  public void closeByServer() {
    up.receiverTold = true;
    tellLater(down, network.delay(terminal));
  }

  /// Both ends lose the connection, the server perhaps much later than the terminal.
  void reset(long serverDelayMicros) {
    up.deaf = true;
    down.deaf = true;
    tellLater(down, network.delay(terminal));
    tellLater(up, serverDelayMicros);
  }

  /// From now on nothing that the terminal sends arrives, and nobody is told.
  void halfOpen() {
    up.deaf = true;
  }

  /// The terminal's end is gone without a word: the plug was pulled. What it had sent arrives all the same; that no more
  /// comes, the server must find out by its own time-outs.
  void terminalVanishes() {
    down.receiverTold = true;
    network.forget(this);
  }

  /// Whether what either end says still reaches the other. A connection may be open for an end that has not heard yet
  /// that it is none any more.
  public boolean isSound() {
    return isOpenForBoth() && !up.deaf && !down.deaf;
  }

  boolean isOpenForBoth() {
    return !up.receiverTold && !down.receiverTold;
  }

  private void send(Pipe pipe, byte[] frame, FrameLabel label) {
    network.trace().bytes(frame);
    if (pipe.deaf || pipe.receiverTold) {
      return;
    }
    long fate = network.fate(this, pipe == up, label);
    if (fate == ModelNetwork.LOST) {
      reset(network.delay(terminal) + network.lateNotice());
      return;
    }
    if (fate == ModelNetwork.SWALLOWED) {
      pipe.deaf = true;
      return;
    }
    arrive(pipe, frame, fate);
    if (label != FrameLabel.PLAIN && network.duplicates()) {
      arrive(pipe, frame, fate);
    }
  }

  private void arrive(Pipe pipe, byte[] frame, long delayMicros) {
    long now = network.queue().nowMicros();
    pipe.lastArrivalMicros = Math.max(pipe.lastArrivalMicros, now + delayMicros);
    pipe.inFlight++;
    if (pipe.inFlight > MOST_IN_FLIGHT) {
      throw new InvariantViolation("I-24", pipe.inFlight + " frames are on their way on one connection");
    }
    network.queue().at(pipe.lastArrivalMicros, pipe.tag, terminal, () -> {
      pipe.inFlight--;
      if (!pipe.receiverTold && !pipe.deaf) {
        pipe.receiver.received(this, frame);
      }
    });
  }

  private void tellLater(Pipe pipe, long delayMicros) {
    long at = Math.max(pipe.lastArrivalMicros, network.queue().nowMicros() + delayMicros);
    network.queue().at(at, EventTag.CONNECTION, terminal, () -> {
      boolean news = !pipe.receiverTold;
      pipe.receiverTold = true;
      // Also when both ends closed at once and neither needs to be told.
      network.forget(this);
      if (news) {
        pipe.receiver.closed(this);
      }
    });
  }
}
