package dev.counterfoil.terminal.journal;

import dev.counterfoil.protocol.id.Hash;
import dev.counterfoil.protocol.journal.ChainPosition;
import dev.counterfoil.protocol.journal.JournalRecord;
import dev.counterfoil.protocol.journal.RecordFormatException;
import dev.counterfoil.protocol.journal.RecordLayout;
import dev.counterfoil.terminal.file.DurableFiles;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/// The mirror as a file of frames, appended without sync.
///
/// ```
///  0  magic "CFM1"   4        16  hash     32
///  4  length u32              48  turnover i64
///  8  seq    u64              56  CRC-32C of bytes 0-55 and of the record, u32
/// 60  record, length bytes; length 0 = digest only
/// ```
/// A power cut may tear or lose the end, whole pages in any order. Reading stops at the first frame that is not
/// sound or does not come after the one before, and the next append writes there.
public final class MirrorFile implements JournalMirror {

  static final int FRAME_LENGTH = 60;

  private static final int MAGIC = 0x43464d31;
  private static final int CRC_AT = 56;

  private final Path file;
  private final boolean keepsBytes;
  private final DurableFiles files;
  private @Nullable FileChannel channel;

  /// @param file created with mode 0600 when first needed
  /// @param keepsBytes whether whole records are kept; worth it on a second medium
  public MirrorFile(Path file, boolean keepsBytes) {
    this(file, keepsBytes, DurableFiles.ON_DISK);
  }

  MirrorFile(Path file, boolean keepsBytes, DurableFiles files) {
    this.files = files;
    this.file = file;
    this.keepsBytes = keepsBytes;
  }

  @Override
  public List<MirrorEntry> load() {
    try {
      FileChannel open = channel();
      var content = ByteBuffer.wrap(Files.readAllBytes(file));
      var entries = new ArrayList<MirrorEntry>();
      long last = 0;
      int sound = 0;
      for (var entry = next(content); entry.isPresent() && entry.get().position().seq() > last; entry = next(
          content)) {
        last = entry.get().position().seq();
        sound = content.position();
        entries.add(entry.get());
      }
      open.truncate(sound).position(sound);
      return List.copyOf(entries);
    } catch (IOException e) {
      throw failed("read", e);
    }
  }

  @Override
  public void append(JournalRecord record) {
    try {
      writeFully(channel(), frame(record));
    } catch (IOException e) {
      throw failed("append record " + record.seq(), e);
    }
  }

  @Override
  public void sync() {
    try {
      channel().force(false);
    } catch (IOException e) {
      throw failed("sync", e);
    }
  }

  @Override
  public void rebuild(List<JournalRecord> records) {
    try {
      close();
      files.replace(file, out -> {
        for (JournalRecord record : records) {
          out.write(frame(record).array());
        }
      });
    } catch (IOException e) {
      throw failed("rebuild", e);
    }
  }

  @Override
  public void close() {
    try {
      if (channel != null) {
        channel.close();
      }
    } catch (IOException _) {
      // Whatever was not synced may be lost, which a mirror may be.
    } finally {
      channel = null;
    }
  }

  private FileChannel channel() throws IOException {
    FileChannel open = channel;
    if (open == null) {
      if (!Files.exists(file)) {
        files.createEmpty(file);
      }
      open = FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE);
      open.position(open.size());
      channel = open;
    }
    return open;
  }

  private ByteBuffer frame(JournalRecord record) {
    byte[] bytes = keepsBytes ? record.bytes() : new byte[0];
    var frame = ByteBuffer.allocate(FRAME_LENGTH + bytes.length);
    frame.putInt(MAGIC).putInt(bytes.length).putLong(record.seq()).put(record.hash().bytes())
        .putLong(record.turnover()).putInt(0).put(bytes);
    frame.putInt(CRC_AT, crc(frame.array(), 0, bytes.length)).flip();
    return frame;
  }

  private static Optional<MirrorEntry> next(ByteBuffer in) {
    int start = in.position();
    if (in.remaining() < FRAME_LENGTH || in.getInt(start) != MAGIC) {
      return Optional.empty();
    }
    int length = in.getInt(start + 4);
    if (length < 0 || length > RecordLayout.MAX_RECORD_LENGTH || in.remaining() < FRAME_LENGTH + length
        || in.getInt(start + CRC_AT) != crc(in.array(), start, length)) {
      return Optional.empty();
    }
    byte[] hash = new byte[Hash.LENGTH];
    in.get(start + 16, hash);
    var position = new ChainPosition(in.getLong(start + 8), Hash.of(hash), in.getLong(start + 48));
    byte[] bytes = new byte[length];
    in.get(start + FRAME_LENGTH, bytes);
    in.position(start + FRAME_LENGTH + length);
    return length == 0 ? Optional.of(MirrorEntry.digest(position)) : whole(position, bytes);
  }

  private static Optional<MirrorEntry> whole(ChainPosition position, byte[] bytes) {
    try {
      JournalRecord record = JournalRecord.parse(bytes);
      return record.position().equals(position)
          ? Optional.of(MirrorEntry.whole(record))
          : Optional.empty();
    } catch (RecordFormatException _) {
      // Not a record: the frame is no more sound than one with a wrong checksum.
      return Optional.empty();
    }
  }

  private static int crc(byte[] file, int start, int length) {
    var crc = new CRC32C();
    crc.update(file, start, CRC_AT);
    crc.update(file, start + FRAME_LENGTH, length);
    return (int) crc.getValue();
  }

  private static void writeFully(FileChannel out, ByteBuffer frame) throws IOException {
    while (frame.hasRemaining()) {
      out.write(frame);
    }
  }

  private StoreException failed(String what, IOException e) {
    return new StoreException(StoreFailure.IO_ERROR, what + " " + file + ": " + e, e);
  }
}
