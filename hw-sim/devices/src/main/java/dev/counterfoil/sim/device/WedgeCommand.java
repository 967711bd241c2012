package dev.counterfoil.sim.device;

import dev.counterfoil.sim.device.wedge.TypedEvents;
import dev.counterfoil.sim.device.wedge.WedgePipe;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/// `sim wedge`: a reader that types like a keyboard, on a named pipe, see [TypedDeviceCommand].
public final class WedgeCommand {

  private static final String USAGE = """
      usage: sim wedge --link PATH
        --link PATH   where the keyboard appears, as a named pipe""";
  private static final String WORDS = """
      type 0012345678   a card number or code and ENTER    half 00123   without ENTER
      unplug            pull the USB plug                  plug         put it back
      quit""";

  private WedgeCommand() {}

  /// Runs on the standard streams until `quit` or the end of input.
  ///
  /// @return the exit code
  public static int run(String[] args) {
    return command(System.out, System.err).run(args);
  }

  static TypedDeviceCommand command(PrintStream out, PrintStream err) {
    return new TypedDeviceCommand(USAGE, List.of("--link"), WedgeCommand::open, out, err);
  }

  private static TypedDevice open(Map<String, String> values) {
    Path link = Path.of(TypedDeviceCommand.required(values, "--link"));
    return new Keyboard("keyboard at " + link, new WedgePipe(link), new TypedEvents());
  }

  private record Keyboard(String describe, WedgePipe pipe, TypedEvents events) implements TypedDevice {

    @Override
    public String words() {
      return WORDS;
    }

    @Override
    public boolean obey(String verb, String object) {
      switch (verb) {
        case "type" -> pipe.send(events.line(object));
        case "half" -> pipe.send(events.broken(object));
        case "unplug" -> pipe.unplug();
        case "plug" -> pipe.plug();
        default -> {
          return false;
        }
      }
      return true;
    }

    @Override
    public void close() {
      pipe.close();
    }
  }
}
