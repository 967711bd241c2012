package dev.counterfoil.terminal.driver.proof;

import dev.counterfoil.protocol.card.proof.SunVerifier;
import dev.counterfoil.protocol.crypto.Sha256;
import dev.counterfoil.terminal.file.DurableFiles;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Counters of tags in a file, a line a reading; the last line of a tag counts.
///
/// ```
/// 16 hexadecimal digits of SHA-256(UID), a space, the counter, LF
/// ```
/// A last line without its LF was torn by a power cut and does not count: the sale that it belonged to was not made
/// either. Lines are synced before the tag is taken. A file of more lines than tags are
/// remembered is written anew at the start.
///
/// Threads: one.
public final class SunCounterFile implements SunCounters {

  /// Tags that are remembered; of more, the one that was not seen for longest is forgotten.
  static final int MOST_TAGS = 100_000;

  private static final Logger LOG = LoggerFactory.getLogger(SunCounterFile.class);
  private static final int NAME = 16;

  private final Path file;
  private final DurableFiles files;
  private final Map<String, Integer> counters = new LinkedHashMap<>();

  private SunCounterFile(Path file, DurableFiles files) {
    this.file = file;
    this.files = files;
  }

  /// Reads what was kept.
  ///
  /// @throws IOException if the file is there and cannot be read or written
  public static SunCounterFile open(Path file) throws IOException {
    return open(file, DurableFiles.ON_DISK);
  }

  static SunCounterFile open(Path file, DurableFiles files) throws IOException {
    var kept = new SunCounterFile(file, files);
    if (Files.exists(file)) {
      // The run that made it may have ended before its name was durable.
      files.syncName(file);
      String text = Files.readString(file, StandardCharsets.US_ASCII);
      kept.read(text);
      // A torn line would swallow the next one.
      if (text.lines().count() > MOST_TAGS || !text.isEmpty() && !text.endsWith("\n")) {
        kept.compact();
      }
    }
    return kept;
  }

  private void read(String text) throws IOException {
    int whole = text.lastIndexOf('\n') + 1;
    for (String line : text.substring(0, whole).lines().toList()) {
      if (!line.matches("[0-9a-f]{16} [0-9]{1,8}")) {
        throw new IOException(file + " has a line that is none of ours");
      }
      note(line.substring(0, NAME), Integer.parseInt(line.substring(NAME + 1)));
    }
  }

  private void compact() throws IOException {
    var lines = new StringBuilder();
    counters.forEach((name, counter) -> lines.append(line(name, counter)));
    files.replace(file, lines.toString().getBytes(StandardCharsets.US_ASCII));
  }

  @Override
  public int counter(byte[] uid) {
    return counters.getOrDefault(name(uid), SunVerifier.NEVER_SEEN);
  }

  @Override
  public void remember(byte[] uid, int counter) {
    note(name(uid), counter);
    try {
      files.append(file, line(name(uid), counter).getBytes(StandardCharsets.US_ASCII));
    } catch (IOException e) {
      LOG.warn("event=sun_counter_not_kept file={} cause=\"{}\"", file, e.toString());
    }
  }

  private void note(String name, int counter) {
    counters.remove(name);
    counters.put(name, counter);
    if (counters.size() > MOST_TAGS) {
      counters.remove(counters.keySet().iterator().next());
    }
  }

  private static String line(String name, int counter) {
    return name + " " + counter + "\n";
  }

  /// Not the UID itself: what is in files leaves with their backups.
  private static String name(byte[] uid) {
    return HexFormat.of().formatHex(Arrays.copyOf(Sha256.digest(uid), NAME / 2));
  }
}
