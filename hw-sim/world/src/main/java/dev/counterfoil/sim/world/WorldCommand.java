package dev.counterfoil.sim.world;

import java.io.PrintStream;
import java.util.List;

/// `counterfoil sim world [--seed N] [--seeds K] [--terminals N] [--days N] [--taps N]`: runs the fleet simulator with
/// real signatures and prints what each seed found.
///
/// Exit code 0 if every invariant held, 1 if one broke, 2 for bad arguments.
public final class WorldCommand {
  private static final String USAGE = "usage: sim world [--seed N] [--seeds K] [--terminals N] [--days N] [--taps N]";
  private static final int HOLDERS_PER_TERMINAL = 20;

  private long seed = 1;
  private int seeds = 1;
  private int terminals = 10;
  private int days = 1;
  private int taps = 302;

  private WorldCommand() {}

  public static void main(String[] arguments) {
    System.exit(run(arguments, System.out, System.err));
  }

  /// @return the exit code
  public static int run(String[] arguments, PrintStream out, PrintStream err) {
    if (List.of(arguments).contains("--help") || List.of(arguments).contains("-h")) {
      out.println(USAGE);
      return 0;
    }
    WorldCommand command = new WorldCommand();
    try {
      command.read(arguments);
    } catch (IllegalArgumentException e) {
      err.println("BAD_ARGUMENT " + e.getMessage() + " (see --help)");
      return 2;
    }
    return command.simulate(out);
  }

  private void read(String[] arguments) {
    for (int i = 0; i < arguments.length; i += 2) {
      if (i + 1 == arguments.length) {
        throw new IllegalArgumentException(arguments[i] + " needs a value");
      }
      take(arguments[i], arguments[i + 1]);
    }
  }

  private void take(String name, String value) {
    switch (name) {
      case "--seed" -> seed = number(name, value, 0, Long.MAX_VALUE / 2);
      case "--seeds" -> seeds = (int) number(name, value, 1, 1_000_000);
      case "--terminals" -> terminals = (int) number(name, value, 1, 10_000);
      case "--days" -> days = (int) number(name, value, 1, 400);
      case "--taps" -> taps = (int) number(name, value, 1, 5_000);
      default -> throw new IllegalArgumentException("unknown argument " + name);
    }
  }

  private static long number(String name, String value, long least, long most) {
    try {
      long number = Long.parseLong(value);
      if (number >= least && number <= most) {
        return number;
      }
    } catch (NumberFormatException _) {
      // Said below, with what would be allowed.
    }
    throw new IllegalArgumentException(
        name + " is a number from " + least + " to " + most + ", not " + value);
  }

  private int simulate(PrintStream out) {
    Scale scale = new Scale(terminals, days, taps, Math.max(40, terminals * HOLDERS_PER_TERMINAL));
    RunTotals totals = new RunTotals();
    for (long next = seed; next < seed + seeds; next++) {
      RunReport report = FleetSimulation.run(Swarm.of(next), scale, Signers.real(next), Ports.DIRECT);
      totals.add(report);
      out.println(report.line(0));
      report.failure().ifPresent(_ -> out.print(report.story()));
    }
    out.println(totals.table());
    out.println(
        "RESULT seeds=" + totals.runs() + " taps=" + totals.taps() + " violations=" + totals.failures());
    return totals.failures() == 0 ? 0 : 1;
  }
}
