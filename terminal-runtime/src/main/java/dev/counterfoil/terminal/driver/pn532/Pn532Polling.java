package dev.counterfoil.terminal.driver.pn532;

import dev.counterfoil.terminal.device.CardChannel;
import dev.counterfoil.terminal.device.CardIdentity;
import dev.counterfoil.terminal.device.CardProver;
import dev.counterfoil.terminal.device.DeviceFault;
import dev.counterfoil.terminal.device.DeviceFaultException;
import dev.counterfoil.terminal.device.FaultCode;
import dev.counterfoil.terminal.device.ReaderEvent;
import dev.counterfoil.terminal.driver.proof.CardTrial;
import dev.counterfoil.terminal.line.MonotonicClock;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What the reader's thread ([Pn532CardReader]) does, one turn at a time: a look into the field while the chip works, a measure of the
/// [RecoveryLadder] while it does not.
///
/// Which cards were reported survives a failure of the chip, so a card that lies there all the while is not reported
/// twice.
///
/// Threads: one.
public final class Pn532Polling {

  private static final Logger LOG = LoggerFactory.getLogger(Pn532Polling.class);

  private static final Set<FaultCode> LINE_FAULTS = EnumSet.of(FaultCode.NO_PROVIDER,
      FaultCode.BOARD_REFUSED, FaultCode.BOARD_MISSING, FaultCode.BOARD_BUSY, FaultCode.BOARD_FORBIDDEN,
      FaultCode.LINE_MISSING, FaultCode.PORT_BUSY, FaultCode.LINE_REFUSED,
      FaultCode.LINE_LOST);
  private static final long FIRST_OPEN_PAUSE_MILLIS = 250;
  private static final long LONGEST_OPEN_PAUSE_MILLIS = 2000;

  private final Pn532Wire wire;
  private final MonotonicClock clock;
  private final Pn532Settings settings;
  private final Optional<ReaderReset> reset;
  private final CardProver prover;
  private final Consumer<ReaderEvent> listener;
  private final Pn532Chip chip;
  private final CardPresence presence;

  private boolean working;
  private boolean cardsHeld;
  private RecoveryLadder ladder = RecoveryLadder.START;
  private long openPauseMillis = FIRST_OPEN_PAUSE_MILLIS;
  private Optional<FaultCode> reported = Optional.empty();
  private boolean everWorked;
  private CardPresence.State field = new CardPresence.State.Empty();

  /// @param wire     closed still, and used by nobody else
  /// @param reset    a way to restart the reader by hardware, where one is wired
  /// @param prover   decides about each card
  /// @param listener told in the turns' thread; must not block
  public Pn532Polling(Pn532Wire wire, MonotonicClock clock, Pn532Settings settings,
      Optional<ReaderReset> reset,
      CardProver prover, Consumer<ReaderEvent> listener) {
    this.wire = wire;
    this.clock = clock;
    this.settings = settings;
    this.reset = reset;
    this.prover = prover;
    this.listener = listener;
    this.chip = new Pn532Chip(wire, clock, settings);
    this.presence = new CardPresence(settings.removalMillis());
  }

  /// Takes cards by their UID.
  Pn532Polling(Pn532Wire wire, MonotonicClock clock, Pn532Settings settings, Optional<ReaderReset> reset,
      Consumer<ReaderEvent> listener) {
    this(wire, clock, settings, reset, CardProver.UID, listener);
  }

  /// One look or one measure, with the pause that belongs to it.
  ///
  /// @throws InterruptedException if asked to stop
  public void turn() throws InterruptedException {
    try {
      if (!working) {
        start();
      }
      look();
    } catch (DeviceFaultException e) {
      working = false;
      // Being asked to stop breaks some calls; that is no fault of the reader.
      if (Thread.interrupted()) {
        throw new InterruptedException("asked to stop");
      }
      recover(e.fault());
    }
  }

  /// Cancels what the chip is doing and gives the wire back; the next turn starts afresh.
  public void stop() {
    working = false;
    try {
      if (wire.isOpen()) {
        chip.abort();
      }
    } catch (DeviceFaultException e) {
      LOG.debug("reader could not be told to stop: {}", e.getMessage());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      wire.close();
    }
  }

