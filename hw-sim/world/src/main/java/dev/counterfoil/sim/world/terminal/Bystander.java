package dev.counterfoil.sim.world.terminal;

import dev.counterfoil.proto.v1.Channel;
import dev.counterfoil.proto.v1.Frame;
import dev.counterfoil.protocol.journal.JournalRecord;
import dev.counterfoil.terminal.core.Effect;

/// Somebody beside a terminal who sees what it does: its devices, or a person. Told inside the step in which it happens;
/// what he does about it he schedules.
public interface Bystander {

  /// Nobody is there.
  Bystander NOBODY = new Bystander() {};

  /// A run of the program begins; its devices have just got power.
  default void began() {}

  /// The run is over, by whatever way.
  default void ended() {}

  /// The program wants this done.
  default void does(Effect effect) {}

  /// A frame leaves for the server.
  default void says(Channel channel, Frame frame) {}

  /// A frame of the server arrived.
  default void hears(Channel channel, Frame frame) {}

  /// A record is on the medium.
  default void durable(JournalRecord record) {}

  /// What the program wrote last is on the medium: records, or what the server acknowledged.
  default void written() {}
}
