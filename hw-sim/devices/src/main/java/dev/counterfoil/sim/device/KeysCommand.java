package dev.counterfoil.sim.device;

import dev.counterfoil.sim.device.keypad.SerialKeys;
import dev.counterfoil.sim.device.serial.SerialDevice;
import dev.counterfoil.sim.line.PtyLine;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/// `sim keys`: a serial keypad on a pseudo-terminal, see [TypedDeviceCommand].
public final class KeysCommand {

  private static final String USAGE = """
      usage: sim keys --link PATH [--baud N] [--ending none|cr]
        --link PATH   where the keypad's serial port appears
        --baud N      its speed (default: 9600)
        --ending      what it sends behind each key (default: none)""";
  private static final String WORDS = """
      key 12.50#  press keys        bounce 5    press a key whose contact bounces
      noise       send rubbish      unplug      pull the USB plug
      plug        put it back       quit""";

  private KeysCommand() {}

  /// Runs on the standard streams until `quit` or the end of input.
  ///
  /// @return the exit code
  public static int run(String[] args) {
    return command(System.out, System.err).run(args);
  }

  static TypedDeviceCommand command(PrintStream out, PrintStream err) {
    return new TypedDeviceCommand(USAGE, List.of("--link", "--baud", "--ending"), KeysCommand::open, out,
        err);
  }

  private static TypedDevice open(Map<String, String> values) {
    Path link = Path.of(TypedDeviceCommand.required(values, "--link"));
    int baud = Integer.parseInt(values.getOrDefault("--baud", "9600"));
    String ending = switch (values.getOrDefault("--ending", "none")) {
      case "none" -> "";
      case "cr" -> "\r";
      default -> throw new IllegalArgumentException("--ending is none or cr, not " + values.get("--ending"));
    };
    PtyLine pty = PtyLine.publishedAt(link);
    return new Keys("serial keypad at " + link + ", " + baud + " baud", ending, pty,
        SerialDevice.start(pty, new SerialKeys(ending, 1), SerialDevice.Speed.of(pty, baud)));
  }

  private record Keys(String describe, String ending, PtyLine pty, SerialDevice device)
      implements
        TypedDevice {

    @Override
    public String words() {
      return WORDS;
    }

    @Override
    public boolean obey(String verb, String object) {
      switch (verb) {
        case "key" -> object.chars().forEach(key -> device.say(new SerialKeys(ending, 1).press((char) key)));
        case "bounce" -> device.say(new SerialKeys(ending, 3).press(object.charAt(0)));
        case "noise" -> device.say(new byte[] {(byte) 0xF8, 0, (byte) 0x81, 1});
        case "unplug" -> pty.unplug();
        case "plug" -> pty.replug();
        default -> {
          return false;
        }
      }
      return true;
    }

    @Override
    public void close() {
      device.close();
    }
  }
}
