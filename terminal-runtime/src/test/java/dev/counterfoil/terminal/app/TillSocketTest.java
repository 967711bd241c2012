package dev.counterfoil.terminal.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.counterfoil.protocol.id.TransactionId;
import dev.counterfoil.terminal.sale.SaleEffect.ReferenceProblem;
import dev.counterfoil.terminal.sale.SaleEffect.TillOutcome;
import dev.counterfoil.terminal.sale.SaleEvent;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(20)
class TillSocketTest {

  @TempDir
  Path folder;
  private final LinkedBlockingQueue<SaleEvent> events = new LinkedBlockingQueue<>();

  private TillSocket listen() throws IOException {
    return TillSocket.listen(folder.resolve("till.sock"), events::offer);
  }

  private SocketChannel till() throws IOException {
    return SocketChannel.open(UnixDomainSocketAddress.of(folder.resolve("till.sock")));
  }

  private static void send(SocketChannel till, String line) throws IOException {
    till.write(ByteBuffer.wrap((line + "\n").getBytes(StandardCharsets.UTF_8)));
  }

  private static BufferedReader reader(SocketChannel till) {
    return new BufferedReader(
        new InputStreamReader(Channels.newInputStream(till), StandardCharsets.UTF_8));
  }

  @Test
  void aRejectedReferenceIsNamedWithItsCodeAndTheSaleThatGoesOnIsStillAnswered() throws Exception {
    try (TillSocket socket = listen(); SocketChannel till = till(); BufferedReader in = reader(till)) {
      send(till, "offer R-1 12.50");
      assertThat(events.poll(10, TimeUnit.SECONDS)).isInstanceOf(SaleEvent.BasketOffered.class);

      socket.answer("R-1", new TillOutcome.Rejected(ReferenceProblem.REFERENCE_USED));
      String rejected = in.readLine();
      socket.answer("R-1", new TillOutcome.Paid(new TransactionId(1, 2), 9));

      assertThat(rejected).isEqualTo("error REFERENCE_USED R-1 reference has another amount already");
      assertThat(in.readLine()).isEqualTo("paid R-1 " + new TransactionId(1, 2) + " 9");
    }
  }

  @Test
  void anAnswerGoesToTheConnectionThatAskedLast() throws Exception {
    try (TillSocket socket = listen(); SocketChannel first = till()) {
      send(first, "cash R-1 3.00");
      assertThat(events.poll(10, TimeUnit.SECONDS)).isInstanceOf(SaleEvent.CashTaken.class);
      try (SocketChannel second = till(); BufferedReader in = reader(second)) {
        send(second, "cash R-1 3.00");
        assertThat(events.poll(10, TimeUnit.SECONDS)).isInstanceOf(SaleEvent.CashTaken.class);

        socket.answer("R-1", new TillOutcome.Paid(new TransactionId(1, 2), 9));

        assertThat(in.readLine()).startsWith("paid R-1 ");
      }
    }
  }
}
