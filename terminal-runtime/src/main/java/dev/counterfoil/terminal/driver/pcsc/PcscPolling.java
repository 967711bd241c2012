package dev.counterfoil.terminal.driver.pcsc;

import dev.counterfoil.terminal.device.CardChannel;
import dev.counterfoil.terminal.device.CardIdentity;
import dev.counterfoil.terminal.device.CardProver;
import dev.counterfoil.terminal.device.CardRefusedException;
import dev.counterfoil.terminal.device.DeviceFault;
import dev.counterfoil.terminal.device.DeviceFaultException;
import dev.counterfoil.terminal.device.FaultCode;
import dev.counterfoil.terminal.device.ReaderEvent;
import dev.counterfoil.terminal.driver.proof.CardTrial;
import dev.counterfoil.terminal.line.MonotonicClock;
import dev.counterfoil.terminal.line.PcscPort;
import dev.counterfoil.terminal.line.PcscPort.Sight;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What the thread of a PC/SC reader does, one turn at a time: wait for the reader to show something else, and find out
/// what it is.
///
/// Which card was reported survives a failure of the reader, so that one that lies there all the while is not reported
/// twice.
///
/// Threads: one.
final class PcscPolling {

  /// A card must be out of sight for this long to count as removed.
  static final long REMOVAL_MILLIS = 300;
  /// Longest wait for a change; a stop need not wait for it.
  static final long WATCH_MILLIS = 500;

  private static final Logger LOG = LoggerFactory.getLogger(PcscPolling.class);
  private static final long CONTACT_PAUSE_MILLIS = 200;
  private static final long FIRST_PAUSE_MILLIS = 500;
  private static final long LONGEST_PAUSE_MILLIS = 5_000;

  private final PcscPort port;
  private final String wanted;
  private final MonotonicClock clock;
  private final CardTrial trial;
  private final Consumer<ReaderEvent> listener;

  private @Nullable String reader;
  private Sight sight = Sight.NOTHING_KNOWN;
  private Optional<CardIdentity> present = Optional.empty();
  private Optional<FaultCode> reported = Optional.empty();
  private boolean everWorked;
  private long pauseMillis = FIRST_PAUSE_MILLIS;

  /// @param wanted a part of the reader's name, or its number
  PcscPolling(PcscPort port, String wanted, MonotonicClock clock, CardProver prover,
      Consumer<ReaderEvent> listener) {
    this.port = port;
    this.wanted = wanted;
    this.clock = clock;
    this.trial = new CardTrial(prover);
    this.listener = listener;
  }

  /// One change or one wait.
  ///
  /// @throws InterruptedException if asked to stop
  void turn() throws InterruptedException {
    if (Thread.interrupted()) {
      throw new InterruptedException("asked to stop");
    }
    try {
      look(started());
    } catch (DeviceFaultException e) {
      recover(e.fault());
    }
  }

  void stop() {
    port.close();
    reader = null;
  }

  private String started() throws DeviceFaultException {
    if (reader != null) {
      return reader;
    }
    port.open();
    String found = PcscReaders.choose(wanted, port.readers());
    sight = Sight.NOTHING_KNOWN;
    reader = found;
    pauseMillis = FIRST_PAUSE_MILLIS;
    if (reported.isPresent() || !everWorked) {
      LOG.info("reader {} works", found);
      listener.accept(new ReaderEvent.ReaderRecovered());
    }
    everWorked = true;
    reported = Optional.empty();
    return found;
  }

  private void look(String name) throws DeviceFaultException, InterruptedException {
    boolean leaving = present.isPresent() && !sight.card();
    var seen = port.await(name, sight, leaving && sight.state() != 0 ? REMOVAL_MILLIS : WATCH_MILLIS);
    boolean changed = seen.state() != sight.state();
    sight = seen;
    if (changed && seen.card()) {
      arrived(name);
    } else if (!changed && leaving) {
      removed();
    }
  }

  private void arrived(String name) throws DeviceFaultException, InterruptedException {
    try {
      judge(name, PcscChannel.open(port, name, sight.atr()));
    } catch (CardRefusedException e) {
      LOG.debug("reader {}: {}", name, e.getMessage());
      sight = Sight.NOTHING_KNOWN;
      clock.await(CONTACT_PAUSE_MILLIS);
    } finally {
      port.disconnect();
    }
  }

  private void judge(String name, PcscChannel channel) throws DeviceFaultException, InterruptedException {
    if (present.isPresent() && present.get().equals(channel.card())) {
      return;
    }
    if (present.isPresent()) {
      removed();
    }
    var place = new PcscPlace(name, channel);
    var event = trial.judge(place);
    if (place.gone) {
      sight = Sight.NOTHING_KNOWN;
    } else {
      present = Optional.of(channel.card());
    }
    listener.accept(event);
  }

  private final class PcscPlace implements CardTrial.Place {

    private final String name;
    private final PcscChannel channel;
    private boolean gone;

    PcscPlace(String name, PcscChannel channel) {
      this.name = name;
      this.channel = channel;
    }

    @Override
    public CardChannel channel() {
      return channel;
    }

    @Override
    public boolean selectAgain() throws DeviceFaultException {
      try {
        return PcscChannel.open(port, name, sight.atr()).card().equals(channel.card());
      } catch (CardRefusedException e) {
        LOG.debug("reader {}: {}", name, e.getMessage());
        return false;
      }
    }

    @Override
    public void forget() {
      gone = true;
    }
  }

  private void removed() {
    present.ifPresent(card -> listener.accept(new ReaderEvent.CardRemoved(card)));
    present = Optional.empty();
  }

  private void recover(DeviceFault fault) throws InterruptedException {
    stop();
    if (reported.isEmpty() || reported.get() != fault.code()) {
      LOG.warn("{}", fault.describe());
      reported = Optional.of(fault.code());
      listener.accept(new ReaderEvent.ReaderFault(fault));
    }
    clock.await(pauseMillis);
    pauseMillis = Math.min(2 * pauseMillis, LONGEST_PAUSE_MILLIS);
  }
}
