package dev.counterfoil.terminal.driver.sound;

import dev.counterfoil.terminal.device.Speaker;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Says words by a program that plays the files it is given, one after another, such as `aplay -q`. An utterance with a
/// word that was not recorded is left out as a whole: half an amount is another amount.
///
/// One thread, which waits for the program; a new utterance ends the one that is being said.
public final class ProgramSpeaker implements Speaker {

  /// ALSA's player, in Debian's package `alsa-utils`.
  public static final List<String> APLAY = List.of("aplay", "-q");

  private static final Logger LOG = LoggerFactory.getLogger(ProgramSpeaker.class);
  private static final long LONGEST_SECONDS = 30;

  private final List<String> program;
  private final Recordings recordings;
  private final Object monitor = new Object();
  private final Thread worker;
  private List<String> wanted = List.of();
  private boolean closing;
  private @Nullable Process playing;

  private ProgramSpeaker(List<String> program, Recordings recordings) {
    this.program = List.copyOf(program);
    this.recordings = recordings;
    this.worker = Thread.ofPlatform().name("speaker").daemon().unstarted(this::run);
  }

  /// @param program with its options; the files follow
  public static ProgramSpeaker by(List<String> program, Recordings recordings) {
    var speaker = new ProgramSpeaker(program, recordings);
    speaker.worker.start();
    return speaker;
  }

  @Override
  public void say(List<String> words) {
    synchronized (monitor) {
      if (words.isEmpty() || closing) {
        return;
      }
      wanted = List.copyOf(words);
      stopPlaying();
      monitor.notifyAll();
    }
  }

  private void run() {
    try {
      for (var words = next(); !words.isEmpty(); words = next()) {
        play(words);
      }
    } catch (InterruptedException e) {
      LOG.debug("speaker stops");
    }
  }

  private List<String> next() throws InterruptedException {
    synchronized (monitor) {
      while (wanted.isEmpty() && !closing) {
        monitor.wait();
      }
      var words = closing ? List.<String>of() : wanted;
      wanted = List.of();
      return words;
    }
  }

  private void play(List<String> words) throws InterruptedException {
    var missing = recordings.missing(words);
    if (!missing.isEmpty()) {
      LOG.warn("event=speech_left_out code=SOUND_MISSING words={} folder={}", missing, recordings.folder());
      return;
    }
    var command = new ArrayList<>(program);
    words.forEach(word -> command.add(recordings.file(word).toString()));
    try {
      await(new ProcessBuilder(command).redirectErrorStream(true)
          .redirectOutput(ProcessBuilder.Redirect.DISCARD).start());
    } catch (IOException e) {
      LOG.warn("event=speech_failed program={} cause=\"{}\"", program.getFirst(), e.getMessage());
    }
  }

  private void await(Process started) throws InterruptedException {
    synchronized (monitor) {
      playing = started;
      if (closing || !wanted.isEmpty()) {
        stopPlaying();
      }
    }
    try {
      if (!started.waitFor(LONGEST_SECONDS, TimeUnit.SECONDS)) {
        LOG.warn("event=speech_failed program={} cause=\"still running after {} s\"", program.getFirst(),
            LONGEST_SECONDS);
      }
    } finally {
      started.destroyForcibly();
    }
  }

  private void stopPlaying() {
    if (playing != null) {
      playing.destroy();
      playing = null;
    }
  }

  @Override
  public void close() {
    synchronized (monitor) {
      closing = true;
      stopPlaying();
      monitor.notifyAll();
    }
    try {
      worker.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
