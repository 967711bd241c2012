package dev.counterfoil.sim.device;

import dev.counterfoil.sim.device.scanner.De2120Scanner;
import dev.counterfoil.sim.device.scanner.Gm65Scanner;
import dev.counterfoil.sim.device.scanner.PaymentCodes;
import dev.counterfoil.sim.device.serial.SerialDevice;
import dev.counterfoil.sim.device.serial.SerialModel;
import dev.counterfoil.sim.line.PtyLine;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;

/// `sim scanner`: a QR scanner on a pseudo-terminal, see [TypedDeviceCommand].
public final class ScannerCommand {

  private static final String USAGE = """
      usage: sim scanner --link PATH [--family gm65|de2120] [--baud N]
        --link PATH   where the scanner's serial port appears
        --family      whose it is (default: gm65)
        --baud N      its speed (default: 9600 for gm65, 115200 for de2120)""";
  private static final String WORDS = """
      scan TEXT   hold a code there              pay         hold a member's code there (prints it)
      half TEXT   send the first half, no end    glue TEXT   send it twice without an end between
      unplug      pull the USB plug              plug        put it back
      power       cut the supply for a moment    quit""";

  private ScannerCommand() {}

  /// Runs on the standard streams until `quit` or the end of input.
  ///
  /// @return the exit code
  public static int run(String[] args) {
    return command(System.out, System.err).run(args);
  }

  static TypedDeviceCommand command(PrintStream out, PrintStream err) {
    return new TypedDeviceCommand(USAGE, List.of("--link", "--family", "--baud"), values -> open(values, out),
        out, err);
  }

  private static TypedDevice open(Map<String, String> values, PrintStream out) {
    Path link = Path.of(TypedDeviceCommand.required(values, "--link"));
    String family = values.getOrDefault("--family", "gm65");
    SerialModel model = switch (family) {
      case "gm65" -> new Gm65Scanner();
      case "de2120" -> new De2120Scanner();
      default -> throw new IllegalArgumentException("--family is gm65 or de2120, not " + family);
    };
    int baud = Integer.parseInt(values.getOrDefault("--baud", family.equals("gm65") ? "9600" : "115200"));
    PtyLine pty = PtyLine.publishedAt(link);
    return new Scanner(family + " at " + link + ", " + baud + " baud", pty,
        SerialDevice.start(pty, model, SerialDevice.Speed.of(pty, baud)), out);
  }

  private record Scanner(String describe, PtyLine pty, SerialDevice device,
      PrintStream out) implements TypedDevice {

    @Override
    public String words() {
      return WORDS;
    }

    @Override
    public boolean obey(String verb, String object) {
      switch (verb) {
        case "scan" -> say(object + "\r");
        case "pay" -> {
          String code = PaymentCodes.draw(RandomGenerator.getDefault());
          out.println(code);
          say(code + "\r");
        }
        case "half" -> say(object.substring(0, object.length() / 2));
        case "glue" -> say(object + object + "\r");
        case "unplug" -> pty.unplug();
        case "plug" -> pty.replug();
        case "power" -> device.powerCycle();
        default -> {
          return false;
        }
      }
      return true;
    }

    private void say(String text) {
      device.say(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    @Override
    public void close() {
      device.close();
    }
  }
}
