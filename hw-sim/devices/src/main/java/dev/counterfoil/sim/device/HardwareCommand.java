package dev.counterfoil.sim.device;

import dev.counterfoil.sim.card.CardSpec;
import dev.counterfoil.sim.card.CardSpecException;
import dev.counterfoil.sim.device.board.BoardProtocol;
import dev.counterfoil.sim.device.board.BoardSocketException;
import dev.counterfoil.sim.device.pn532.HostInterface;
import dev.counterfoil.sim.device.pn532.Pn532Faults;
import dev.counterfoil.sim.line.LineException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/// `sim hardware`: all hardware of one terminal in a folder, worked by words typed at it, until `quit`, end
/// of input or Ctrl-C. Each change of the display is printed.
///
/// Exit codes: 0 at the end (130 after Ctrl-C), 2 when the arguments are wrong, 3 when the folder cannot be
/// used.
public final class HardwareCommand {
  private static final String USAGE = """
      usage: sim hardware --folder PATH [--lcd 16x2|20x4] [--reader hsu|i2c|spi]
        --folder PATH   where reader.tty and board.sock appear
        --reader BUS    where the reader's switches stand; i2c and spi are on board.sock""";
  private static final String WORDS = """
      card KIND:UID   lay a card on the reader      remove          take all cards away
      key 12#         press keys                    power           cut the power for a moment
      unplug reader|lcd|oled|keypad|printer         plug reader|lcd|oled|keypad|printer
      paper out|new   take the roll out, put one in cover open|shut (of the printer)
      hang silent|busy                              reset reader    cut the reader's supply for a moment
      show            print display and lights      quit""";

  private static final int PAPER_COLUMNS = 32;
  private static final long LONG_MILLIS = 60_000;
  private static final long SETTLED_MILLIS = 50;

  private final PrintStream out;
  private final PrintStream err;

  HardwareCommand(PrintStream out, PrintStream err) {
    this.out = out;
    this.err = err;
  }

  public static void main(String[] args) {
    int code = run(args);
    if (code != 0) {
      System.exit(code);
    }
  }

  /// Runs on the standard streams until `quit` or the end of input.
  ///
  /// @return the exit code
  public static int run(String[] args) {
    return new HardwareCommand(System.out, System.err).run(args,
        new InputStreamReader(System.in, StandardCharsets.UTF_8));
  }

