package dev.counterfoil.terminal.kernel;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Objects;

/// The other end of the kernel's simulated chip (gpio-sim): what is soldered to its lines, by files of sysfs.
final class SimulatedPins {

  private static final Path PLATFORM = Path.of("/sys/devices/platform");
  /// Only the header's chip has so many.
  private static final String LAST_LINE = "sim_gpio53";

  private final Path chip;

  SimulatedPins() throws IOException {
    try (var files = Files.find(PLATFORM, 3, (file, _) -> file.endsWith(LAST_LINE))) {
      chip = Objects.requireNonNull(files.findFirst().orElseThrow().getParent());
    }
  }

  String chipName() {
    return String.valueOf(chip.getFileName());
  }

  /// Drives a line that is an input of the chip.
  void drive(int line, boolean high) {
    try {
      Files.write(chip.resolve("sim_gpio" + line).resolve("pull"),
          (high ? "pull-up" : "pull-down").getBytes(StandardCharsets.US_ASCII), StandardOpenOption.WRITE);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// The level of a line that is an output of the chip.
  boolean isHigh(int line) {
    try {
      return Files.readString(chip.resolve("sim_gpio" + line).resolve("value")).strip().equals("1");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
