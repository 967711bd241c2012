package dev.counterfoil.sim.replay;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/// The small sales file that ships with this program: our own machines, products and prices, the columns of the real
/// one.
public final class SampleFile {

  private static final String NAME = "sample.csv";

  private SampleFile() {}

  /// Writes it into a folder, which is created.
  public static Path writeTo(Path folder) throws IOException {
    Path file = Files.createDirectories(folder).resolve(NAME);
    try (InputStream sample = SampleFile.class.getResourceAsStream(NAME)) {
      if (sample == null) {
        throw new IOException("the sample is missing from this build");
      }
      Files.copy(sample, file, StandardCopyOption.REPLACE_EXISTING);
    }
    return file;
  }
}
