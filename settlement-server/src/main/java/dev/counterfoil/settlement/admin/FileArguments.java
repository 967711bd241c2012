package dev.counterfoil.settlement.admin;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import picocli.CommandLine;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

/// Files and folders that an operator names from where he stands, as the server must hear them: it stands elsewhere.
final class FileArguments {

  private FileArguments() {}

  /// Lines that cannot be read stay as they are: whoever runs them says what is wrong.
  static List<String> absolute(List<String> arguments) {
    Set<String> paths = new HashSet<>();
    try {
      ParseResult at = AdminCommands.line().parseArgs(arguments.toArray(String[]::new));
      while (at.hasSubcommand()) {
        at = at.subcommand();
      }
      at.matchedPositionals().stream().filter(each -> each.type().equals(Path.class))
          .map(PositionalParamSpec::originalStringValues).forEach(paths::addAll);
      List<String> complete = new ArrayList<>(arguments);
      complete.replaceAll(each -> paths.contains(each) ? Path.of(each).toAbsolutePath().toString() : each);
      return complete;
    } catch (ParameterException | InvalidPathException _) {
      return arguments;
    }
  }
}
