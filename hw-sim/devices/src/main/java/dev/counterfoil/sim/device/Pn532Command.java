package dev.counterfoil.sim.device;

import dev.counterfoil.sim.card.Card;
import dev.counterfoil.sim.card.CardSpec;
import dev.counterfoil.sim.card.CardSpecException;
import dev.counterfoil.sim.device.board.BoardServer;
import dev.counterfoil.sim.device.board.BoardSocketException;
import dev.counterfoil.sim.device.board.SimBoard;
import dev.counterfoil.sim.device.pn532.HostInterface;
import dev.counterfoil.sim.device.pn532.Pn532BusReader;
import dev.counterfoil.sim.device.pn532.Pn532Reader;
import dev.counterfoil.sim.device.pn532.ReaderModule;
import dev.counterfoil.sim.device.pn532.ReaderTrace;
import dev.counterfoil.sim.line.LineException;
import dev.counterfoil.sim.line.LineFaults;
import dev.counterfoil.sim.line.PtyLine;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/// `sim pn532`: one PN532 for any program that speaks to the chip, until Ctrl-C: on a pseudo-terminal, or on I2C or SPI
/// of a board at a socket.
///
/// Exit codes: 130 after Ctrl-C as the shell has it, 2 when the arguments are wrong, 3 when the path cannot
/// be used.
public final class Pn532Command {
  private static final String USAGE = """
            usage: sim pn532 --link PATH [--bus hsu|i2c|spi] [--card KIND:UID]... [--trace]
              --link PATH       where the reader's serial port appears, or the board's socket
              --bus BUS         hsu (default), i2c at bus 1 address 0x24, spi at bus 0 chip select 0
              --card KIND:UID   a card on the reader, at most two
                                classic1k classic4k ultralight ntag desfire
                                desfire-aes:UID,aid=HEX,key=HEX[,file=1][,data=HEX]
                                ntag424:UID,meta=HEX,key=HEX[,counter=N]
                                classic1k:UID,master=HEX[,sector=1][,data=HEX]
              --trace           print each frame in words""";
  private static final int MOST_CARDS = 2;

  private final PrintStream out;
  private final PrintStream err;

  Pn532Command(PrintStream out, PrintStream err) {
    this.out = out;
    this.err = err;
  }

  public static void main(String[] args) {
    int code = run(args);
    if (code != 0) {
      System.exit(code);
    }
  }

  /// Runs on the standard streams until the JVM is asked to stop.
  ///
  /// @return the exit code
  public static int run(String[] args) {
    return new Pn532Command(System.out, System.err).run(args, new CountDownLatch(1));
  }

  private record Arguments(Path link, HostInterface bus, List<Card> cards, boolean trace) {}

  /// Runs until `end` opens or the JVM is asked to stop.
  int run(String[] args, CountDownLatch end) {
    if (List.of(args).contains("--help") || List.of(args).contains("-h")) {
      out.println(USAGE);
      return 0;
    }
    try {
      return serve(parse(args), end);
    } catch (CardSpecException | UsageException wrong) {
      err.println(wrong.getMessage());
      return 2;
    } catch (LineException | BoardSocketException unusable) {
      err.println(unusable.getMessage());
      return 3;
    }
  }

  private static final class UsageException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    UsageException(String message) {
      super("SIM-ARGS: " + message + " (see --help)");
    }
  }

  private static Arguments parse(String[] args) {
    Path link = null;
    boolean trace = false;
    HostInterface bus = HostInterface.HSU;
    List<Card> cards = new ArrayList<>();
    for (int i = 0; i < args.length; i++) {
      switch (args[i]) {
        case "--link" -> link = Path.of(value(args, ++i, "--link"));
        case "--bus" -> bus = bus(value(args, ++i, "--bus"));
        case "--card" -> cards.add(CardSpec.parse(value(args, ++i, "--card")));
        case "--trace" -> trace = true;
        default -> throw new UsageException("unknown argument " + args[i]);
      }
    }
    return new Arguments(required(link), bus, atMostTwo(cards), trace);
  }

  private static String value(String[] args, int index, String option) {
    if (index >= args.length) {
      throw new UsageException(option + " needs a value");
    }
    return args[index];
  }

  private static HostInterface bus(String name) {
    return switch (name) {
      case "hsu" -> HostInterface.HSU;
      case "i2c" -> HostInterface.I2C;
      case "spi" -> HostInterface.SPI;
      default -> throw new UsageException("--bus is hsu, i2c or spi, not " + name);
    };
  }

  private static Path required(@Nullable Path link) {
    if (link == null) {
      throw new UsageException("--link is missing");
    }
    return link;
  }

  private static List<Card> atMostTwo(List<Card> cards) {
    if (cards.size() > MOST_CARDS) {
      throw new UsageException("a PN532 handles at most " + MOST_CARDS + " cards");
    }
    return cards;
  }

  private int serve(Arguments arguments, CountDownLatch end) {
    return switch (arguments.bus) {
      case HSU -> serveLine(arguments, end);
      case I2C, SPI -> serveBoard(arguments, end);
    };
  }

  private int serveLine(Arguments arguments, CountDownLatch end) {
    PtyLine pty = PtyLine.publishedAt(arguments.link);
    Pn532Reader reader = Pn532Reader.on(pty).trace(trace(arguments)).start();
    return serve(arguments, reader, reader::close, " (" + pty.slavePath() + ")", end);
  }

  private int serveBoard(Arguments arguments, CountDownLatch end) {
    RandomGenerator random = RandomGenerator.of("L64X128MixRandom");
    Pn532BusReader reader = new Pn532BusReader(random, new LineFaults(random), false, trace(arguments));
    SimBoard board = new SimBoard(() -> System.nanoTime() / 1_000);
    if (arguments.bus == HostInterface.I2C) {
      board.attach(SimTerminalHardware.READER_I2C_BUS, SimTerminalHardware.READER_I2C_ADDRESS,
          reader.onI2c());
    } else {
      board.attachSpi(SimTerminalHardware.READER_SPI_BUS, SimTerminalHardware.READER_SPI_SELECT,
          reader.onSpi());
    }
    BoardServer server = BoardServer.serve(board, arguments.link);
    return serve(arguments, reader, server::close, " (" + arguments.bus + ")", end);
  }

  private int serve(Arguments arguments, ReaderModule reader, Runnable closing, String where,
      CountDownLatch end) {
    arguments.cards.forEach(reader.field()::put);
    Thread stopping = Thread.ofPlatform().unstarted(closing);
    Runtime.getRuntime().addShutdownHook(stopping);
    out.println(
        "PN532 at " + arguments.link + where + ", cards: " + names(arguments.cards) + "; Ctrl-C ends it");
    try {
      end.await();
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
    closing.run();
    Runtime.getRuntime().removeShutdownHook(stopping);
    return 0;
  }

  private ReaderTrace trace(Arguments arguments) {
    return arguments.trace ? tracing() : ReaderTrace.none();
  }

  private static String names(List<Card> cards) {
    return cards.isEmpty() ? "none" : String.join(", ", cards.stream().map(Card::describe).toList());
  }

  private ReaderTrace tracing() {
    FrameText toHost = new FrameText(true);
    FrameText toChip = new FrameText(false);
    return (outgoing, bytes) -> out.print((outgoing ? toHost : toChip).describe(bytes));
  }
}
