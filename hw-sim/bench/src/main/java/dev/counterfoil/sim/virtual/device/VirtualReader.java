package dev.counterfoil.sim.virtual.device;

import dev.counterfoil.sim.card.Card;
import dev.counterfoil.sim.card.RfField;
import dev.counterfoil.sim.device.FrameText;
import dev.counterfoil.sim.device.pn532.Pn532Chip;
import dev.counterfoil.sim.device.pn532.Pn532Faults;
import dev.counterfoil.sim.world.EventQueue;
import dev.counterfoil.sim.world.EventTag;
import dev.counterfoil.terminal.device.CardProver;
import dev.counterfoil.terminal.device.ReaderEvent;
import dev.counterfoil.terminal.driver.pn532.Pn532Polling;
import dev.counterfoil.terminal.driver.pn532.Pn532Settings;
import dev.counterfoil.terminal.driver.pn532.SerialWire;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;

/// A PN532 with its driver. The chip stays; a run of the program has a driver of its own.
///
/// The driver looks into the field as it stands when a look begins; what it finds is told when the look ends.
public final class VirtualReader {

  private final EventQueue queue;
  private final int actor;
  private final Sight.Onlooker onlooker;
  private final RfField field = new RfField();
  private final Pn532Chip chip;
  private final DeviceTime time = new DeviceTime();
  private final List<Heard> heard = new ArrayList<>();
  private List<ReaderCable.Run> lastLook = List.of();
  private boolean tearing;
  private int run;

  private record Heard(long atMicros, ReaderEvent event) {}

  /// What a turn of the driver needs.
  private record Driver(int run, Pn532Polling polling, ReaderCable cable, Consumer<ReaderEvent> told) {}

  public VirtualReader(EventQueue queue, int actor, RandomGenerator random, Sight.Onlooker onlooker) {
    this.queue = queue;
    this.actor = actor;
    this.onlooker = onlooker;
    this.chip = new Pn532Chip(field, new Pn532Faults(), random);
    chip.wireTakesTime(true);
  }

  /// A run of the program begins.
  ///
  /// @param told what the driver tells, when it tells it
  public void start(Consumer<ReaderEvent> told) {
    run++;
    time.catchUp(queue.nowMicros());
    lastLook = List.of();
    var cable = new ReaderCable(chip, time);
    var polling = new Pn532Polling(new SerialWire(cable), time, Pn532Settings.defaults(), Optional.empty(),
        CardProver.UID, event -> heard.add(new Heard(time.micros(), event)));
    later(new Driver(run, polling, cable, told));
  }

  /// The run is over and the power with it.
  public void stop() {
    run++;
    chip.powerCycle();
  }

  private void later(Driver driver) {
    queue.at(time.micros(), EventTag.TAP_STEP, actor, () -> turn(driver));
  }

  private void turn(Driver driver) {
    if (driver.run != run) {
      return;
    }
    time.catchUp(queue.nowMicros());
    boolean wasThere = !field.present().isEmpty();
    try {
      driver.polling.turn();
    } catch (InterruptedException e) {
      throw new IllegalStateException("nobody interrupts a simulation", e);
    }
    if (tearing && wasThere) {
      tearing = false;
      remove();
    }
    trace(driver.cable.takePassed());
    List.copyOf(heard).forEach(one -> queue.at(one.atMicros, EventTag.TAP_STEP, actor, () -> {
      if (driver.run == run) {
        driver.told.accept(one.event);
      }
    }));
    heard.clear();
    later(driver);
  }

  /// Looks that find what the last one found are passed over: twenty of them come every second.
  private void trace(List<ReaderCable.Run> look) {
    if (!same(look, lastLook)) {
      look.forEach(one -> onlooker
          .sees(new Sight.Bus("reader", one.out(), one.bytes(),
              new FrameText(!one.out()).describe(one.bytes()).strip())));
    }
    lastLook = look;
  }

  private static boolean same(List<ReaderCable.Run> one, List<ReaderCable.Run> other) {
    if (one.size() != other.size()) {
      return false;
    }
    for (int i = 0; i < one.size(); i++) {
      if (!one.get(i).isSame(other.get(i))) {
        return false;
      }
    }
    return true;
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
