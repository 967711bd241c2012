package dev.counterfoil.terminal.file;

import java.io.IOException;
import java.nio.file.Path;

/// What a medium is asked to do, one step at a time. What was not forced may be gone after a power cut, wholly or in part.
public interface Medium {

  /// Makes an empty file that only the terminal's own user may read (mode 0600).
  ///
  /// @throws IOException if it exists or cannot be made
  void create(Path file) throws IOException;

  /// Writes behind what the file has.
  void append(Path file, byte[] bytes) throws IOException;

  /// Makes the file's content durable; blocks until it is.
  void force(Path file) throws IOException;

  /// Gives a file another name, in place of whatever had it.
  void move(Path from, Path to) throws IOException;

  /// Removes a file.
  ///
  /// @return false if there was none
  boolean delete(Path file) throws IOException;

  /// Makes the names in a folder durable; blocks until they are.
  void forceFolder(Path folder) throws IOException;
}
