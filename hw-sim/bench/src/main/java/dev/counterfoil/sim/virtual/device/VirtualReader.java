package dev.counterfoil.sim.virtual.device;

import dev.counterfoil.sim.card.Card;
import dev.counterfoil.sim.card.RfField;
import dev.counterfoil.sim.device.FrameText;
import dev.counterfoil.sim.device.pn532.Pn532Chip;
import dev.counterfoil.sim.device.pn532.Pn532Faults;
import dev.counterfoil.sim.world.EventQueue;
import dev.counterfoil.terminal.device.CardProver;
import dev.counterfoil.terminal.device.ReaderEvent;
import dev.counterfoil.terminal.driver.pn532.Pn532Polling;
import dev.counterfoil.terminal.driver.pn532.Pn532Settings;
import dev.counterfoil.terminal.driver.pn532.SerialWire;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;

/// A PN532 with its driver. The chip stays; a run of the program has a driver of its own.
///
/// The driver looks into the field as it stands when a look begins; what it finds is told when the look ends.
public final class VirtualReader {

  private final RfField field = new RfField();
  private final Pn532Chip chip;
  private final DeviceTime time = new DeviceTime();
  private final WireTrace trace;
  private final DriverTurns<ReaderEvent> turns;
  private boolean tearing;

  public VirtualReader(EventQueue queue, int actor, RandomGenerator random, Sight.Onlooker onlooker) {
    this.trace = new WireTrace("reader",
        (out, bytes) -> new FrameText(!out).describe(bytes).strip(), onlooker);
    this.turns = new DriverTurns<>(queue, actor, time);
    this.chip = new Pn532Chip(field, new Pn532Faults(), random);
    chip.wireTakesTime(true);
  }

  /// A run of the program begins.
  ///
  /// @param told what the driver tells, when it tells it
  public void start(Consumer<ReaderEvent> told) {
    trace.forget();
    var polling = new Pn532Polling(new SerialWire(new ReaderCable(chip, time, trace)), time,
        Pn532Settings.defaults(), Optional.empty(), CardProver.UID, turns::tells);
    turns.begin(() -> look(polling), told);
  }

  /// The run is over and the power with it.
  public void stop() {
    turns.end();
    chip.powerCycle();
  }

  private void look(Pn532Polling polling) throws InterruptedException {
    boolean wasThere = !field.present().isEmpty();
    polling.turn();
    if (tearing && wasThere) {
      tearing = false;
      remove();
    }
    trace.turned();
  }

  /// Lays cards down in one moment.
  public void put(List<Card> cards) {
    field.putAll(cards.toArray(Card[]::new));
  }

  /// Lays a card down and takes it away after the first look at it.
  public void tear(Card card) {
    field.put(card);
    tearing = true;
  }

  /// Takes all cards away.
  public void remove() {
    field.clear();
  }

  public List<Card> present() {
    return field.present();
  }
}
