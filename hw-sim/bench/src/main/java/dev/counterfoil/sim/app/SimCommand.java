package dev.counterfoil.sim.app;

import dev.counterfoil.sim.device.HardwareCommand;
import dev.counterfoil.sim.device.OledCommand;
import dev.counterfoil.sim.device.KeysCommand;
import dev.counterfoil.sim.device.Pn532Command;
import dev.counterfoil.sim.device.PoleCommand;
import dev.counterfoil.sim.device.PrinterCommand;
import dev.counterfoil.sim.device.oled.OledKind;
import dev.counterfoil.sim.device.ScaleCommand;
import dev.counterfoil.sim.device.ScannerCommand;
import dev.counterfoil.sim.device.WedgeCommand;
import dev.counterfoil.sim.device.WiegandCommand;
import dev.counterfoil.sim.gateway.GatewayCommand;
import dev.counterfoil.sim.virtual.ScenarioCommand;
import dev.counterfoil.sim.virtual.ScenarioException;
import dev.counterfoil.sim.virtual.VirtualCommand;
import dev.counterfoil.sim.world.WorldCommand;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.Unmatched;

/// `counterfoil sim`: simulated hardware by itself. Its parts read their own arguments.
@Command(name = "sim", mixinStandardHelpOptions = true, subcommands = {
    SimCommand.Hardware.class,
    SimCommand.Reader.class, SimCommand.Ssd1306.class, SimCommand.Sh1106.class, SimCommand.Printer.class,
    SimCommand.Pole.class,
    SimCommand.Scanner.class,
    SimCommand.Keys.class,
    SimCommand.Scale.class, SimCommand.Wiegand.class, SimCommand.Wedge.class,
    SimCommand.World.class, GatewayCommand.class,
    ScenarioCommand.class}, description = "Virtual terminals in the browser; with a command, simulated hardware for your own software.")
final class SimCommand implements Callable<Integer> {

  @Spec
  @SuppressWarnings("NullAway.Init") // set by picocli
  private CommandSpec spec;

  @Mixin
  private final VirtualCommand virtual = new VirtualCommand();

  /// Without a command: ends by Ctrl-C.
  @Override
  public Integer call() throws InterruptedException {
    try {
      virtual.run(spec.commandLine().getOut());
      return 0;
    } catch (IOException | IllegalArgumentException | ScenarioException e) {
      throw new ParameterException(spec.commandLine(),
          e instanceof ScenarioException wrong ? wrong.describe()
              : "cannot serve the page: " + e.getMessage());
    }
  }

  /// `sim hardware`: ends with its input, by Ctrl-C, or with an exit code of its own.
  @Command(name = "hardware", description = "All hardware of one terminal: reader, display, keypad, lamps; worked by typing.")
  static final class Hardware implements Callable<Integer> {

    @Unmatched
    private final List<String> arguments = new ArrayList<>();

    @Override
    public Integer call() {
      return HardwareCommand.run(arguments.toArray(String[]::new));
    }
  }

  /// `sim pn532`: ends by Ctrl-C, or with an exit code of its own.
  @Command(name = "pn532", description = "A PN532 card reader on a pseudo-terminal, until Ctrl-C.")
  static final class Reader implements Callable<Integer> {

    @Unmatched
    private final List<String> arguments = new ArrayList<>();

    @Override
    public Integer call() {
      return Pn532Command.run(arguments.toArray(String[]::new));
    }
  }

  /// `sim scanner`: ends with its input, by Ctrl-C, or with an exit code of its own.
  @Command(name = "scanner", description = "A QR scanner on a pseudo-terminal, worked by typing.")
  static final class Scanner implements Callable<Integer> {

    @Unmatched
    private final List<String> arguments = new ArrayList<>();

    @Override
    public Integer call() {
      return ScannerCommand.run(arguments.toArray(String[]::new));
    }
  }

