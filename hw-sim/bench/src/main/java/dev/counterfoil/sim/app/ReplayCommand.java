package dev.counterfoil.sim.app;

import dev.counterfoil.sim.replay.Replay;
import dev.counterfoil.sim.replay.SampleFile;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.random.RandomGeneratorFactory;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `counterfoil replay`: real sales through simulated terminals.
@Command(name = "replay", mixinStandardHelpOptions = true, description = {
    "Plays a vending sales file (CSV) through one card terminal a machine and settles it on a real server.",
    "FILE is a path, or 'sample' for the small file that ships with this program."})
final class ReplayCommand implements Callable<Integer> {

  @Parameters(paramLabel = "FILE")
  @SuppressWarnings("NullAway.Init") // set by picocli
  private String file;

  @Option(names = "--exit", description = "End after the table instead of staying up until Ctrl-C.")
  private boolean exit;

  @Option(names = "--cardholders", paramLabel = "N", defaultValue = "500", description = "Who shares the card sales (default: ${DEFAULT-VALUE}).")
  private int cardholders;

  @Option(names = "--dir", paramLabel = "DIR", description = "New folder for what the run leaves behind.")
  private @Nullable Path folder;

  @Option(names = "--seed", paramLabel = "N", defaultValue = "20220101", description = "Seed of times and cardholders (default: ${DEFAULT-VALUE}).")
  private long seed;

  @Spec
  @SuppressWarnings("NullAway.Init") // set by picocli
  private CommandSpec spec;

  @Override
  public Integer call() throws Exception {
    if (cardholders < 1 || cardholders > 100_000) {
      throw new ParameterException(spec.commandLine(), "--cardholders: allowed are 1 to 100000");
    }
    Path place = folder == null ? ProjectRoot.nextRun("replay") : folder;
    Path sales = file.equals("sample") ? SampleFile.writeTo(place) : Path.of(file);
    var random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
    return new Replay(ProjectRoot.path(), place, random, System.out).run(sales, cardholders,
        exit ? (_, _) -> {
        } : ReplayCommand::untilStopped);
  }

  private static void untilStopped(String http, Path data) throws InterruptedException {
    System.out.println(
        "the server stays up at " + http + " until Ctrl-C; try ./counterfoil admin exception list --data "
            + data);
    new CountDownLatch(1).await();
  }
}
