package dev.counterfoil.terminal.driver.sound;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// With the shell in place of a player: it writes down what it was told to play.
class ProgramSpeakerTest {

  @TempDir
  private Path folder;

  @Test
  void theFilesArePlayedInTheirOrderByOneCallOfTheProgram() throws Exception {
    record("approved", "12", "yuan");

    try (var speaker = ProgramSpeaker.by(player(), new Recordings(folder))) {
      speaker.say(List.of("approved", "12", "yuan"));
      awaitPlayed(1);
    }

    assertThat(played()).containsExactly("approved.wav 12.wav yuan.wav");
  }

  @Test
  void halfAnAmountIsNeverSaid() throws Exception {
    record("approved", "12");

    try (var speaker = ProgramSpeaker.by(player(), new Recordings(folder))) {
      speaker.say(List.of("12", "yuan"));
      speaker.say(List.of());
      speaker.say(List.of("approved"));
      awaitPlayed(1);
    }

    assertThat(played()).containsExactly("approved.wav");
    assertThat(new Recordings(folder).missing(List.of("12", "yuan"))).containsExactly("yuan");
  }

  @Test
  void aNewUtteranceEndsTheOneBefore() throws Exception {
    record("approved", "declined");
    var endless = List.of("sh", "-c", "echo begun >> " + folder + "/played; exec sleep 20", "player");

    long start = System.nanoTime();
    try (var speaker = ProgramSpeaker.by(endless, new Recordings(folder))) {
      speaker.say(List.of("approved"));
      awaitPlayed(1);
      speaker.say(List.of("declined"));
      awaitPlayed(2);
    }

    assertThat(TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - start)).isLessThan(15);
  }

  @Test
  void aProgramThatIsNotThereIsNoReasonToStop() throws Exception {
    record("approved");

    try (var speaker = ProgramSpeaker.by(List.of("/no/such/player"), new Recordings(folder))) {
      speaker.say(List.of("approved"));
    }

    assertThat(played()).isEmpty();
  }

  private void record(String... words) throws IOException {
    for (String word : words) {
      Files.writeString(folder.resolve(word + ".wav"), "RIFF");
    }
  }

  private List<String> player() {
    return List.of("sh", "-c", "for f in \"$@\"; do printf '%s ' \"${f##*/}\"; done >> " + folder
        + "/line; sed 's/ $//' " + folder + "/line >> " + folder + "/played; echo >> " + folder + "/played",
        "player");
  }

  private List<String> played() throws IOException {
    var file = folder.resolve("played");
    return Files.exists(file) ? Files.readAllLines(file).stream().filter(line -> !line.isBlank()).toList()
        : List.of();
  }

  private void awaitPlayed(int lines) throws IOException {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(5);
    while (played().size() < lines && System.nanoTime() < deadline) {
      Thread.onSpinWait();
    }
    assertThat(played()).hasSizeGreaterThanOrEqualTo(lines);
  }
}
