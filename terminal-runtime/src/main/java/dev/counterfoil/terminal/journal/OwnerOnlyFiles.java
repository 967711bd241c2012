package dev.counterfoil.terminal.journal;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;

/// Files that only the terminal's own user may read, and directories whose entries are durable.
final class OwnerOnlyFiles {

  private OwnerOnlyFiles() {}

  /// Creates an empty file with mode 0600.
  ///
  /// @throws IOException if it exists or cannot be made
  static void createEmpty(Path file) throws IOException {
    Files.createFile(file,
        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
  }

  /// Makes the directory entry of `file` durable.
  static void syncDirectory(Path file) throws IOException {
    try (var directory = FileChannel.open(file.toAbsolutePath().getParent(), StandardOpenOption.READ)) {
      directory.force(true);
    }
  }
}