  /// Runs until `typed` ends.
  int run(String[] args, Reader typed) {
    if (List.of(args).contains("--help") || List.of(args).contains("-h")) {
      out.println(USAGE + System.lineSeparator() + WORDS);
      return 0;
    }
    try (SimTerminalHardware hardware = parse(args).open()) {
      Thread stopping = Thread.ofPlatform().unstarted(hardware::close);
      Runtime.getRuntime().addShutdownHook(stopping);
      out.println("reader: " + hardware.readerPlace());
      out.println("printer: " + hardware.printerPath());
      out.println("pole:   " + hardware.polePath());
      out.println("board:  -D" + BoardProtocol.SOCKET_PROPERTY + "=" + hardware.socketPath());
      out.println(WORDS);
      obey(hardware, new BufferedReader(typed));
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

  private static SimTerminalHardware.Setup parse(String[] args) {
    String folder = "";
    String lcd = "16x2";
    String reader = "hsu";
    for (int i = 0; i + 1 < args.length; i += 2) {
      switch (args[i]) {
        case "--folder" -> folder = args[i + 1];
        case "--lcd" -> lcd = args[i + 1];
        case "--reader" -> reader = args[i + 1];
        default -> throw new IllegalArgumentException("unknown argument " + args[i]);
      }
    }
    if (folder.isEmpty() || args.length % 2 != 0) {
      throw new IllegalArgumentException("--folder PATH is missing");
    }
    SimTerminalHardware.Setup setup = SimTerminalHardware.in(Path.of(folder)).reader(bus(reader));
    return switch (lcd) {
      case "16x2" -> setup.lcd(16, 2);
      case "20x4" -> setup.lcd(20, 4);
      default -> throw new IllegalArgumentException("--lcd is 16x2 or 20x4, not " + lcd);
    };
  }

  private static HostInterface bus(String name) {
    return switch (name) {
      case "hsu" -> HostInterface.HSU;
      case "i2c" -> HostInterface.I2C;
      case "spi" -> HostInterface.SPI;
      default -> throw new IllegalArgumentException("--reader is hsu, i2c or spi, not " + name);
    };
  }

  private void obey(SimTerminalHardware hardware, BufferedReader typed) {
    Thread glass = Thread.ofVirtual().start(() -> printGlass(hardware));
    hardware.printer().watch(printed -> out.println(PrinterCommand.shown(printed, PAPER_COLUMNS)));
    try {
      for (String line = typed.readLine(); line != null
          && !line.strip().equals("quit"); line = typed.readLine()) {
        if (!line.isBlank()) {
          answer(hardware, line.strip().split("\\s+", 2));
        }
      }
    } catch (IOException ended) {
      throw new UncheckedIOException("SIM-INPUT: standard input broke", ended);
    } finally {
      glass.interrupt();
    }
  }

  /// Prints the glass whenever it has changed and then stood still for a moment: redraws come letter by
  /// letter.
  private void printGlass(SimTerminalHardware hardware) {
    try {
      List<String> printed = List.of();
      while (true) {
        List<String> last = printed;
        if (hardware.awaitGlass(now -> !now.equals(last), LONG_MILLIS)) {
          printed = settled(hardware);
          out.println(frame(printed));
        }
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  private static List<String> settled(SimTerminalHardware hardware) throws InterruptedException {
    List<String> seen = hardware.glass();
    while (true) {
      List<String> last = seen;
      if (!hardware.awaitGlass(now -> !now.equals(last), SETTLED_MILLIS)) {
        return last;
      }
      seen = hardware.glass();
    }
  }

  private static String frame(List<String> lines) {
    return "|" + String.join("|" + System.lineSeparator() + "|", lines) + "|";
  }

  private void answer(SimTerminalHardware hardware, String[] words) {
    String object = words.length > 1 ? words[1] : "";
    try {
      out.println(obey(hardware, words[0], object) ? "ok"
          : "SIM-WORD: not understood" + System.lineSeparator() + WORDS);
    } catch (CardSpecException | IllegalArgumentException wrong) {
      out.println(wrong.getMessage());
    }
  }

  private boolean obey(SimTerminalHardware hardware, String verb, String object) {
    switch (verb + (verb.equals("card") || verb.equals("key") ? "" : " " + object)) {
      case "card" -> hardware.presentCard(CardSpec.parse(object));
      case "key" -> hardware.typeKeys(object);
      case "remove " -> hardware.removeCard();
      case "power " -> hardware.powerCycle();
      case "reset reader" -> hardware.powerCycleReader();
      case "hang silent" -> hardware.readerFaults().hang(Pn532Faults.Hang.SILENT);
      case "hang busy" -> hardware.readerFaults().hang(Pn532Faults.Hang.BUSY);
      case "unplug reader" -> hardware.unplugReader();
      case "plug reader" -> hardware.replugReader();
      case "unplug lcd" -> hardware.lcdSocket().plugged(false);
      case "plug lcd" -> hardware.lcdSocket().plugged(true);
      case "unplug oled" -> hardware.ssd1306().unplug();
      case "plug oled" -> hardware.ssd1306().replug();
      case "unplug printer" -> hardware.printer().line().unplug();
      case "plug printer" -> hardware.printer().line().replug();
      case "paper out" -> hardware.printer().paperFor(0);
      case "paper new" -> hardware.printer().newPaper();
      case "cover open" -> hardware.printer().coverOpen(true);
      case "cover shut" -> hardware.printer().coverOpen(false);
      case "unplug keypad" -> hardware.keypad().unplugged(true);
      case "plug keypad" -> hardware.keypad().unplugged(false);
      case "show " ->
        out.println(frame(hardware.glass()) + System.lineSeparator() + hardware.leds() + " beeps "
            + hardware.buzzer().count() + " cards " + hardware.field().present().size());
      default -> {
        return false;
      }
    }
    return true;
  }
}