  private void start() throws DeviceFaultException, InterruptedException {
    if (!wire.isOpen()) {
      wire.open();
    }
    var firmware = chip.start();
    working = true;
    cardsHeld = false;
    ladder = RecoveryLadder.START;
    openPauseMillis = FIRST_OPEN_PAUSE_MILLIS;
    if (reported.isPresent() || !everWorked) {
      LOG.info("reader {} works, firmware {}.{}", wire.name(), firmware.version(), firmware.revision());
      listener.accept(new ReaderEvent.ReaderRecovered());
    }
    everWorked = true;
    reported = Optional.empty();
  }

  private void look() throws DeviceFaultException, InterruptedException {
    if (cardsHeld) {
      chip.releaseCards();
    }
    List<CardIdentity> cards = chip.listCards();
    cardsHeld = !cards.isEmpty();
    var step = presence.look(field, cards, clock.millis());
    field = step.state();
    for (var event : step.events()) {
      tell(event);
    }
    clock.await(CardPresence.isUrgent(field) ? 0 : settings.pollPauseMillis());
  }

  private void tell(ReaderEvent event) throws DeviceFaultException, InterruptedException {
    switch (event) {
      case ReaderEvent.CardPresented(var card, var _) -> listener.accept(proven(card));
      case ReaderEvent.CardRefused _,ReaderEvent.CardMisread _,ReaderEvent.CardRemoved _,ReaderEvent.SeveralCardsPresent _,ReaderEvent.ReaderFault _,ReaderEvent.ReaderRecovered _ ->
        listener.accept(event);
    }
  }

  private ReaderEvent proven(CardIdentity card) throws DeviceFaultException, InterruptedException {
    try {
      return new CardTrial(prover).judge(new Pn532Trial(card));
    } catch (DeviceFaultException e) {
      // Nobody heard of this card, so it has to be presented once the reader works again.
      field = new CardPresence.State.Empty();
      throw e;
    }
  }

  private final class Pn532Trial implements CardTrial.Place {

    private final Pn532Channel channel;

    Pn532Trial(CardIdentity card) {
      channel = new Pn532Channel(chip, card);
    }

    @Override
    public CardChannel channel() {
      return channel;
    }

    @Override
    public boolean selectAgain() throws DeviceFaultException, InterruptedException {
      return channel.selectAgain();
    }

    @Override
    public void forget() {
      field = new CardPresence.State.Empty();
    }
  }

  private void recover(DeviceFault fault) throws InterruptedException {
    if (LINE_FAULTS.contains(fault.code())) {
      report(fault);
      wire.close();
      clock.await(openPauseMillis);
      openPauseMillis = Math.min(2 * openPauseMillis, LONGEST_OPEN_PAUSE_MILLIS);
    } else {
      ladder = ladder.failed();
      LOG.debug("{} in a row: {}", ladder, fault.detail());
      if (ladder.isExhausted()) {
        report(fault);
      }
      take(ladder.rung());
    }
  }

  private void take(RecoveryLadder.Rung rung) throws InterruptedException {
    switch (rung) {
      case RecoveryLadder.Rung.Rewake(long pauseMillis) -> clock.await(pauseMillis);
      case RecoveryLadder.Rung.Reopen(long pauseMillis) -> reopenAfter(pauseMillis);
      case RecoveryLadder.Rung.Search(long pauseMillis) -> {
        clock.await(pauseMillis);
        searchSpeed();
      }
      case RecoveryLadder.Rung.Reset(long pauseMillis) -> {
        restartByHardware();
        reopenAfter(pauseMillis);
      }
    }
  }

  private void searchSpeed() throws InterruptedException {
    var speed = SpeedSearch.find(wire, chip);
    if (speed.isPresent()) {
      report(new DeviceFault(FaultCode.READER_WRONG_SPEED, "reader " + wire.name(),
          "answers at " + speed.getAsInt() + " baud"));
    }
  }

  private void reopenAfter(long pauseMillis) throws InterruptedException {
    wire.close();
    clock.await(pauseMillis);
  }

  private void restartByHardware() throws InterruptedException {
    if (reset.isPresent()) {
      try {
        reset.get().restart();
      } catch (DeviceFaultException e) {
        LOG.warn("reader could not be restarted by hardware: {}", e.getMessage());
      }
    }
  }

  private void report(DeviceFault fault) {
    if (reported.isEmpty() || reported.get() != fault.code()) {
      LOG.warn("{}", fault.describe());
      reported = Optional.of(fault.code());
      listener.accept(new ReaderEvent.ReaderFault(fault));
    }
  }
}
