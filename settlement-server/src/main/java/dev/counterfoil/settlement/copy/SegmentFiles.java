package dev.counterfoil.settlement.copy;

import dev.counterfoil.protocol.id.Hash;
import dev.counterfoil.protocol.journal.ChainPosition;
import dev.counterfoil.protocol.journal.JournalRecord;
import dev.counterfoil.protocol.journal.RecordFormatException;
import dev.counterfoil.protocol.journal.RecordKind;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/// The copy as files below one folder: `site-S/terminal-T/SEQ.cfj`, each named after its first record (20 digits) and
/// holding exact record bytes one after the other, nothing else. A file is closed at {@link #SEGMENT_BYTES}.
///
/// What was appended counts only after fsync, a re-read through a fresh channel, a byte comparison and the chain's
/// links. A tail that a crash cut short is cut back to the last whole record when the terminal is next asked for.
public final class SegmentFiles implements SafeCopy {

  /// A segment begun is continued until it is this long.
  static final long SEGMENT_BYTES = 16L * 1024 * 1024;

  private final Path root;
  private final Map<Path, Tail> tails = new HashMap<>();

  /// Where one terminal's stream ends.
  private record Tail(Path file, long length, ChainPosition position) {}

  private SegmentFiles(Path root) {
    this.root = root;
  }

  /// @param database the file whose loss the copy is for
  /// @param allowSameDevice `safe.allow-same-device`
  /// @throws CopyException COPY_SAME_DEVICE, COPY_IO
  public static SegmentFiles open(Path root, Path database, boolean allowSameDevice) {
    try {
      Files.createDirectories(root);
      if (!allowSameDevice && isSameDevice(root, database)) {
        throw new CopyException(
            "COPY_SAME_DEVICE: " + root + " is on the database's own device; put safe.path on"
                + " another one or set safe.allow-same-device = true");
      }
      return new SegmentFiles(root);
    } catch (IOException e) {
      throw new CopyException("COPY_IO: " + root + " cannot be used: " + e.getMessage(), e);
    }
  }

  /// Whether losing one device loses both.
  public static boolean isSameDevice(Path one, Path other) throws IOException {
    return Files.getAttribute(one, "unix:dev").equals(Files.getAttribute(existing(other), "unix:dev"));
  }

  private static Path existing(Path path) {
    Path known = path.toAbsolutePath();
    while (!Files.exists(known) && known.getParent() != null) {
      known = known.getParent();
    }
    return known;
  }

  @Override
  public ChainPosition position(int site, int terminal) {
    return tail(folder(site, terminal)).position();
  }

  @Override
  public void append(int site, int terminal, List<JournalRecord> records) {
    Path folder = folder(site, terminal);
    Tail tail = tail(folder);
    requireLinks(tail.position(), records);
    boolean fresh = tail.length() == 0 || tail.length() >= SEGMENT_BYTES;
    Path file = fresh ? folder.resolve(name(records.getFirst().seq())) : tail.file();
    long start = fresh ? 0 : tail.length();
    byte[] bytes = joined(records);
    // Should anything fail, the next call looks at the disk anew.
    tails.remove(folder);
    try {
      write(file, start, bytes);
      if (fresh) {
        syncFolder(folder);
      }
      requireSame(file, start, bytes);
    } catch (IOException e) {
      throw new CopyException("COPY_IO: " + file + ": " + e.getMessage(), e);
    }
    tails.put(folder, new Tail(file, start + bytes.length, records.getLast().position()));
  }

  private static void requireLinks(ChainPosition from, List<JournalRecord> records) {
    Hash previous = from.hash();
    long seq = from.seq();
    for (JournalRecord record : records) {
      boolean links = seq == 0 || record.previous().equals(previous)
          || record.is(RecordKind.GENESIS);
      if (!links || record.seq() <= seq) {
        throw new CopyException("COPY_DIFFERS: record " + record.seq() + " does not follow " + seq);
      }
      previous = record.hash();
      seq = record.seq();
    }
  }

  private static byte[] joined(List<JournalRecord> records) {
    ByteBuffer all = ByteBuffer.allocate(records.stream().mapToInt(record -> record.bytes().length).sum());
    records.forEach(record -> all.put(record.bytes()));
    return all.array();
  }

  private static void write(Path file, long start, byte[] bytes) throws IOException {
    try (var channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
      channel.truncate(start);
      ByteBuffer rest = ByteBuffer.wrap(bytes);
      long at = start;
      while (rest.hasRemaining()) {
        at += channel.write(rest, at);
      }
      channel.force(true);
    }
  }

  private static void requireSame(Path file, long start, byte[] bytes) throws IOException {
    byte[] read = new byte[bytes.length];
    try (var channel = FileChannel.open(file, StandardOpenOption.READ)) {
      ByteBuffer into = ByteBuffer.wrap(read);
      long at = start;
      while (into.hasRemaining()) {
        int count = channel.read(into, at);
        if (count < 0) {
          throw new CopyException("COPY_DIFFERS: " + file + " is shorter than what was written");
        }
        at += count;
      }
    }
    if (!Arrays.equals(read, bytes)) {
      throw new CopyException("COPY_DIFFERS: " + file + " does not hold what was written at byte " + start);
    }
  }

  private static void syncFolder(Path folder) throws IOException {
    try (var channel = FileChannel.open(folder, StandardOpenOption.READ)) {
      channel.force(true);
    }
  }

  private Tail tail(Path folder) {
    Tail known = tails.get(folder);
    if (known == null) {
      try {
        known = readTail(folder);
      } catch (IOException e) {
        throw new CopyException("COPY_IO: " + folder + ": " + e.getMessage(), e);
      }
      tails.put(folder, known);
    }
    return known;
  }

  /// Walks the newest file that has a whole record; what stands behind the last one is cut off.
  private static Tail readTail(Path folder) throws IOException {
    Files.createDirectories(folder);
    List<Path> files = segments(folder);
    for (int i = files.size() - 1; i >= 0; i--) {
      Path file = files.get(i);
      byte[] bytes = Files.readAllBytes(file);
      int end = 0;
      JournalRecord last = null;
      int length = JournalRecord.lengthAt(bytes, 0);
      while (length > 0 && end + length <= bytes.length) {
        last = record(file, bytes, end, length);
        end += length;
        length = end < bytes.length ? JournalRecord.lengthAt(bytes, end) : -1;
      }
      if (last != null) {
        return new Tail(file, end, last.position());
      }
      Files.delete(file);
    }
    return new Tail(folder.resolve(name(1)), 0, new ChainPosition(0, Hash.ZERO, 0));
  }

  /// A record of full length that is none was changed after it was copied: for a person to look at, not to cut off.
  private static JournalRecord record(Path file, byte[] bytes, int start, int length) {
    try {
      return JournalRecord.parse(Arrays.copyOfRange(bytes, start, start + length));
    } catch (RecordFormatException e) {
      throw new CopyException(
          "COPY_DIFFERS: " + file + " holds no record at byte " + start + ": " + e.getMessage(), e);
    }
  }

  /// All files of one terminal, the oldest first.
  public static List<Path> segments(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(file -> file.toString().endsWith(".cfj")).sorted().toList();
    }
  }

  private Path folder(int site, int terminal) {
    return root.resolve("site-" + site).resolve("terminal-" + terminal);
  }

  private static String name(long seq) {
    String digits = Long.toString(seq);
    return "0".repeat(20 - digits.length()) + digits + ".cfj";
  }

  @Override
  public void close() {
    tails.clear();
  }
}
