package dev.counterfoil.sim.verify.vectors;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/// Reads and writes the files under `docs/vectors/`: JSON, one list of cases each.
public final class VectorFiles {

  /// Names the shape of the files; changes only with an incompatible one.
  static final String FORMAT = "counterfoil/vectors/v1";

  private static final JsonMapper JSON = JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT)
      .build();

  private VectorFiles() {}

  record VectorFile(String format, List<Vector> vectors) {}

  /// All cases of all `.json` files in the folder, by file name.
  ///
  /// @throws IOException if the folder or a file cannot be read or is not a vector file
  public static List<Vector> readAll(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      var vectors = Stream.<Vector>builder();
      for (Path file : files.filter(f -> f.toString().endsWith(".json")).sorted().toList()) {
        read(file).vectors().forEach(vectors);
      }
      return vectors.build().toList();
    }
  }

  private static VectorFile read(Path file) throws IOException {
    try {
      VectorFile content = JSON.readValue(Files.readString(file), VectorFile.class);
      if (!FORMAT.equals(content.format())) {
        throw new IOException(file + ": expected format " + FORMAT + ", found " + content.format());
      }
      return content;
    } catch (JacksonException e) {
      throw new IOException(file + ": not a vector file: " + e.getOriginalMessage(), e);
    }
  }

  static String text(List<Vector> vectors) {
    return JSON.writeValueAsString(new VectorFile(FORMAT, vectors)).replace("\r\n", "\n") + "\n";
  }
}
