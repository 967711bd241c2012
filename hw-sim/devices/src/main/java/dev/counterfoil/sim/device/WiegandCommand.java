package dev.counterfoil.sim.device;

import dev.counterfoil.sim.device.board.BoardServer;
import dev.counterfoil.sim.device.board.SimBoard;
import dev.counterfoil.sim.device.wiegand.WiegandBits;
import dev.counterfoil.sim.device.wiegand.WiegandWires;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/// `sim wiegand`: a Wiegand reader on two lines of a simulated board, see [TypedDeviceCommand].
public final class WiegandCommand {

  private static final String USAGE = """
      usage: sim wiegand --socket PATH [--zero BCM] [--one BCM]
        --socket PATH   where the board's socket appears
        --zero, --one   the two wires (default: 23 and 24)""";
  private static final String WORDS = """
      card 12 3456    present a card of 26 bits     uid 04A1B2C3    present one of 34 bits
      bits 0110       send these bits               quit""";

  private WiegandCommand() {}

  /// Runs on the standard streams until `quit` or the end of input.
  ///
  /// @return the exit code
  public static int run(String[] args) {
    return command(System.out, System.err).run(args);
  }

  static TypedDeviceCommand command(PrintStream out, PrintStream err) {
    return new TypedDeviceCommand(USAGE, List.of("--socket", "--zero", "--one"), WiegandCommand::open, out,
        err);
  }

  private static TypedDevice open(Map<String, String> values) {
    Path socket = Path.of(TypedDeviceCommand.required(values, "--socket"));
    int zero = Integer.parseInt(values.getOrDefault("--zero", "23"));
    int one = Integer.parseInt(values.getOrDefault("--one", "24"));
    var board = new SimBoard(() -> System.nanoTime() / 1_000);
    var wires = new WiegandWires(board.line(zero), board.line(one));
    return new Reader("Wiegand reader on BCM " + zero + " and " + one + ", board at " + socket, wires,
        BoardServer.serve(board, socket));
  }

  private record Reader(String describe, WiegandWires wires, BoardServer server) implements TypedDevice {

    @Override
    public String words() {
      return WORDS;
    }

    @Override
    public boolean obey(String verb, String object) {
      switch (verb) {
        case "card" -> {
          String[] numbers = object.split("\\s+");
          if (numbers.length != 2) {
            throw new IllegalArgumentException("card needs a facility and a number");
          }
          wires.send(WiegandBits.of26(Integer.parseInt(numbers[0]), Integer.parseInt(numbers[1])));
        }
        case "uid" -> wires.send(WiegandBits.of34(Long.parseLong(object, 16)));
        case "bits" -> wires.send(object);
        default -> {
          return false;
        }
      }
      return true;
    }

    @Override
    public void close() {
      server.close();
    }
  }
}
