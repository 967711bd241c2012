package dev.counterfoil.terminal.app;

import dev.counterfoil.terminal.enrolment.EnrolmentException;
import dev.counterfoil.terminal.enrolment.IdentityFile;
import dev.counterfoil.terminal.font.FontFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// `counterfoil terminal font`: takes from an installed font what this terminal's displays need, so that a device carries
/// a few kilobytes instead of a package.
final class SubsetCommand {

  private SubsetCommand() {}

  /// @return 0 when all needed glyphs were there, 1 when some were not; what was there is written all the same
  /// @throws StartException `FONT_UNREADABLE` or `FONT_UNWRITABLE`; the old file stays then
  static int run(Arguments arguments) throws StartException {
    Path data = arguments.data();
    Path source = arguments.value("--from").map(Path::of).orElse(FontFile.INSTALLED);
    Path target = arguments.value("--out").map(Path::of).orElse(data.resolve(FontFile.SUBSET));
    var found = FontFile.read(source, ScreenFont.needed(arguments.config(), name(arguments)));
    if (!found.problem().isEmpty()) {
      throw new StartException("FONT_UNREADABLE",
          found.problem() + "; apt-get install unifont, or name one with --from");
    }
    try {
      FontFile.write(target, source, found.glyphs());
    } catch (IOException e) {
      throw new StartException("FONT_UNWRITABLE", target + ": " + e, e);
    }
    System.out.println(target + ": " + found.glyphs().size() + " glyphs of " + source
        + (found.isComplete() ? "" : ", which lacks " + found.missingText()));
    return found.isComplete() ? 0 : 1;
  }

  /// As the idle screen shows it; a board that is not enrolled yet may have none.
  private static String name(Arguments arguments) throws StartException {
    String configured = arguments.config().terminal().name();
    if (!configured.isEmpty() || !Files.exists(arguments.data().resolve(IdentityFile.NAME))) {
      return configured;
    }
    try {
      return new IdentityFile(arguments.data()).read().name();
    } catch (EnrolmentException e) {
      throw new StartException(e.code(), String.valueOf(e.getMessage()), e);
    }
  }
}
