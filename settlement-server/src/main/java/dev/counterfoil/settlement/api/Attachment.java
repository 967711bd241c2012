package dev.counterfoil.settlement.api;

import dev.counterfoil.settlement.account.RefusedException;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Semaphore;
import java.util.function.Consumer;

/// A file that is sent once and then removed. It is written whole before its first byte goes out: a caller who reads
/// slowly then holds a file, and no view of the store. Only its owner may read it.
///
/// @param file in the scratch folder
/// @param name what the caller's program may call it
record Attachment(Path file, String name) {

  /// One at a time: each is as large as the whole trail.
  private static final Semaphore TURN = new Semaphore(1);

  interface Content {
    void write(Consumer<String> lines);
  }

  /// Blocks for the disk.
  ///
  /// @throws RefusedException SYSTEM_BUSY while another one is written
  static Attachment write(Path scratch, String name, Content content) {
    if (!TURN.tryAcquire()) {
      throw new RefusedException("SYSTEM_BUSY", "another export is being written; try again");
    }
    try {
      Path file = Files.createTempFile(scratch, "export-", ".tmp");
      var attachment = new Attachment(file, name);
      try {
        attachment.fill(content);
      } catch (IOException | RuntimeException e) {
        attachment.remove();
        throw e;
      }
      return attachment;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } finally {
      TURN.release();
    }
  }

  private void fill(Content content) throws IOException {
    try (BufferedWriter writer = Files.newBufferedWriter(file, StandardCharsets.UTF_8)) {
      content.write(line -> {
        try {
          writer.write(line);
          writer.write('\n');
        } catch (IOException e) {
          throw new UncheckedIOException(e);
        }
      });
    }
  }

  void remove() {
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
