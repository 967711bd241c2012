package dev.counterfoil.sim.app;

import dev.counterfoil.sim.bench.IngestBench;
import dev.counterfoil.sim.bench.TerminalBench;
import dev.counterfoil.sim.bench.VerifyBench;
import dev.counterfoil.sim.demo.IdleTerminal;
import java.nio.file.Path;
import java.util.random.RandomGeneratorFactory;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/// `counterfoil bench`: the figures that the documentation claims, measured on this machine.
@Command(name = "bench", mixinStandardHelpOptions = true, description = "Measures what the documentation claims, each time beside a bare loop.")
final class BenchCommand implements Runnable {

  private static final long SEED = 20261121;

  @Spec
  @SuppressWarnings("NullAway.Init") // set by picocli
  private CommandSpec spec;

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(),
        "which one: " + String.join(", ", spec.subcommands().keySet()));
  }

  @Command(name = "verify", mixinStandardHelpOptions = true, description = "Records a second that one core links and believes by head signature.")
  int verify() {
    return new VerifyBench(RandomGeneratorFactory.of("L64X128MixRandom").create(SEED)).run(System.out)
        ? CommandLine.ExitCode.OK
        : CommandLine.ExitCode.SOFTWARE;
  }

  @Command(name = "ingest", mixinStandardHelpOptions = true, description = "Records a second that the server receives and settles from 50 terminals over TLS.")
  int ingest() throws Exception {
    Path folder = ProjectRoot.freshRun("bench-ingest");
    var random = RandomGeneratorFactory.of("L64X128MixRandom").create(SEED);
    return new IngestBench(folder, random, System.out).run()
        ? CommandLine.ExitCode.OK
        : CommandLine.ExitCode.SOFTWARE;
  }

  @Command(name = "terminal", mixinStandardHelpOptions = true, description = "From a card at the reader to a durable sale, beside a bare loop that signs and inserts.")
  int terminal() throws Exception {
    Path folder = ProjectRoot.freshRun("bench-terminal");
    var random = RandomGeneratorFactory.of("L64X128MixRandom").create(SEED);
    return new TerminalBench(folder, random, System.out).run() ? CommandLine.ExitCode.OK
        : CommandLine.ExitCode.SOFTWARE;
  }

  @Command(name = "footprint", mixinStandardHelpOptions = true, description = "Idle CPU and memory of one terminal with the shipped flags, over a minute.")
  int footprint() throws Exception {
    Path folder = ProjectRoot.freshRun("bench-footprint");
    return new IdleTerminal(ProjectRoot.path(), folder, System.out).run() ? CommandLine.ExitCode.OK
        : CommandLine.ExitCode.SOFTWARE;
  }
}
