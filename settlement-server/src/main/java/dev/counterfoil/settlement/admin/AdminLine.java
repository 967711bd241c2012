package dev.counterfoil.settlement.admin;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;

/// Runs an operator's command line where the data is: in the server that runs on it, or else in this process.
public final class AdminLine {

  private AdminLine() {}

  /// @param offline runs a command on the database itself, under its lock
  public static AdminAnswer run(Path data, List<String> arguments,
      Function<List<String>, AdminAnswer> offline) {
    return run(data, arguments, offline, _ -> {
    });
  }

  /// @param offline runs a command on the database itself, under its lock
  /// @param words   hears how far it is, before the answer
  public static AdminAnswer run(Path data, List<String> arguments,
      Function<List<String>, AdminAnswer> offline, Consumer<String> words) {
    List<String> complete = withOperator(FileArguments.absolute(arguments));
    try {
      Optional<AdminAnswer> answer = AdminClient.ask(data, complete, words);
      return answer.map(said -> new AdminAnswer(said.exitCode(), said.text()))
          .orElseGet(() -> offline.apply(complete));
    } catch (IOException e) {
      return new AdminAnswer(AdminCommands.REFUSED,
          "ERROR code=ADMIN_CONNECTION socket=" + data.resolve(AdminSocket.NAME)
              + " reason=" + e.getMessage() + " meaning=\"look before you repeat the command\"\n");
    }
  }

  /// Runs a command line against a desk of this process.
  public static AdminAnswer run(List<String> arguments, AdminDesk desk, Consumer<String> words) {
    return AdminCommands.run(arguments, desk, words);
  }

  /// What `--help` says; needs no data.
  public static AdminAnswer help(List<String> arguments) {
    return AdminCommands.help(arguments);
  }

  private static List<String> withOperator(List<String> arguments) {
    if (arguments.stream()
        .anyMatch(argument -> argument.startsWith("--operator") || argument.matches("-h|--help|-V"))
        || arguments.isEmpty()) {
      return arguments;
    }
    List<String> complete = new ArrayList<>(arguments);
    complete.add("--operator=" + System.getProperty("user.name", "operator"));
    return complete;
  }
}
