package dev.counterfoil.terminal.driver.sound;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;

/// A folder with one WAV file a word: `approved.wav`, `12.wav`, `yuan.wav`.
public record Recordings(Path folder) {

  /// The file of a word, whether it is there or not.
  public Path file(String word) {
    return folder.resolve(word + ".wav");
  }

  /// Of these words, those without a file.
  public List<String> missing(Collection<String> words) {
    return words.stream().filter(word -> !Files.isReadable(file(word))).toList();
  }
}
