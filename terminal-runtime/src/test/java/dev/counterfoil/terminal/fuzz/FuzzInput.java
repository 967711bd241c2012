package dev.counterfoil.terminal.fuzz;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/// Inputs of fuzz tests. Each is a row of pieces, as a device says them one after the other: a byte that tells the length
/// (modulo 64) and so many bytes.
///
/// The committed ones run in the ordinary lane, without Jazzer's instrumentation, which would slow every other test of the
/// module down. With `-Pnightly` Jazzer looks for new ones; one that fails is put beside them.
public final class FuzzInput {

  private static final Path RESOURCES = Path.of("src/test/resources");
  private static final int LONGEST_PIECE = 64;

  private FuzzInput() {}

  /// The committed inputs, where Jazzer looks for them, too.
  ///
  /// @param test   class of the fuzz test
  /// @param method its method that Jazzer runs
  public static Stream<Path> committed(Class<?> test, String method) {
    Path folder = RESOURCES.resolve(test.getPackageName().replace('.', '/'))
        .resolve(test.getSimpleName() + "Inputs").resolve(method);
    try (var files = Files.list(folder)) {
      return files.sorted().toList().stream();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public static List<byte[]> pieces(byte[] input) {
    var pieces = new ArrayList<byte[]>();
    for (int at = 0; at < input.length;) {
      int end = Math.min(input.length, at + 1 + (input[at] & 0xFF) % LONGEST_PIECE);
      pieces.add(Arrays.copyOfRange(input, at + 1, end));
      at = end;
    }
    return pieces;
  }

  /// The same bytes at once.
  public static byte[] joined(List<byte[]> pieces) {
    var all = new ByteArrayOutputStream();
    pieces.forEach(all::writeBytes);
    return all.toByteArray();
  }
}
