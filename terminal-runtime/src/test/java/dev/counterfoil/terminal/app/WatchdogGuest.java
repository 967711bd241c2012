package dev.counterfoil.terminal.app;

import dev.counterfoil.terminal.core.LifeSigns;
import dev.counterfoil.terminal.core.StartCause;
import dev.counterfoil.terminal.core.StartCause.Mark;
import dev.counterfoil.terminal.device.DeviceFaultException;
import dev.counterfoil.terminal.line.MonotonicClock;
import dev.counterfoil.terminal.line.ServiceNotices;
import dev.counterfoil.terminal.line.linux.Kernel;
import dev.counterfoil.terminal.line.linux.WatchdogFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/// Run in the guest, as a program: a terminal whose reader hangs a few seconds after its start. The machine's watchdog has to
/// start the machine; the second run then says why it runs.
public final class WatchdogGuest {

  private static final long HANGS_AFTER_LOOKS = 6;
  private static final int SECONDS = 4;

  private WatchdogGuest() {}

  /// @param words folder that outlives the machine
  public static void main(String[] words) throws IOException, InterruptedException, DeviceFaultException {
    var folder = Path.of(words[0]);
    var watchdog = new WatchdogFile(Kernel.system(), "/dev/watchdog", SECONDS);
    var marker = RunMarker.in(folder);
    var cause = marker.cause(watchdog.startedTheMachine());
    tell(folder, "cause " + cause);
    if (cause == StartCause.FIRST) {
      marker.set(Mark.RUNNING);
      hang(folder, watchdog);
    }
    marker.set(Mark.STOPPED);
  }

  private static void hang(Path folder, WatchdogFile watchdog) throws IOException, InterruptedException {
    var looks = new AtomicLong();
    var keeper = new LifeKeeper(new LifeKeeper.Parts() {
      @Override
      public void nudge() {
        looks.incrementAndGet();
      }

      @Override
      public LifeSigns.Progress progress() {
        return new LifeSigns.Progress(looks.get(), looks.get(), Math.min(looks.get(), HANGS_AFTER_LOOKS));
      }

      @Override
      public String health() {
        return "READY";
      }
    }, Optional.of(watchdog), 1_000L * SECONDS, ServiceNotices.NOBODY, MonotonicClock.system(), _ -> {
    });
    keeper.start();
    for (int second = 1; second <= 60; second++) {
      TimeUnit.SECONDS.sleep(1);
      tell(folder, "alive " + second);
    }
    tell(folder, "the watchdog did nothing");
  }

  private static void tell(Path folder, String line) throws IOException {
    Files.writeString(folder.resolve("told"), line + "\n", StandardOpenOption.CREATE,
        StandardOpenOption.APPEND,
        StandardOpenOption.SYNC);
  }
}
