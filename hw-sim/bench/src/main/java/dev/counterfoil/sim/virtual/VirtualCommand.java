package dev.counterfoil.sim.virtual;

import java.io.IOException;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine.Option;

/// `counterfoil sim` without more: virtual terminals in the browser, until Ctrl-C.
public final class VirtualCommand {

  private static final int MOST = VirtualShop.MOST_TERMINALS;

  @Option(names = "--port", defaultValue = "8412", description = "port on loopback; 0 for any (default: ${DEFAULT-VALUE})")
  private int port;

  @Option(names = "--terminals", defaultValue = "1", description = "how many stand there at first, 1 to "
      + MOST + " (default: ${DEFAULT-VALUE})")
  private int terminals;

  @Option(names = "--mode", defaultValue = "keyed", description = "keyed, fixed, products, weighed, counted, timed or preorder (default: ${DEFAULT-VALUE})")
  private String mode = "keyed";

  @Option(names = "--display", defaultValue = "lcd-16x2", description = "lcd-16x2, lcd-20x4 or ssd1306 (default: ${DEFAULT-VALUE})")
  private String display = "lcd-16x2";

  @Option(names = "--language", defaultValue = "en", description = "en or zh (default: ${DEFAULT-VALUE})")
  private String language = "en";

  @Option(names = "--seed", defaultValue = "1", description = "of everything that is drawn (default: ${DEFAULT-VALUE})")
  private long seed;

  /// Blocks until the thread is interrupted.
  ///
  /// @throws IOException if the port is taken
  /// @throws ScenarioException if an option means nothing
  public void run(PrintWriter out) throws IOException, ScenarioException, InterruptedException {
    try (VirtualPage page = VirtualPage.open(port, seed, lines())) {
      out.println("virtual terminals at " + page.address() + " (Ctrl-C ends them)");
      out.flush();
      new CountDownLatch(1).await();
    }
  }

  private List<String> lines() throws ScenarioException {
    if (terminals < 1 || terminals > MOST) {
      throw new ScenarioException(ScenarioException.Code.SCENARIO_TERMINAL,
          "--terminals is 1 to " + MOST + ", found " + terminals);
    }
    var lines = new ArrayList<String>();
    for (int i = 1; i <= terminals; i++) {
      lines.add("terminal %d mode=%s display=%s language=%s".formatted(i, mode, display, language));
    }
    return lines;
  }
}
