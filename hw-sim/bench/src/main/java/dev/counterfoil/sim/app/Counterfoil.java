package dev.counterfoil.sim.app;

import dev.counterfoil.sim.demo.ChildException;
import dev.counterfoil.sim.replay.SalesFileException;
import java.io.IOException;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.Spec;

/// Everything of the launcher that is neither a server nor a terminal. Exit codes: 0 good, 1 something is off, 2 wrong
/// use.
@Command(name = "counterfoil", mixinStandardHelpOptions = true, subcommands = {DemoCommand.class,
    ReplayCommand.class,
    SimCommand.class, VerifyCommand.class, BenchCommand.class})
public final class Counterfoil implements Runnable {

  @Spec
  @SuppressWarnings("NullAway.Init") // set by picocli
  private CommandSpec spec;

  public static void main(String[] arguments) {
    System.exit(commandLine().execute(arguments));
  }

  static CommandLine commandLine() {
    return new CommandLine(new Counterfoil()).setExecutionExceptionHandler(Counterfoil::tell);
  }

  /// One line for the human; the stack trace only for what nobody expected.
  private static int tell(Exception problem, CommandLine command, ParseResult parsed) {
    boolean expected = problem instanceof IOException || problem instanceof SalesFileException
        || problem instanceof ChildException;
    if (expected) {
      command.getErr().println("counterfoil: " + problem.getMessage());
    } else {
      problem.printStackTrace(command.getErr());
    }
    return CommandLine.ExitCode.SOFTWARE;
  }

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "a command is needed");
  }
}
