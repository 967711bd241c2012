package dev.counterfoil.terminal.font;

import dev.counterfoil.terminal.layout.Font;
import dev.counterfoil.terminal.layout.Glyph;
import dev.counterfoil.terminal.layout.HexFont;
import dev.counterfoil.terminal.layout.PlainFont;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeMap;

/// Finds and reads the glyphs of a terminal. The first of these files that is there counts: the one configured,
/// `font.hex` in the data folder, the one of Debian's package `unifont`. Without any, plain capitals are drawn.
///
/// No font is part of this program: Unifont has a licence of its own.
///
/// Threads: any. Blocks for reading the file, about 100 ms for all of Unifont.
public final class FontFile {

  /// Where Debian's package `unifont` puts it.
  public static final Path INSTALLED = Path.of("/usr/share/unifont/unifont.hex");
  /// The subset in a data folder.
  public static final String SUBSET = "font.hex";

  private FontFile() {}

  /// What was found.
  ///
  /// @param source  the file; empty if there was none
  /// @param glyphs  of the needed characters, those that the file has
  /// @param missing needed characters that it lacks
  /// @param problem what was wrong with the file, empty if nothing
  public record Found(Optional<Path> source, Map<Integer, Glyph> glyphs, List<Integer> missing,
      String problem) {

    public Found {
      glyphs = new TreeMap<>(glyphs);
      missing = List.copyOf(missing);
    }

    /// The glyphs, and plain capitals for what is missing of ASCII.
    public Font font() {
      return Font.of(glyphs).orElse(PlainFont.INSTANCE);
    }

    /// The missing characters as text.
    public String missingText() {
      var text = new StringBuilder();
      missing.forEach(text::appendCodePoint);
      return text.toString();
    }

    /// Everything needed is there.
    public boolean isComplete() {
      return problem.isEmpty() && missing.isEmpty();
    }
  }

  /// Looks in the usual places.
  ///
  /// @param configured empty for the usual places
  public static Found find(String configured, Path data, SortedSet<Integer> needed) {
    if (!configured.isEmpty()) {
      return read(data.resolve(configured), needed);
    }
    Path subset = data.resolve(SUBSET);
    if (Files.exists(subset)) {
      return read(subset, needed);
    }
    return Files.exists(INSTALLED) ? read(INSTALLED, needed) : none("no font is installed", needed);
  }

  /// Reads this file; one that cannot be used is told in [Found#problem].
  public static Found read(Path file, SortedSet<Integer> needed) {
    try (var text = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
      var glyphs = HexFont.read(text, needed::contains);
      return new Found(Optional.of(file), glyphs, missing(needed, glyphs), "");
    } catch (NoSuchFileException _) {
      return none(file + ": no such file", needed);
    } catch (IOException e) {
      return none(file + ": " + e.getMessage(), needed);
    }
  }

  private static Found none(String problem, SortedSet<Integer> needed) {
    return new Found(Optional.empty(), Map.of(), List.copyOf(needed), problem);
  }

  private static List<Integer> missing(SortedSet<Integer> needed, Map<Integer, Glyph> glyphs) {
    return needed.stream().filter(codePoint -> !glyphs.containsKey(codePoint)).toList();
  }

  /// Writes the glyphs as a file of the same format, atomically.
  ///
  /// @throws IOException if it could not be written; the old file stays then
  public static void write(Path file, Path source, Map<Integer, Glyph> glyphs) throws IOException {
    var lines = new ArrayList<String>();
    lines.add("# " + glyphs.size() + " glyphs of " + source + ", under the licence of that font");
    glyphs.forEach((codePoint, glyph) -> lines.add(HexFont.line(codePoint, glyph)));
    Path draft = file.resolveSibling(file.getFileName() + ".new");
    Files.write(draft, lines, StandardCharsets.UTF_8);
    Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE,
        StandardCopyOption.REPLACE_EXISTING);
  }
}
