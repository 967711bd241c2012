package dev.counterfoil.terminal.core;

import dev.counterfoil.proto.v1.Channel;
import dev.counterfoil.proto.v1.Frame;
import dev.counterfoil.terminal.device.ScaleEvent;
import dev.counterfoil.terminal.sale.SaleEvent;

/// What can happen to a terminal.
public sealed interface Event {

  /// The program has begun; comes first and once.
  record Started() implements Event {}

  /// A customer, cashier or till did something: keys, cards, baskets. Other [SaleEvent]s come from within.
  record Input(SaleEvent event) implements Event {}

  /// A connection asked for by [Effect.Connect] stands, both ends proven.
  record LinkUp(Channel channel, long connection) implements Event {}

  /// That connection failed or broke. Reported once.
  record LinkDown(Channel channel, long connection, String detail) implements Event {}

  record FrameArrived(Channel channel, long connection, Frame frame) implements Event {}

  /// The journal has done, or failed to do, what [Effect.Ask] asked; in the order asked.
  record Answered(JournalAnswer answer) implements Event {}

  /// The scale was read; its faults come as those of other devices too.
  record OnScale(ScaleEvent event) implements Event {}

  /// A device stopped working; sales wait if they need it ([DeviceNeeds]).
  ///
  /// @param device short stable name such as `reader`
  /// @param code   stable fault code
  record DeviceFailed(String device, String code) implements Event {}

  record DeviceWell(String device) implements Event {}

  /// The time of [TerminalCore#wakeAt] has come.
  record Tick() implements Event {}

  /// An orderly end is wanted; [Effect.Stopped] follows when nothing is left to write.
  record Stop() implements Event {}
}
