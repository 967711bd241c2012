package dev.counterfoil.sim.app;

import dev.counterfoil.sim.demo.Demo;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// `counterfoil demo`: a day of sales on real processes. Ends with the RESULT line, or stays up until Ctrl-C.
@Command(name = "demo", mixinStandardHelpOptions = true, description = {
    "Runs a day of canteen and vending sales: real server, real terminals, real drivers on simulated hardware;",
    "cuts the network and the power in between, puts back an old SD card and copies one; then counts everything.",
    "Exit code 0 when nothing was lost or doubled."})
final class DemoCommand implements Callable<Integer> {

  @Option(names = "--exit", description = "End after the table instead of staying up until Ctrl-C.")
  private boolean exit;

  @Option(names = "--dir", paramLabel = "DIR", description = "New folder for what the run leaves behind (default: run/demo-…).")
  private @Nullable Path folder;

  @Override
  public Integer call() throws Exception {
    Path place = folder == null ? ProjectRoot.freshRun("demo") : Files.createDirectories(folder);
    System.out.println("evidence of this run: " + place);
    return Demo.whole(ProjectRoot.path(), place, System.out).run(exit ? (_, _, _) -> {
    } : DemoCommand::untilStopped);
  }

  private static void untilStopped(String http, InetSocketAddress link, Path data)
      throws InterruptedException {
    System.out.printf("""

        everything stays up until Ctrl-C:
          operators  %s/readyz and %s/metrics
          terminals  %s:%d
        try:
          ./counterfoil admin terminal list --data %s
          ./counterfoil admin exception list --data %s
          ./counterfoil admin verify ledger --data %s
        """, http, http, link.getHostString(), link.getPort(), data, data, data);
    new CountDownLatch(1).await();
  }
}
