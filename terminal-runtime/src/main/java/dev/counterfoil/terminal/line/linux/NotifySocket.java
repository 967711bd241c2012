package dev.counterfoil.terminal.line.linux;

import dev.counterfoil.terminal.line.ServiceNotices;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The service manager's socket: one datagram for each notice. Java has no Unix datagram sockets, so the kernel is asked.
///
/// Its address is `$NOTIFY_SOCKET`: a path, or a name behind `@` that exists in the kernel only (unix(7), abstract).
public final class NotifySocket implements ServiceNotices {

  private static final Logger LOG = LoggerFactory.getLogger(NotifySocket.class);
  private static final short AF_UNIX = 1;
  /// Room for a path in `sockaddr_un`, its closing zero included.
  private static final int MOST_PATH = 108;
  private static final long MICROS_PER_MILLI = 1_000;

  private final Kernel kernel;
  private final byte[] address;
  private final long watchdogMillis;
  private boolean lost;

  private NotifySocket(Kernel kernel, byte[] address, long watchdogMillis) {
    this.kernel = kernel;
    this.address = address;
    this.watchdogMillis = watchdogMillis;
  }

  /// As the environment says, of the process with this number.
  ///
  /// @param environment `NOTIFY_SOCKET`, `WATCHDOG_USEC`, `WATCHDOG_PID`
  public static ServiceNotices of(Kernel kernel, Map<String, String> environment, long process) {
    var name = environment.getOrDefault("NOTIFY_SOCKET", "");
    if (name.isEmpty()) {
      return NOBODY;
    }
    if (!name.startsWith("/") && !name.startsWith("@")
        || name.getBytes(StandardCharsets.UTF_8).length >= MOST_PATH) {
      LOG.warn("event=service_manager_unknown socket={} cause=\"no path of less than 108 bytes, no @name\"",
          name);
      return NOBODY;
    }
    return new NotifySocket(kernel, address(name), watchdogMillis(environment, process));
  }

  /// `struct sockaddr_un`: family of 2 bytes, then the path and a zero, or a zero and the name without one.
  static byte[] address(String name) {
    var path = name.getBytes(StandardCharsets.UTF_8);
    boolean inKernel = name.startsWith("@");
    var bytes = ByteBuffer.allocate(Short.BYTES + path.length + (inKernel ? 0 : 1))
        .order(ByteOrder.nativeOrder());
    bytes.putShort(AF_UNIX).put(path);
    if (inKernel) {
      bytes.put(Short.BYTES, (byte) 0);
    }
    return bytes.array();
  }

  private static long watchdogMillis(Map<String, String> environment, long process) {
    var meant = environment.getOrDefault("WATCHDOG_PID", "");
    var micros = environment.getOrDefault("WATCHDOG_USEC", "");
    if (!meant.isEmpty() && !meant.equals(Long.toString(process)) || !micros.matches("[0-9]{1,18}")) {
      return 0;
    }
    return Long.parseLong(micros) / MICROS_PER_MILLI;
  }

  @Override
  public synchronized void say(String state) {
    int sent = kernel.datagram(address, state.getBytes(StandardCharsets.UTF_8));
    if (sent < 0 && !lost) {
      LOG.warn("event=service_manager_lost cause=\"{}\"", Errno.name(-sent));
    }
    lost = sent < 0;
  }

  @Override
  public long watchdogMillis() {
    return watchdogMillis;
  }
}
