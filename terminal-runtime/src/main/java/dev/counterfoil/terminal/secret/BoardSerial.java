package dev.counterfoil.terminal.secret;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/// Finds the number that tells this board from all others.
///
/// A Raspberry Pi has it from its maker, in the device tree and in `/proc/cpuinfo`. A machine without one, such as a
/// developer's, is told by its machine id, which lies on the disk and so moves with a copy of it.
public final class BoardSerial {

  private static final String CPU_LINE = "Serial";

  private BoardSerial() {}

  /// The serial of the machine that runs this.
  ///
  /// @return empty if it has none; the caller then needs one from the installer
  public static Optional<String> find() {
    return find(Path.of("/"));
  }

  static Optional<String> find(Path root) {
    return read(root.resolve("proc/device-tree/serial-number"))
        .or(() -> read(root.resolve("proc/cpuinfo")).flatMap(BoardSerial::cpuSerial))
        .or(() -> read(root.resolve("etc/machine-id")).map(id -> "machine-" + id))
        .filter(serial -> !serial.isEmpty());
  }

  private static Optional<String> cpuSerial(String cpuinfo) {
    return cpuinfo.lines().filter(line -> line.startsWith(CPU_LINE) && line.indexOf(':') > 0)
        .map(line -> line.substring(line.indexOf(':') + 1).strip()).findFirst();
  }

  private static Optional<String> read(Path file) {
    try {
      // The device tree ends its texts with a zero byte.
      return Optional
          .of(new String(Files.readAllBytes(file), StandardCharsets.UTF_8).replace("\0", "").strip());
    } catch (IOException _) {
      // This kind of machine tells it elsewhere.
      return Optional.empty();
    }
  }
}
