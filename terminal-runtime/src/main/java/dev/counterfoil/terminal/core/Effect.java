package dev.counterfoil.terminal.core;

import dev.counterfoil.proto.v1.Channel;
import dev.counterfoil.proto.v1.Frame;
import dev.counterfoil.proto.v1.ShiftAnswer;
import dev.counterfoil.protocol.journal.JournalRecord;
import dev.counterfoil.terminal.device.Signal;
import dev.counterfoil.terminal.sale.SaleEffect;
import dev.counterfoil.terminal.sale.Screen;

/// What a terminal wants done, in this order.
public sealed interface Effect {

  /// Do this to the journal and answer with [Event.Answered]; requests are done one after the other, in order.
  record Ask(JournalRequest request) implements Effect {}

  /// Connect now; [Event.LinkUp] or [Event.LinkDown] follows. An older connection of the channel ends without notice.
  record Connect(Channel channel, long connection) implements Effect {}

  /// Close after what was sent has left; no [Event.LinkDown] is awaited.
  record Disconnect(Channel channel) implements Effect {}

  record Send(Channel channel, Frame frame) implements Effect {}

  record Show(Screen screen) implements Effect {}

  record Indicate(Signal signal) implements Effect {}

  /// Make what lies on the scale its nought.
  record Tare() implements Effect {}

  record AnswerTill(String externalReference, SaleEffect.TillOutcome outcome) implements Effect {}

  /// A sale or void is durable and was shown: a receipt may be printed of it. Whether that works changes nothing.
  record Print(JournalRecord record) implements Effect {}

  /// The server has answered a closed shift: its slip may be printed. Whether that works changes nothing.
  record PrintShift(JournalRecord closing, ShiftAnswer answer) implements Effect {}

  /// Somebody should look: a stable code and the facts.
  record Alert(String code, String detail) implements Effect {}

  /// One line for the log.
  record Note(String event, String detail) implements Effect {}

  /// The server asked for a new start of the program.
  record Restart() implements Effect {}

  /// Everything is written; the program may end.
  record Stopped() implements Effect {}
}
