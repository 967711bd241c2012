package dev.counterfoil.terminal.driver.pn532;

import java.util.List;

/// One command from its first byte to its reply: acknowledge, reply, repetitions. Pure.
///
/// ```
/// AwaitingAck    --ack----------------------------> AwaitingReply
/// AwaitingAck    --time over, sent < 3------------> send again
/// AwaitingAck    --time over----------------------> abort, Failed
/// AwaitingReply  --reply with the right code------> Replied
/// AwaitingReply  --error frame--------------------> Failed(REFUSED)
/// AwaitingReply  --damaged or time over, 1st, 3rd-> NACK: the chip repeats its last reply
/// AwaitingReply  --damaged or time over, 2nd------> send the command again; the chip drops the running one
/// AwaitingReply  --damaged or time over, 4th------> abort, Failed
/// ```
/// Abort is an ACK sent by the host, which cancels whatever the chip is doing. An information or error frame that
/// comes before the acknowledge belongs to an earlier command and is ignored, or an old UID could pass as a new one.
/// An acknowledge after the acknowledge is a double and is ignored too. A command that is not repeatable is never sent
/// again: its missing acknowledge fails, and the second lost reply is asked for with NACK too.
final class Pn532Exchange {

  /// How often a command is sent while nobody acknowledges it; the first frame after a pause is often lost.
  static final int MAX_SENDS = 3;
  /// Wait after a NACK. The chip repeats at once, so this is transmission time and adapter latency, with a margin.
  static final long REPEAT_MILLIS = 60;

  private static final int RESEND_AT = 2;
  private static final int GIVE_UP_AT = 4;

  /// Why a command failed for good.
  enum Failure {
    /// Nothing came.
    SILENT,
    /// Bytes came, but nothing usable.
    GARBLED,
    /// The chip answered with its error frame.
    REFUSED
  }

  /// Where the exchange stands; deadlines are on the caller's monotonic clock.
  sealed interface State {

    /// @param sends    how often this command went out since the last acknowledge
    /// @param troubles replies lost so far
    /// @param garbled  whether unusable bytes were seen
    record AwaitingAck(int sends, int troubles, boolean garbled, long deadline) implements State {
    }

    record AwaitingReply(int troubles, boolean garbled, long deadline) implements State {
    }

    /// @param data reply code and parameters
    record Replied(byte[] data) implements State {
    }

    record Failed(Failure failure) implements State {
    }
  }

  sealed interface Event {

    record Received(Pn532Input input) implements Event {
    }

    /// The deadline of the state has passed.
    record Elapsed() implements Event {
    }
  }

  /// @param state next state
  /// @param sends frames to write, in order
  record Step(State state, List<byte[]> sends) {

    private static Step stay(State state) {
      return new Step(state, List.of());
    }
  }

  private Pn532Exchange() {
  }

  static Step start(Pn532Command command, long now) {
    return send(command, 1, 0, false, now);
  }

  static Step step(Pn532Command command, State state, Event event, long now) {
    return switch (state) {
      case State.AwaitingAck waiting -> awaitingAck(command, waiting, event, now);
      case State.AwaitingReply waiting -> awaitingReply(command, waiting, event, now);
      case State.Replied _, State.Failed _ -> Step.stay(state);
    };
  }

  private static Step awaitingAck(Pn532Command command, State.AwaitingAck state, Event event, long now) {
    return switch (event) {
      case Event.Elapsed() when state.sends < MAX_SENDS && command.repeatable() ->
        send(command, state.sends + 1, state.troubles, state.garbled, now);
      case Event.Elapsed() -> abort(state.garbled);
      case Event.Received(Pn532Input.Ack()) ->
        Step.stay(new State.AwaitingReply(state.troubles, state.garbled, now + command.replyMillis()));
      case Event.Received(Pn532Input.Damaged _), Event.Received(Pn532Input.Noise _) ->
        Step.stay(new State.AwaitingAck(state.sends, state.troubles, true, state.deadline));
      case Event.Received(Pn532Input.Information _), Event.Received(Pn532Input.SyntaxError _),
          Event.Received(Pn532Input.Nack _) ->
        Step.stay(state);
    };
  }

  private static Step awaitingReply(Pn532Command command, State.AwaitingReply state, Event event, long now) {
    return switch (event) {
      case Event.Elapsed() -> trouble(command, state.troubles + 1, state.garbled, now);
      case Event.Received(Pn532Input.Damaged _) -> trouble(command, state.troubles + 1, true, now);
      case Event.Received(Pn532Input.SyntaxError()) -> Step.stay(new State.Failed(Failure.REFUSED));
      case Event.Received(Pn532Input.Information(int direction, byte[] data))
          when direction == Pn532Frames.FROM_CHIP && (data[0] & 0xFF) == command.replyCode() ->
        Step.stay(new State.Replied(data));
      case Event.Received(Pn532Input.Information _), Event.Received(Pn532Input.Ack _),
          Event.Received(Pn532Input.Nack _), Event.Received(Pn532Input.Noise _) ->
        Step.stay(state);
    };
  }

  private static Step trouble(Pn532Command command, int troubles, boolean garbled, long now) {
    if (troubles >= GIVE_UP_AT) {
      return abort(garbled);
    }
    return troubles == RESEND_AT && command.repeatable()
        ? send(command, 1, troubles, garbled, now)
        : new Step(new State.AwaitingReply(troubles, garbled, now + REPEAT_MILLIS), List.of(Pn532Frames.nack()));
  }

  private static Step send(Pn532Command command, int sends, int troubles, boolean garbled, long now) {
    return new Step(new State.AwaitingAck(sends, troubles, garbled, now + command.ackMillis()),
        List.of(command.frame()));
  }

  private static Step abort(boolean garbled) {
    var failure = garbled ? Failure.GARBLED : Failure.SILENT;
    return new Step(new State.Failed(failure), List.of(Pn532Frames.ack()));
  }
}
