package dev.counterfoil.sim.demo;

import dev.counterfoil.sim.verify.RunFolder;
import java.io.PrintStream;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// `counterfoil demo`: runs the script, has the run audited by another process, prints its verdict last.
public final class Demo {

  private static final Duration AUDIT_PATIENCE = Duration.ofSeconds(60);

  private final Path root;
  private final RunFolder folder;
  private final DemoScale scale;
  private final PrintStream out;

  private Demo(Path root, Path folder, DemoScale scale, PrintStream out) {
    this.root = root;
    this.folder = RunFolder.of(folder);
    this.scale = scale;
    this.out = out;
  }

  /// The whole day on six terminals.
  public static Demo whole(Path root, Path folder, PrintStream out) {
    return new Demo(root, folder, DemoScale.WHOLE, out);
  }

  /// The same script on three terminals in some seconds, for tests.
  public static Demo small(Path root, Path folder, PrintStream out) {
    return new Demo(root, folder, DemoScale.SMALL, out);
  }

  /// What keeps the demo open after its table.
  public interface Afterwards {
    /// Blocks for as long as the programs should stay up.
    ///
    /// @param http where the server answers operators
    /// @param link where terminals reach the server
    /// @param data the server's data folder
    void stay(String http, InetSocketAddress link, Path data) throws InterruptedException;
  }

  /// Runs everything; blocks for about a minute, and then for as long as `afterwards` says.
  ///
  /// @return 0 if nothing is off, else 1
  public int run(Afterwards afterwards) throws Exception {
    var story = new Story(out);
    try (var canteen = new Canteen(root, folder, scale)) {
      new DemoScript(canteen, scale, story).run();
      List<String> verdict = new ArrayList<>();
      int exit = audit(canteen, verdict);
      story.blank();
      story.quote(verdict);
      int result = story.disappointments().isEmpty() ? exit : 1;
      afterwards.stay(canteen.server().http(), canteen.server().link(), folder.serverData());
      return result;
    }
  }

  private int audit(Canteen canteen, List<String> verdict) throws Exception {
    Child audit = canteen.programs().start("verify", Map.of(),
        List.of("verify", "run", folder.root().toString()));
    int exit = audit.exitCode(AUDIT_PATIENCE);
    verdict.addAll(audit.output());
    return exit;
  }
}
