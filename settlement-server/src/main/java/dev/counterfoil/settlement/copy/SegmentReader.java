package dev.counterfoil.settlement.copy;

import dev.counterfoil.protocol.journal.JournalRecord;
import dev.counterfoil.protocol.journal.RecordFormatException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// Reads a copy that {@link SegmentFiles} wrote, for whoever wants the records back. Changes no file, unlike the writer,
/// which repairs what a crash cut short. Blocks for the disk; any thread, one at a time.
///
/// Links and signatures are not judged here: what does not frame is stepped over up to the next whole record and told,
/// and whoever verifies the chain finds the hole.
public final class SegmentReader {

  private final Path root;

  public SegmentReader(Path root) {
    this.root = root;
  }

  /// What one file holds.
  ///
  /// @param damaged bytes at which something else than a record begins
  public record Segment(Path file, List<JournalRecord> records, List<Integer> damaged) {

    public Segment {
      records = List.copyOf(records);
      damaged = List.copyOf(damaged);
    }
  }

  /// Numbers of the site's terminals that the copy has, ascending; empty if it has none of the site.
  ///
  /// @throws CopyException COPY_IO if the folder cannot be read
  public List<Integer> terminals(int site) {
    Path folder = root.resolve("site-" + site);
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> folders = Files.list(folder)) {
      return folders.map(path -> path.getFileName().toString())
          .filter(name -> name.matches("terminal-\\d{1,9}"))
          .map(name -> Integer.valueOf(name.substring("terminal-".length()))).sorted().toList();
    } catch (IOException e) {
      throw new CopyException("COPY_IO: " + folder + ": " + e.getMessage(), e);
    }
  }

  /// A terminal's files, the oldest first.
  ///
  /// @throws CopyException COPY_IO if the folder cannot be read
  public List<Path> segments(int site, int terminal) {
    Path folder = root.resolve("site-" + site).resolve("terminal-" + terminal);
    try {
      return SegmentFiles.segments(folder);
    } catch (IOException e) {
      throw new CopyException("COPY_IO: " + folder + ": " + e.getMessage(), e);
    }
  }

  /// Reads one file, which is little longer than {@link SegmentFiles#SEGMENT_BYTES}.
  ///
  /// @param newest whether a last record may be cut short, as a crash or a writer at work leaves it
  /// @throws CopyException COPY_IO if the file cannot be read
  public static Segment read(Path file, boolean newest) {
    byte[] bytes;
    try {
      bytes = Files.readAllBytes(file);
    } catch (IOException e) {
      throw new CopyException("COPY_IO: " + file + ": " + e.getMessage(), e);
    }
    var records = new ArrayList<JournalRecord>();
    var damaged = new ArrayList<Integer>();
    int at = 0;
    while (at < bytes.length) {
      Optional<JournalRecord> record = recordAt(bytes, at);
      if (record.isEmpty()) {
        int next = nextRecord(bytes, at + 1);
        if (!newest || next < bytes.length || !isCutShort(bytes, at)) {
          damaged.add(at);
        }
        at = next;
      } else {
        records.add(record.get());
        at += record.get().bytes().length;
      }
    }
    return new Segment(file, records, damaged);
  }

  private static Optional<JournalRecord> recordAt(byte[] bytes, int at) {
    int length = JournalRecord.lengthAt(bytes, at);
    if (length < 0 || length > bytes.length - at) {
      return Optional.empty();
    }
    try {
      return Optional.of(JournalRecord.parse(Arrays.copyOfRange(bytes, at, at + length)));
    } catch (RecordFormatException _) {
      // Not a record: told by its place.
      return Optional.empty();
    }
  }

  private static int nextRecord(byte[] bytes, int from) {
    int at = from;
    while (at < bytes.length && recordAt(bytes, at).isEmpty()) {
      at++;
    }
    return at;
  }

  private static boolean isCutShort(byte[] bytes, int at) {
    int length = JournalRecord.lengthAt(bytes, at);
    return length < 0 ? bytes.length - at < JournalRecord.SHORTEST : length > bytes.length - at;
  }
}
