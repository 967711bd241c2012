package dev.counterfoil.sim.app;

import dev.counterfoil.sim.demo.ChildException;
import dev.counterfoil.sim.replay.SalesFileException;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.NoSuchFileException;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/// Everything of the launcher that is neither a server nor a terminal. Exit codes: 0 good, 1 a check found something, 2
/// wrong use or a file that cannot be used, 70 a mistake in the program. What goes wrong is one line with a code.
@Command(name = "counterfoil", mixinStandardHelpOptions = true, subcommands = {DemoCommand.class,
    ReplayCommand.class,
    SimCommand.class, VerifyCommand.class, BenchCommand.class})
public final class Counterfoil implements Runnable {

  private static final int DEFECT = 70;

  @Option(names = "--verbose", scope = ScopeType.INHERIT, description = "Print the stack trace of what goes wrong.")
  private boolean verbose;

  @Spec
  @SuppressWarnings("NullAway.Init") // set by picocli
  private CommandSpec spec;

  public static void main(String[] arguments) {
    System.exit(commandLine().execute(arguments));
  }

  static CommandLine commandLine() {
    var root = new Counterfoil();
    return new CommandLine(root).setExecutionExceptionHandler(root::tell)
        .setParameterExceptionHandler(Counterfoil::badInput);
  }

  /// One line for the human; the stack trace for whoever asks for it.
  private int tell(Exception problem, CommandLine command, ParseResult parsed) {
    PrintWriter err = command.getErr();
    err.println(line(problem));
    if (verbose) {
      problem.printStackTrace(err);
    }
    err.flush();
    return isDefect(problem) ? DEFECT : CommandLine.ExitCode.USAGE;
  }

  private static String line(Exception problem) {
    String said = oneLine(String.valueOf(problem.getMessage()));
    return switch (problem) {
      // Begins with a code of its own.
      case SalesFileException _ -> "ERROR code=" + said.replaceFirst("^(\\w+): ", "$1 ");
      case ChildException _ -> "ERROR code=PROGRAM_FAILED " + said;
      case NoSuchFileException _ -> "ERROR code=FILE_UNREADABLE file=" + said + " reason=no such file";
      case IOException _ -> "ERROR code=FILE_UNREADABLE " + said;
      default -> "ERROR code=DEFECT problem=\"" + oneLine(problem.toString())
          + "\" meaning=\"a mistake in this program; --verbose shows more\"";
    };
  }

  private static boolean isDefect(Exception problem) {
    return !(problem instanceof IOException || problem instanceof SalesFileException
        || problem instanceof ChildException);
  }

  private static int badInput(ParameterException problem, String[] arguments) {
    PrintWriter err = problem.getCommandLine().getErr();
    err.println("ERROR code=BAD_INPUT " + oneLine(String.valueOf(problem.getMessage())) + " (see "
        + problem.getCommandLine().getCommandSpec().qualifiedName() + " --help)");
    err.flush();
    return CommandLine.ExitCode.USAGE;
  }

  private static String oneLine(String text) {
    return text.replaceAll("\\p{Cntrl}+", " ");
  }

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "a command is needed");
  }
}
