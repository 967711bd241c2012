package dev.counterfoil.sim.device;

import dev.counterfoil.sim.device.board.BoardProtocol;
import dev.counterfoil.sim.device.board.BoardServer;
import dev.counterfoil.sim.device.board.SimBoard;
import dev.counterfoil.sim.device.oled.OledKind;
import dev.counterfoil.sim.device.oled.OledModule;
import dev.counterfoil.sim.device.oled.Picture;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;

/// `sim ssd1306` and `sim sh1106`: one graphic display on the I2C bus of a simulated board; each picture is drawn on the
/// console and, where wanted, kept as a PNG, until Ctrl-C.
public final class OledCommand {
  private static final String USAGE = """
      usage: sim ssd1306|sh1106 --socket PATH [--address 0x3C] [--png FILE]
        --socket PATH   where the board appears; the terminal gets it by COUNTERFOIL_SIM_SOCKET
        --address N     on I2C bus 1
        --png FILE      the newest picture, written anew at each change""";
  private static final int BUS = 1;
  private static final long LONG_MILLIS = 60_000;
  private static final long SETTLED_MILLIS = 50;
  private static final int SCALE = 4;

  private final OledKind kind;
  private final PrintStream out;
  private final PrintStream err;

  OledCommand(OledKind kind, PrintStream out, PrintStream err) {
    this.kind = kind;
    this.out = out;
    this.err = err;
  }

  /// Runs on the standard streams until the JVM is asked to stop.
  ///
  /// @return the exit code
  public static int run(OledKind kind, String[] args) {
    return new OledCommand(kind, System.out, System.err).run(args, new CountDownLatch(1));
  }

  /// Runs until `end` opens or the JVM is asked to stop.
  int run(String[] args, CountDownLatch end) {
    return new StandAlone(out, err, USAGE, List.of("--socket", "--address", "--png")).run(args, end,
        this::start);
  }

  private AutoCloseable start(Map<String, String> options) {
    Path socket = Path.of(StandAlone.required(options, "--socket"));
    int address = Integer.decode(options.getOrDefault("--address", "0x3C"));
    SimBoard board = new SimBoard(() -> System.nanoTime() / 1_000);
    OledModule module = new OledModule(kind, 1);
    board.attach(BUS, address, module);
    BoardServer server = BoardServer.serve(board, socket);
    Thread watcher = Thread.ofVirtual().start(() -> watch(module, options.getOrDefault("--png", "")));
    out.println("%s at bus %d address 0x%02X: -D%s=%s; Ctrl-C ends it".formatted(kind, BUS, address,
        BoardProtocol.SOCKET_PROPERTY, socket));
    return () -> {
      watcher.interrupt();
      server.close();
    };
  }

  /// Shows the glass whenever it has changed and then stood still for a moment.
  private void watch(OledModule module, String png) {
    try {
      Picture shown = module.glass();
      while (true) {
        Picture last = shown;
        if (module.awaitGlass(now -> !now.equals(last), LONG_MILLIS)) {
          shown = settled(module);
          out.println(String.join(System.lineSeparator(), shown.blocks()));
          save(shown, png);
        }
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  private static Picture settled(OledModule module) throws InterruptedException {
    Picture seen = module.glass();
    while (true) {
      Picture last = seen;
      if (!module.awaitGlass(now -> !now.equals(last), SETTLED_MILLIS)) {
        return last;
      }
      seen = module.glass();
    }
  }

  private static void save(Picture picture, String png) {
    if (png.isEmpty()) {
      return;
    }
    try (OutputStream file = Files.newOutputStream(Path.of(png))) {
      picture.writePng(file, SCALE);
    } catch (IOException refused) {
      throw new UncheckedIOException("SIM-PNG: cannot write " + png, refused);
    }
  }
}
