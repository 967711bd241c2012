package dev.counterfoil.sim.virtual;

import dev.counterfoil.sim.world.InvariantViolation;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `counterfoil sim run FILE`: a scenario in virtual time.
///
/// Exit codes: 0 it ran, and with `--expect` was as the file says; 1 it was not; 2 it cannot be read or done; 3 something
/// happened that must never happen.
@Command(name = "run", mixinStandardHelpOptions = true, description = "Replay a scenario of the virtual terminal in virtual time.")
public final class ScenarioCommand implements Callable<Integer> {

  private static final int DIFFERENT = 1;
  private static final int UNREADABLE = 2;
  private static final int BROKEN = 3;

  @Spec
  @SuppressWarnings("NullAway.Init") // set by picocli
  private CommandSpec spec;

  @Parameters(paramLabel = "FILE", description = "the scenario")
  @SuppressWarnings("NullAway.Init") // set by picocli
  private Path file;

  @Option(names = "--expect", description = "compare with what the file says was seen; exit code 1 if it differs")
  private boolean expect;

  @Option(names = "--record", paramLabel = "OUT", description = "write the scenario with everything that was seen; - for the console")
  private @Nullable Path record;

  @Override
  public Integer call() throws IOException {
    PrintWriter out = spec.commandLine().getOut();
    PrintWriter err = spec.commandLine().getErr();
    try {
      List<String> lines = Files.readAllLines(file);
      var outcome = ScenarioRun.of(lines, VirtualFont.find());
      write(outcome.lines(), out);
      out.printf("%s: %d approved on the glass, %d settled by the server%n", file.getFileName(),
          outcome.approved(), outcome.settled());
      return expect ? judge(outcome, out) : 0;
    } catch (ScenarioException wrong) {
      err.println("ERROR code=" + wrong.describe());
      return UNREADABLE;
    } catch (InvariantViolation violation) {
      err.println("ERROR code=INVARIANT " + violation.getMessage());
      return BROKEN;
    }
  }

  private void write(List<String> lines, PrintWriter out) throws IOException {
    Optional<Path> where = Optional.ofNullable(record);
    if (where.isPresent() && where.get().toString().equals("-")) {
      lines.forEach(out::println);
    } else if (where.isPresent()) {
      Files.write(where.get(), lines);
    }
  }

  private static int judge(ScenarioRun.Outcome outcome, PrintWriter out) {
    outcome.differences().forEach(out::println);
    out.println(outcome.differences().isEmpty() ? "as expected" : "DIFFERENT");
    return outcome.differences().isEmpty() ? 0 : DIFFERENT;
  }
}