  /// `sim keys`: ends with its input, by Ctrl-C, or with an exit code of its own.
  @Command(name = "keys", description = "A serial keypad on a pseudo-terminal, worked by typing.")
  static final class Keys implements Callable<Integer> {

    @Unmatched
    private final List<String> arguments = new ArrayList<>();

    @Override
    public Integer call() {
      return KeysCommand.run(arguments.toArray(String[]::new));
    }
  }

  /// `sim ssd1306`: ends by Ctrl-C, or with an exit code of its own.
  @Command(name = "ssd1306", description = "An SSD1306 display of 128 x 64 pixels on a simulated board, until Ctrl-C.")
  static final class Ssd1306 implements Callable<Integer> {

    @Unmatched
    private final List<String> arguments = new ArrayList<>();

    @Override
    public Integer call() {
      return OledCommand.run(OledKind.SSD1306, arguments.toArray(String[]::new));
    }
  }

  /// `sim sh1106`: ends by Ctrl-C, or with an exit code of its own.
  @Command(name = "sh1106", description = "An SH1106 display of 128 x 64 pixels on a simulated board, until Ctrl-C.")
  static final class Sh1106 implements Callable<Integer> {

    @Unmatched
    private final List<String> arguments = new ArrayList<>();

    @Override
    public Integer call() {
      return OledCommand.run(OledKind.SH1106, arguments.toArray(String[]::new));
    }
  }

  /// `sim printer`: ends by Ctrl-C, or with an exit code of its own.
  @Command(name = "printer", description = "An ESC/POS receipt printer on a pseudo-terminal, its roll on the console.")
  static final class Printer implements Callable<Integer> {

    @Unmatched
    private final List<String> arguments = new ArrayList<>();

    @Override
    public Integer call() {
      return PrinterCommand.run(arguments.toArray(String[]::new));
    }
  }

  /// `sim cd5220`: ends by Ctrl-C, or with an exit code of its own.
  @Command(name = "cd5220", description = "A CD5220 customer display on a pseudo-terminal, its text on the console.")
  static final class Pole implements Callable<Integer> {

    @Unmatched
    private final List<String> arguments = new ArrayList<>();

    @Override
    public Integer call() {
      return PoleCommand.run(arguments.toArray(String[]::new));
    }
  }

  /// `sim scale`: ends with its input, by Ctrl-C, or with an exit code of its own.
  @Command(name = "scale", description = "A scale on Modbus or I2C, worked by typing.")
  static final class Scale implements Callable<Integer> {

    @Unmatched
    private final List<String> arguments = new ArrayList<>();

    @Override
    public Integer call() {
      return ScaleCommand.run(arguments.toArray(String[]::new));
    }
  }

  /// `sim wiegand`: ends with its input, by Ctrl-C, or with an exit code of its own.
  @Command(name = "wiegand", description = "A Wiegand reader on a simulated board, worked by typing.")
  static final class Wiegand implements Callable<Integer> {

    @Unmatched
    private final List<String> arguments = new ArrayList<>();

    @Override
    public Integer call() {
      return WiegandCommand.run(arguments.toArray(String[]::new));
    }
  }

  /// `sim wedge`: ends with its input, by Ctrl-C, or with an exit code of its own.
  @Command(name = "wedge", description = "A reader that types like a keyboard, on a named pipe, worked by typing.")
  static final class Wedge implements Callable<Integer> {

    @Unmatched
    private final List<String> arguments = new ArrayList<>();

    @Override
    public Integer call() {
      return WedgeCommand.run(arguments.toArray(String[]::new));
    }
  }

  /// `sim world`: ends with the exit code of its own.
  @Command(name = "world", description = "The fleet simulator: a town of terminals and its server in virtual time.")
  static final class World implements Callable<Integer> {

    @Unmatched
    private final List<String> arguments = new ArrayList<>();

    @Override
    public Integer call() {
      return WorldCommand.run(arguments.toArray(String[]::new), System.out, System.err);
    }
  }
}
