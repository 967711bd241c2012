package dev.counterfoil.sim.device;

import dev.counterfoil.sim.device.board.BoardSocketException;
import dev.counterfoil.sim.line.LineException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/// `sim scanner` and its siblings: one simulated device, worked by words typed at it until `quit`, end of input or
/// Ctrl-C.
///
/// Exit codes: 0 at the end (130 after Ctrl-C), 2 when the arguments are wrong, 3 when the path cannot be used.
final class TypedDeviceCommand {

  private final String usage;
  private final List<String> options;
  private final Function<Map<String, String>, TypedDevice> open;
  private final PrintStream out;
  private final PrintStream err;

  /// @param options allowed words before a value, such as `--link`
  /// @param open    makes the device of the values given
  TypedDeviceCommand(String usage, List<String> options, Function<Map<String, String>, TypedDevice> open,
      PrintStream out, PrintStream err) {
    this.usage = usage;
    this.options = options;
    this.open = open;
    this.out = out;
    this.err = err;
  }

  /// Runs on the standard input.
  int run(String[] args) {
    return run(args, new InputStreamReader(System.in, StandardCharsets.UTF_8));
  }

  /// Runs until `typed` ends.
  int run(String[] args, Reader typed) {
    if (List.of(args).contains("--help") || List.of(args).contains("-h")) {
      out.println(usage);
      return 0;
    }
    try (TypedDevice device = open.apply(parse(args))) {
      Thread stopping = Thread.ofPlatform().unstarted(device::close);
      Runtime.getRuntime().addShutdownHook(stopping);
      out.println(device.describe());
      out.println(device.words());
      obey(device, new BufferedReader(typed));
      Runtime.getRuntime().removeShutdownHook(stopping);
      return 0;
    } catch (IllegalArgumentException wrong) {
      err.println("SIM-ARGS: " + wrong.getMessage() + " (see --help)");
      return 2;
    } catch (LineException | BoardSocketException | UncheckedIOException unusable) {
      err.println(unusable.getMessage());
      return 3;
    }
  }

  private Map<String, String> parse(String[] args) {
    var values = new HashMap<String, String>();
    for (int i = 0; i < args.length; i += 2) {
      if (!options.contains(args[i])) {
        throw new IllegalArgumentException("unknown argument " + args[i]);
      }
      if (i + 1 == args.length) {
        throw new IllegalArgumentException(args[i] + " needs a value");
      }
      values.put(args[i], args[i + 1]);
    }
    return values;
  }

  /// A value that must be there.
  static String required(Map<String, String> values, String option) {
    String value = values.get(option);
    if (value == null) {
      throw new IllegalArgumentException(option + " is missing");
    }
    return value;
  }

  private void obey(TypedDevice device, BufferedReader typed) {
    try {
      for (String line = typed.readLine(); line != null
          && !line.strip().equals("quit"); line = typed.readLine()) {
        if (!line.isBlank()) {
          answer(device, line.strip().split("\\s+", 2));
        }
      }
    } catch (IOException ended) {
      throw new UncheckedIOException("SIM-INPUT: standard input broke", ended);
    }
  }

  private void answer(TypedDevice device, String[] words) {
    try {
      boolean known = device.obey(words[0], words.length > 1 ? words[1] : "");
      out.println(known ? "ok" : "SIM-WORD: not understood" + System.lineSeparator() + device.words());
    } catch (IllegalArgumentException wrong) {
      out.println("SIM-WORD: " + wrong.getMessage());
    }
  }
}
