package dev.counterfoil.terminal.app;

import dev.counterfoil.terminal.core.StartCause.Mark;
import dev.counterfoil.terminal.core.StartCause;
import dev.counterfoil.terminal.file.DurableFiles;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A small file by which a run knows how the one before it ended: written when a run begins and when it ends in order, durable
/// both times, whole or not at all.
///
/// ```
/// RUNNING 7c9e6679-7425-40de-944b-e07fc1f90ae7      mark, and the kernel's boot (/proc/sys/kernel/random/boot_id)
/// ```
///
/// Nothing depends on it but what people are told; a marker that cannot be written is logged.
///
/// Threads: one at a time.
public final class RunMarker {

  /// Its name in the data folder.
  static final String NAME = "run-marker";

  private static final Logger LOG = LoggerFactory.getLogger(RunMarker.class);
  private static final Path KERNEL_BOOT = Path.of("/proc/sys/kernel/random/boot_id");

  private final Path file;
  private final String boot;
  private final DurableFiles files;

  /// What was found.
  private record Found(Mark mark, String boot) {}

  /// @param boot the kernel's name of the time since the machine was started
  RunMarker(Path data, String boot, DurableFiles files) {
    this.file = data.resolve(NAME);
    this.boot = boot;
    this.files = files;
  }

  static RunMarker in(Path data) {
    return new RunMarker(data, kernelBoot(), DurableFiles.ON_DISK);
  }

  /// The mark that the newest run left, for people; empty without one.
  static String markIn(Path data) {
    return new RunMarker(data, "", DurableFiles.ON_DISK).find().map(found -> found.mark().name()).orElse("");
  }

  private static String kernelBoot() {
    try {
      return Files.readString(KERNEL_BOOT).strip();
    } catch (IOException e) {
      throw new UncheckedIOException(KERNEL_BOOT + " is part of every Linux", e);
    }
  }

  /// Why this run had to begin.
  ///
  /// @param byWatchdog the machine was started by its watchdog, as far as its driver tells
  StartCause cause(boolean byWatchdog) {
    return find().map(before -> StartCause.of(before.mark(), before.boot().equals(boot), byWatchdog))
        .orElse(StartCause.FIRST);
  }

  private Optional<Found> find() {
    try {
      var words = Files.readString(file).strip().split(" ", -1);
      if (words.length == 2) {
        return Optional.of(new Found(Mark.valueOf(words[0]), words[1]));
      }
      LOG.warn("event=run_marker_unreadable file={}", file);
    } catch (NoSuchFileException _) {
      LOG.debug("{} is not there: the first run", file);
    } catch (IOException | IllegalArgumentException e) {
      LOG.warn("event=run_marker_unreadable file={} cause=\"{}\"", file, e.toString());
    }
    return Optional.empty();
  }

  void set(Mark mark) {
    try {
      files.replace(file, (mark + " " + boot + "\n").getBytes(StandardCharsets.US_ASCII));
    } catch (IOException e) {
      LOG.warn("event=run_marker_unwritable file={} mark={} cause=\"{}\"", file, mark, e.toString());
    }
  }
}
