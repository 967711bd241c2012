package dev.counterfoil.terminal.file;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.Objects;

/// Writes small files that only the terminal's own user may read. Every method blocks until the medium has what it was given,
/// but [#replaceUnsynced].
///
/// Invariant: a power cut at any moment leaves the content of before the call or of after it; a file that is only ever
/// appended to may end in a piece of what was appended last.
public final class DurableFiles {

  /// On the machine's own file system.
  public static final DurableFiles ON_DISK = new DurableFiles(new DiskMedium());

  private static final int PIECE = 64 * 1024;

  private final Medium medium;

  /// What a file is to hold.
  @FunctionalInterface
  public interface Content {

    void writeTo(OutputStream out) throws IOException;
  }

  public DurableFiles(Medium medium) {
    this.medium = medium;
  }

  /// Puts these bytes in place of the file.
  ///
  /// @throws IOException if the medium refuses; the old file is untouched then, trying again is safe
  public void replace(Path file, byte[] bytes) throws IOException {
    replace(file, out -> out.write(bytes));
  }

  /// Puts this content in place of the file.
  ///
  /// @throws IOException if the medium or the content refuses; the old file is untouched then, trying again is safe
  public void replace(Path file, Content content) throws IOException {
    Path next = beside(file, content);
    medium.force(next);
    medium.move(next, file);
    syncName(file);
  }

  /// Puts these bytes in place of the file, whole or not at all for whoever reads it; after a power cut it may hold
  /// anything.
  ///
  /// @throws IOException if the medium refuses; the old file is untouched then, trying again is safe
  public void replaceUnsynced(Path file, byte[] bytes) throws IOException {
    medium.move(beside(file, out -> out.write(bytes)), file);
  }

  private Path beside(Path file, Content content) throws IOException {
    Path next = file.resolveSibling(file.getFileName() + ".new");
    medium.delete(next);
    medium.create(next);
    try (var out = new BufferedOutputStream(new Pieces(next), PIECE)) {
      content.writeTo(out);
    }
    return next;
  }

  /// Writes behind what the file has; makes the file if there is none.
  ///
  /// @throws IOException if the medium refuses; the file may end in a piece of the bytes then
  public void append(Path file, byte[] bytes) throws IOException {
    boolean isNew = !Files.exists(file);
    if (isNew) {
      medium.create(file);
    }
    medium.append(file, bytes);
    medium.force(file);
    if (isNew) {
      syncName(file);
    }
  }

  /// Makes an empty file whose name is durable.
  ///
  /// @throws IOException if it exists or cannot be made
  public void createEmpty(Path file) throws IOException {
    medium.create(file);
    syncName(file);
  }

  /// Removes the file, if it is there.
  ///
  /// @throws IOException if the medium refuses; trying again is safe
  public void delete(Path file) throws IOException {
    if (medium.delete(file)) {
      syncName(file);
    }
  }

  /// Makes the name of a file durable that was made by other means.
  ///
  /// @throws IOException if the medium refuses; trying again is safe
  public void syncName(Path file) throws IOException {
    medium.forceFolder(Objects.requireNonNull(file.toAbsolutePath().getParent(), "a file is in a folder"));
  }

  /// Creates a folder with mode 0700, or takes away what others may do in an existing one.
  public static void folder(Path folder) throws IOException {
    var owner = PosixFilePermissions.fromString("rwx------");
    Files.createDirectories(folder, PosixFilePermissions.asFileAttribute(owner));
    Files.setPosixFilePermissions(folder, owner);
  }

  /// Hands what is written on to the medium.
  private final class Pieces extends OutputStream {

    private final Path file;

    Pieces(Path file) {
      this.file = file;
    }

    @Override
    public void write(int one) throws IOException {
      medium.append(file, new byte[] {(byte) one});
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
      medium.append(file, Arrays.copyOfRange(bytes, offset, offset + length));
    }
  }
}
