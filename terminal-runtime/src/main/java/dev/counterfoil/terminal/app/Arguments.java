package dev.counterfoil.terminal.app;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// What stands on the command line: `--option VALUE` or `--option=VALUE`, flags, and plain words. Small on purpose:
/// a terminal starts in half the time without a library for it.
final class Arguments {

  private static final Path DEFAULT_DATA = Path.of("counterfoil-terminal");

  private final Map<String, String> values = new HashMap<>();
  private final Set<String> flags = new HashSet<>();

  private Arguments() {}

  /// @param options names that take a value
  /// @param flags names that take none
  /// @throws StartException USAGE for anything else
  static Arguments parse(List<String> words, Set<String> options, Set<String> flags) throws StartException {
    var arguments = new Arguments();
    for (int i = 0; i < words.size(); i++) {
      String word = words.get(i);
      int equals = word.indexOf('=');
      String name = equals < 0 ? word : word.substring(0, equals);
      if (flags.contains(word)) {
        arguments.flags.add(word);
      } else if (!options.contains(name)) {
        throw new StartException("USAGE", "unknown argument " + name + "; --help lists what there is");
      } else if (equals >= 0) {
        arguments.values.put(name, word.substring(equals + 1));
      } else if (i + 1 < words.size()) {
        i++;
        arguments.values.put(name, words.get(i));
      } else {
        throw new StartException("USAGE", name + " needs a value");
      }
    }
    return arguments;
  }

  boolean has(String flag) {
    return flags.contains(flag);
  }

  Optional<String> value(String option) {
    return Optional.ofNullable(values.get(option)).filter(value -> !value.isBlank());
  }

  String required(String option) throws StartException {
    return value(option)
        .orElseThrow(() -> new StartException("USAGE", option + " is missing; --help tells more"));
  }

  /// The data folder.
  Path data() {
    return value("--data").map(Path::of).orElse(DEFAULT_DATA);
  }

  /// The configuration's file, if one is in use.
  Optional<Path> configFile() {
    return value("--config").map(Path::of)
        .or(() -> Optional.of(data().resolve("terminal.toml")).filter(file -> file.toFile().exists()));
  }

  /// The configuration, read and checked. Without a file all defaults hold, unless one was asked for by name.
  TerminalConfig config() throws StartException {
    Optional<Path> file = configFile();
    try {
      return file.isPresent() ? TerminalConfigFile.read(file.get()) : TerminalConfigFile.defaults();
    } catch (ConfigException e) {
      String message = String.valueOf(e.getMessage());
      throw new StartException(e.code().name(), message.substring(e.code().name().length()).strip(), e);
    }
  }
}
