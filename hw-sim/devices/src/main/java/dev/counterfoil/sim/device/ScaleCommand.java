package dev.counterfoil.sim.device;

import dev.counterfoil.sim.device.board.BoardServer;
import dev.counterfoil.sim.device.board.I2cSocket;
import dev.counterfoil.sim.device.board.SimBoard;
import dev.counterfoil.sim.device.scale.LoadCell;
import dev.counterfoil.sim.device.scale.ModbusScaleModel;
import dev.counterfoil.sim.device.scale.Nau7802Chip;
import dev.counterfoil.sim.device.serial.SerialDevice;
import dev.counterfoil.sim.line.PtyLine;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;

/// `sim scale`: a scale on a Modbus line, or a NAU7802 on the bus of a board, see [TypedDeviceCommand].
public final class ScaleCommand {

  private static final String USAGE = """
      usage: sim scale --link PATH [--baud N] [--unit N]    Modbus RTU, weight in input registers 0 and 1, flags in 2
             sim scale --socket PATH                        NAU7802 at 0x2A on bus 1 of a simulated board
        --link PATH     where the scale's serial port appears (9600 baud, unit 1)
        --socket PATH   where the board's socket appears; 84000 counts with nothing on it, 420000 more a kilogram""";
  private static final String WORDS = """
      put 350       lay 350 g on it           noise 1.5   readings are off by up to 1.5 g
      drift 20      nought creeps 20 g/h      unplug      pull the plug, or the chip off the bus
      plug          put it back               quit""";
  private static final int BUS = 1;
  private static final int ADDRESS = 0x2A;
  private static final double ZERO_COUNTS = 84_000;
  private static final double COUNTS_PER_GRAM = 420;

  private ScaleCommand() {}

  /// Runs on the standard streams until `quit` or the end of input.
  ///
  /// @return the exit code
  public static int run(String[] args) {
    return command(System.out, System.err).run(args);
  }

  static TypedDeviceCommand command(PrintStream out, PrintStream err) {
    return new TypedDeviceCommand(USAGE, List.of("--link", "--socket", "--baud", "--unit"),
        ScaleCommand::open,
        out, err);
  }

  private static TypedDevice open(Map<String, String> values) {
    LongSupplier micros = () -> System.nanoTime() / 1_000;
    var cell = new LoadCell(RandomGenerator.getDefault());
    return values.containsKey("--socket")
        ? onBoard(Path.of(values.get("--socket")), cell, micros)
        : onLine(values, cell, micros);
  }

  private static TypedDevice onBoard(Path socket, LoadCell cell, LongSupplier micros) {
    var board = new SimBoard(micros);
    I2cSocket chip = board.attach(BUS, ADDRESS, new Nau7802Chip(cell, ZERO_COUNTS, COUNTS_PER_GRAM));
    BoardServer server = BoardServer.serve(board, socket);
    return new Scale("NAU7802 on bus 1, board at " + socket, cell, micros, chip::plugged, server::close);
  }

  private static TypedDevice onLine(Map<String, String> values, LoadCell cell, LongSupplier micros) {
    Path link = Path.of(TypedDeviceCommand.required(values, "--link"));
    int baud = Integer.parseInt(values.getOrDefault("--baud", "9600"));
    int unit = Integer.parseInt(values.getOrDefault("--unit", "1"));
    PtyLine pty = PtyLine.publishedAt(link);
    var device = SerialDevice.start(pty, new ModbusScaleModel(unit, cell), SerialDevice.Speed.of(pty, baud));
    return new Scale("Modbus scale, unit " + unit + ", at " + link + ", " + baud + " baud", cell, micros,
        in -> plug(pty, in), device::close);
  }

  private static void plug(PtyLine pty, boolean in) {
    if (in) {
      pty.replug();
    } else {
      pty.unplug();
    }
  }

  private interface Plug {
    void in(boolean plugged);
  }

  private record Scale(String describe, LoadCell cell, LongSupplier micros, Plug plug, Runnable end)
      implements
        TypedDevice {

    @Override
    public String words() {
      return WORDS;
    }

    @Override
    public boolean obey(String verb, String object) {
      switch (verb) {
        case "put" -> cell.put(Double.parseDouble(object), micros.getAsLong());
        case "noise" -> cell.noise(Double.parseDouble(object));
        case "drift" -> cell.drift(Double.parseDouble(object));
        case "unplug" -> plug.in(false);
        case "plug" -> plug.in(true);
        default -> {
          return false;
        }
      }
      return true;
    }

    @Override
    public void close() {
      end.run();
    }
  }
}
