package dev.counterfoil.sim.verify;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// What the simulated cardholders saw, one tab-separated line a tap, written before the next tap starts:
/// `time, terminal, card, kind, amount, glass, text`. Safe for several threads; appending blocks for one write.
public final class TapLog implements AutoCloseable {

  private static final int FIELDS = 7;

  private final Writer out;

  public TapLog(Path file) throws IOException {
    out = Files.newBufferedWriter(file, StandardCharsets.UTF_8);
  }

  public synchronized void add(Tap tap) {
    try {
      out.write(
          String.join("\t", Long.toString(tap.atMillis()), tap.terminal(), tap.card(), tap.kind().name(),
              Long.toString(tap.amountMinor()), tap.glass().name(), tap.text().replaceAll("[\\t\\r\\n]", " "))
              + "\n");
      out.flush();
    } catch (IOException e) {
      throw new UncheckedIOException("tap log", e);
    }
  }

  @Override
  public synchronized void close() throws IOException {
    out.close();
  }

  /// Reads a log, in the order written.
  ///
  /// @throws IOException if it cannot be read or a line is damaged
  public static List<Tap> read(Path file) throws IOException {
    var taps = new ArrayList<Tap>();
    for (String line : Files.readAllLines(file, StandardCharsets.UTF_8)) {
      String[] fields = line.split("\t", -1);
      if (fields.length != FIELDS) {
        throw new IOException(
            file + " line " + (taps.size() + 1) + " has " + fields.length + " fields, not " + FIELDS);
      }
      try {
        taps.add(new Tap(Long.parseLong(fields[0]), fields[1], fields[2], Tap.Kind.valueOf(fields[3]),
            Long.parseLong(fields[4]), Tap.Glass.valueOf(fields[5]), fields[6]));
      } catch (IllegalArgumentException e) {
        throw new IOException(file + " line " + (taps.size() + 1) + ": " + e.getMessage(), e);
      }
    }
    return taps;
  }
}
