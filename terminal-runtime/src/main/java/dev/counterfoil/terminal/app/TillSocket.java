package dev.counterfoil.terminal.app;

import dev.counterfoil.protocol.money.Money;
import dev.counterfoil.terminal.sale.Basket;
import dev.counterfoil.terminal.sale.SaleEffect.TillOutcome;
import dev.counterfoil.terminal.sale.SaleEvent;
import dev.counterfoil.terminal.sale.SaleLine;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Where a till or vending controller on the same board offers baskets and reports cash: a Unix socket, one line a
/// message, UTF-8.
///
/// ```
/// till:      offer REFERENCE AMOUNT [CODE*QUANTITY@PRICE ...]    card is to pay this
///            cash REFERENCE AMOUNT [CODE*QUANTITY@PRICE ...]     already paid in coins
///            withdraw                                           takes the offer back
/// terminal:  paid REFERENCE TRANSACTION SEQ                     durable in the journal; deliver now
///            refused REFERENCE REASON
///            withdrawn REFERENCE
///            error CODE REFERENCE TEXT                          REFERENCE_USED, REFERENCE_VOIDED: not taken
///            error CODE TEXT                                    BAD_LINE, BUSY: the line was not taken
/// ```
///
/// Amounts are decimals such as `12.50`; with positions, they must sum to the amount. An answer goes to the connection
/// that asked; if that is gone it is logged, and the record stands.
///
/// A reference names one sale for ever, per terminal. Asked again with the same amount it is answered `paid` with the
/// first transaction and charges nobody, over restarts too; a till that heard no answer asks again. Only what was paid
/// binds a reference: refused or withdrawn, it may be offered again, also to another card.
final class TillSocket implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(TillSocket.class);
  private static final int LONGEST_LINE = 8_192;
  private static final int MOST_CONNECTIONS = 4;
  private static final int LONGEST_REFERENCE = 64;

  private final Path path;
  private final ServerSocketChannel server;
  private final Predicate<SaleEvent> events;
  private final Map<SocketChannel, Boolean> connections = new ConcurrentHashMap<>();
  private final Map<String, SocketChannel> askers = new ConcurrentHashMap<>();

  private TillSocket(Path path, ServerSocketChannel server, Predicate<SaleEvent> events) {
    this.path = path;
    this.server = server;
    this.events = events;
  }

  /// @param events takes an event, false if too many wait; must not block
  /// @throws IOException if the socket cannot be made
  static TillSocket listen(Path path, Predicate<SaleEvent> events) throws IOException {
    Files.deleteIfExists(path);
    var server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
    server.bind(UnixDomainSocketAddress.of(path));
    Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rw-rw----"));
    var socket = new TillSocket(path, server, events);
    Thread.ofPlatform().name("till").daemon().start(socket::accept);
    return socket;
  }

  private void accept() {
    try {
      while (true) {
        SocketChannel connection = server.accept();
        if (connections.size() >= MOST_CONNECTIONS) {
          connection.close();
        } else {
          connections.put(connection, true);
          Thread.ofVirtual().name("till-line").start(() -> serve(connection));
        }
      }
    } catch (IOException e) {
      LOG.debug("till socket ends", e);
    }
  }

  private void serve(SocketChannel connection) {
    try (connection;
        var in = new BufferedReader(
            new InputStreamReader(Channels.newInputStream(connection), StandardCharsets.UTF_8),
            LONGEST_LINE)) {
      for (String line = line(in); !line.isEmpty(); line = line(in)) {
        take(connection, line.strip());
      }
    } catch (IOException e) {
      LOG.info("event=till_gone cause=\"{}\"", e.toString());
    } finally {
      connections.remove(connection);
      askers.values().removeIf(connection::equals);
    }
  }

  /// The next line with its end, empty at the end of input; never more than [#LONGEST_LINE] is collected.
  private static String line(BufferedReader in) throws IOException {
    var line = new StringBuilder();
    for (int c = in.read(); c >= 0; c = in.read()) {
      line.append((char) c);
      if (c == '\n') {
        return line.toString();
      }
      if (line.length() > LONGEST_LINE) {
        throw new IOException("line longer than " + LONGEST_LINE);
      }
    }
    return "";
  }

  private void take(SocketChannel connection, String line) throws IOException {
    if (line.isEmpty()) {
      return;
    }
    try {
      SaleEvent event = event(List.of(line.split(" +")));
      reference(event, connection);
      if (!events.test(event)) {
        say(connection, "error BUSY too much waits, try again");
      }
    } catch (IllegalArgumentException | ArithmeticException e) {
      say(connection, "error BAD_LINE " + e.getMessage());
    }
  }

  private void reference(SaleEvent event, SocketChannel connection) {
    switch (event) {
      case SaleEvent.BasketOffered(var basket) -> askers.put(basket.externalReference(), connection);
      case SaleEvent.CashTaken(var basket) -> askers.put(basket.externalReference(), connection);
      default -> {
        // Nothing that is answered by reference.
      }
    }
  }

  /// What a line means. Pure.
  ///
  /// @throws IllegalArgumentException with what is wrong about it
  static SaleEvent event(List<String> words) {
    return switch (words.getFirst()) {
      case "offer" -> new SaleEvent.BasketOffered(basket(words));
      case "cash" -> new SaleEvent.CashTaken(basket(words));
      case "withdraw" -> new SaleEvent.BasketWithdrawn();
      default -> throw new IllegalArgumentException("expected offer, cash or withdraw");
    };
  }

  private static Basket basket(List<String> words) {
    if (words.size() < 3 || words.get(1).length() > LONGEST_REFERENCE) {
      throw new IllegalArgumentException("expected a reference of at most 64 characters and an amount");
    }
    long amount = Money.parseDecimal(words.get(2));
    if (amount <= 0) {
      throw new IllegalArgumentException("the amount must be above zero");
    }
    var lines = new ArrayList<SaleLine>();
    words.subList(3, words.size()).forEach(word -> lines.add(position(word)));
    var basket = lines.isEmpty() ? new Basket(lines, amount, words.get(1)) : Basket.of(lines, words.get(1));
    if (basket.amountMinor() != amount) {
      throw new IllegalArgumentException("positions sum to " + Money.decimal(basket.amountMinor()));
    }
    return basket;
  }

  private static SaleLine position(String word) {
    int star = word.indexOf('*');
    int at = word.indexOf('@', star + 1);
    if (star < 0 || at < 0) {
      throw new IllegalArgumentException("expected CODE*QUANTITY@PRICE");
    }
    return new SaleLine(word.substring(0, star), "", Money.parseDecimal(word.substring(at + 1)),
        Integer.parseInt(word.substring(star + 1, at)));
  }

  /// Tells how a basket ended. Called on the core's thread; a till that does not read loses the connection.
  void answer(String reference, TillOutcome outcome) {
    String line = switch (outcome) {
      case TillOutcome.Paid(var transaction, var seq) -> "paid " + reference + " " + transaction + " " + seq;
      case TillOutcome.Refused(var reason) -> "refused " + reference + " " + reason;
      case TillOutcome.Withdrawn() -> "withdrawn " + reference;
      case TillOutcome.Rejected(var problem) ->
        "error " + problem + " " + reference + " " + problem.meaning();
    };
    // A rejected line may be about a sale that is still going on, whose outcome is then told too.
    SocketChannel asker = outcome instanceof TillOutcome.Rejected
        ? askers.get(reference)
        : askers.remove(reference);
    if (asker == null) {
      LOG.warn("event=till_unheard answer=\"{}\"", line);
      return;
    }
    Thread.ofVirtual().name("till-answer").start(() -> {
      try {
        say(asker, line);
      } catch (IOException e) {
        LOG.warn("event=till_unheard answer=\"{}\" cause=\"{}\"", line, e.toString());
      }
    });
  }

  private static void say(SocketChannel connection, String line) throws IOException {
    var bytes = ByteBuffer.wrap((line + "\n").getBytes(StandardCharsets.UTF_8));
    synchronized (connection) {
      while (bytes.hasRemaining()) {
        connection.write(bytes);
      }
    }
  }

  @Override
  public void close() throws IOException {
    server.close();
    for (SocketChannel connection : connections.keySet()) {
      connection.close();
    }
    Files.deleteIfExists(path);
  }
}
