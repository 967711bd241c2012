package dev.counterfoil.sim.device;

import dev.counterfoil.sim.device.board.BoardSocketException;
import dev.counterfoil.sim.line.LineException;
import java.io.PrintStream;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;

/// What the commands that run one device by itself have in common: options with values, an end by Ctrl-C, exit codes.
///
/// Exit codes: 130 after Ctrl-C as the shell has it, 2 when the arguments are wrong, 3 when a path cannot be used.
final class StandAlone {
  private final PrintStream out;
  private final PrintStream err;
  private final String usage;
  private final List<String> allowed;

  /// A device that has been switched on.
  interface Device {
    /// Puts it at the paths of the options and says where it is.
    AutoCloseable start(Map<String, String> options);
  }

  StandAlone(PrintStream out, PrintStream err, String usage, List<String> allowed) {
    this.out = out;
    this.err = err;
    this.usage = usage;
    this.allowed = allowed;
  }

  /// Runs until `end` opens or the JVM is asked to stop.
  int run(String[] args, CountDownLatch end, Device device) {
    if (List.of(args).contains("--help") || List.of(args).contains("-h")) {
      out.println(usage);
      return 0;
    }
    try {
      serve(device.start(options(args)), end);
      return 0;
    } catch (IllegalArgumentException wrong) {
      err.println("SIM-ARGS: " + wrong.getMessage() + " (see --help)");
      return 2;
    } catch (LineException | BoardSocketException unusable) {
      err.println(unusable.getMessage());
      return 3;
    }
  }

  private Map<String, String> options(String[] args) {
    Map<String, String> options = new TreeMap<>();
    for (int i = 0; i < args.length; i += 2) {
      if (!allowed.contains(args[i])) {
        throw new IllegalArgumentException("unknown argument " + args[i]);
      }
      if (i + 1 == args.length) {
        throw new IllegalArgumentException(args[i] + " needs a value");
      }
      options.put(args[i], args[i + 1]);
    }
    return options;
  }

  /// The value of an option that must be there.
  static String required(Map<String, String> options, String name) {
    String value = options.get(name);
    if (value == null) {
      throw new IllegalArgumentException(name + " is missing");
    }
    return value;
  }

  private void serve(AutoCloseable device, CountDownLatch end) {
    Thread stopping = Thread.ofPlatform().unstarted(() -> close(device));
    Runtime.getRuntime().addShutdownHook(stopping);
    try {
      end.await();
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
    close(device);
    Runtime.getRuntime().removeShutdownHook(stopping);
  }

  private void close(AutoCloseable device) {
    try {
      device.close();
    } catch (Exception failed) {
      err.println("SIM-CLOSE: " + failed);
    }
  }
}
