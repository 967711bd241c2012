package dev.counterfoil.sim.virtual.device;

import dev.counterfoil.sim.device.printer.Printed;
import dev.counterfoil.terminal.device.Signal;
import java.util.List;

/// Something that can be seen at a virtual terminal, or heard, or read off its wires.
public sealed interface Sight {

  /// Another picture on the glass.
  record Glass(Face face) implements Sight {}

  record Lamps(boolean green, boolean red, boolean buzzer) implements Sight {}

  /// What lamps and buzzer begin to say.
  record Told(Signal signal) implements Sight {}

  /// Cards on the reader, by name, changed.
  record Reader(List<String> cards) implements Sight {}

  record Paper(Printed part) implements Sight {}

  /// Somebody opened, shut, filled or emptied the printer.
  record Printer(boolean paper, boolean coverOpen) implements Sight {}

  /// What lies on the scale changed.
  ///
  /// @param restless a hand is on it
  record Scale(int grams, boolean restless) implements Sight {}

  /// Bytes on one of the wires.
  ///
  /// @param out from the terminal to the device
  record Bus(String wire, boolean out, byte[] bytes, String text) implements Sight {}

  /// A frame on the link to the server.
  ///
  /// @param out to the server
  record Link(String channel, boolean out, String text) implements Sight {}

  /// A line of the terminal's log.
  ///
  /// @param alert somebody should look
  record Log(boolean alert, String text) implements Sight {}

  /// A record is durable.
  record Journal(long seq, String kind, String text) implements Sight {}

  /// The server has acknowledged more.
  record Acknowledged(long received, long settled, long safe) implements Sight {}

  /// Power, readiness, link, clock.
  record Status(boolean on, String health, boolean online, String network,
      long skewMillis) implements Sight {}

  /// Takes what is seen; must not block.
  @FunctionalInterface
  interface Onlooker {
    void sees(Sight sight);
  }
}
