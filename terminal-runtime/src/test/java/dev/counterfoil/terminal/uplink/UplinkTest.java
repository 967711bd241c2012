package dev.counterfoil.terminal.uplink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.counterfoil.proto.v1.Channel;
import dev.counterfoil.proto.v1.Frame;
import dev.counterfoil.proto.v1.Ping;
import dev.counterfoil.proto.v1.Pong;
import dev.counterfoil.protocol.link.FrameCodec;
import dev.counterfoil.protocol.link.LinkLimits;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Objects;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocket;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The uplink against a server of plain JDK sockets, over real TLS on the loopback.
class UplinkTest {

  private static final Channel DESK = Channel.CHANNEL_DESK;
  private static final Frame PING = Frame.newBuilder().setPing(Ping.newBuilder().setNonce(7)).build();
  private static final Frame PONG = Frame.newBuilder().setPong(Pong.newBuilder().setNonce(7)).build();
  private static final FrameCodec CODEC = new FrameCodec(LinkLimits.DEFAULT);
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private static TestAuthority authority;
  private static TestAuthority stranger;
  private static TestAuthority.Identity terminal;
  private static SSLContext tls;

  private final BlockingQueue<String> heard = new ArrayBlockingQueue<>(100);
  private final AtomicBoolean full = new AtomicBoolean();
  private final LinkListener listener = new LinkListener() {
    @Override
    public void up(Channel channel, long connection) {
      heard.add("up " + connection);
    }

    @Override
    public boolean frame(Channel channel, long connection, Frame frame) {
      heard.add("frame " + connection + " " + frame.getBodyCase());
      return !full.get();
    }

    @Override
    public void down(Channel channel, long connection, String detail) {
      heard.add("down " + connection + " " + detail);
    }
  };
  private @Nullable SSLServerSocket server;
  private @Nullable Uplink uplink;

  @BeforeAll
  static void makeCertificates() throws GeneralSecurityException {
    authority = new TestAuthority("authority");
    stranger = new TestAuthority("stranger");
    terminal = authority.terminal();
    tls = context(terminal, authority);
  }

  private static SSLContext context(TestAuthority.Identity identity, TestAuthority trusted)
      throws GeneralSecurityException {
    return TlsIdentity.context(identity.keys().getPrivate().getEncoded(), identity.certificate().getEncoded(),
        trusted.root.getEncoded());
  }

  @AfterEach
  void close() throws IOException {
    if (uplink != null) {
      uplink.close();
    }
    if (server != null) {
      server.close();
    }
  }

  @Test
  void bothEndsProveWhoTheyAreAndFramesGoBothWays() throws Exception {
    var served = serve(authority.serverContext(authority.server()), socket -> {
      var subject = ((X509Certificate) socket.getSession().getPeerCertificates()[0])
          .getSubjectX500Principal();
      byte[] received = socket.getInputStream().readNBytes(CODEC.encode(PING).length);
      socket.getOutputStream().write(CODEC.encode(PONG));
      socket.getInputStream().read();
      return subject.getName() + " " + socket.getSession().getProtocol() + " "
          + Arrays.equals(received, CODEC.encode(PING));
    });

    uplink().connect(DESK, 3);
    assertThat(next()).isEqualTo("up 3");
    uplink().send(DESK, PING);
    assertThat(next()).isEqualTo("frame 3 PONG");
    uplink().disconnect(DESK);

    assertThat(served.get(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isEqualTo("CN=terminal TLSv1.3 true");
    assertThat(next()).startsWith("down 3");
  }

  @Test
  void framesAreCutOutOfHoweverTheBytesArrive() throws Exception {
    byte[] three = new byte[3 * CODEC.encode(PONG).length];
    for (int i = 0; i < 3; i++) {
      System.arraycopy(CODEC.encode(PONG), 0, three, i * three.length / 3, three.length / 3);
    }
    serve(authority.serverContext(authority.server()), socket -> {
      for (int at = 0; at < three.length; at += 5) {
        socket.getOutputStream().write(three, at, Math.min(5, three.length - at));
        socket.getOutputStream().flush();
      }
      return socket.getInputStream().read();
    });

    uplink().connect(DESK, 1);

    assertThat(next()).isEqualTo("up 1");
    for (int i = 0; i < 3; i++) {
      assertThat(next()).isEqualTo("frame 1 PONG");
    }
  }

  @Test
  void aServerOfAnotherAuthorityIsNotSpokenTo() throws Exception {
    serve(stranger.serverContext(stranger.server()), socket -> socket.getInputStream().read());

    uplink().connect(DESK, 1);

    assertThat(next()).startsWith("down 1 TLS: ").contains("certification path");
  }

  @Test
  void aTerminalsCertificateDoesNotMakeAServer() throws Exception {
    serve(authority.serverContext(authority.terminal()), socket -> socket.getInputStream().read());

    uplink().connect(DESK, 1);

    assertThat(next()).startsWith("down 1 TLS: ").containsIgnoringCase("extended key usage");
  }

  @Test
  void aCertificateOfAnotherAuthorityIsNotTakenForOurs() {
    assertThatThrownBy(() -> context(stranger.terminal(), authority))
        .isInstanceOf(GeneralSecurityException.class);
  }

  @ParameterizedTest
  @CsvSource({"4346010000100001,FRAME_TOO_LARGE", "434601007fffffff,FRAME_TOO_LARGE",
      "4346010000000000,EMPTY_FRAME",
      "474554202f,BAD_FRAME_MAGIC", "43460200,UNSUPPORTED_FRAME_VERSION", "43460101,BAD_FRAME_FLAGS",
      "4346010000000002ffff,BAD_MESSAGE"})
  void whatIsNoFrameEndsTheConnectionWithItsReason(String hex, String reason) throws Exception {
    serve(authority.serverContext(authority.server()), socket -> {
      socket.getOutputStream().write(HexFormat.of().parseHex(hex));
      socket.getOutputStream().flush();
      return socket.getInputStream().read();
    });

    uplink().connect(DESK, 1);

    assertThat(next()).isEqualTo("up 1");
    assertThat(next()).startsWith("down 1 ").contains(reason);
  }

  @Test
  void aTerminalThatDoesNotKeepUpGivesTheConnectionUp() throws Exception {
    full.set(true);
    serve(authority.serverContext(authority.server()), socket -> {
      socket.getOutputStream().write(CODEC.encode(PONG));
      return socket.getInputStream().read();
    });

    uplink().connect(DESK, 1);

    assertThat(next()).isEqualTo("up 1");
    assertThat(next()).isEqualTo("frame 1 PONG");
    assertThat(next()).startsWith("down 1 QUEUE_FULL");
  }

  @Test
  void aPortWhereNobodyListensIsToldWithItsAddress() throws Exception {
    int port;
    try (var unused = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = unused.getLocalPort();
    }
    uplink = new Uplink("127.0.0.1", port, tls, LinkLimits.DEFAULT, listener);

    uplink().connect(DESK, 1);

    assertThat(next()).startsWith("down 1 no connection to 127.0.0.1:" + port);
  }

  private interface Script {
    Object run(SSLSocket socket) throws IOException;
  }

  private CompletableFuture<String> serve(SSLContext context, Script script) throws IOException {
    var listening = (SSLServerSocket) context.getServerSocketFactory().createServerSocket(0, 10,
        InetAddress.getLoopbackAddress());
    server = listening;
    listening.setNeedClientAuth(true);
    uplink = new Uplink("127.0.0.1", listening.getLocalPort(), tls, LinkLimits.DEFAULT, listener);
    var result = new CompletableFuture<String>();
    Thread.ofVirtual().start(() -> {
      try (var socket = (SSLSocket) listening.accept()) {
        result.complete(String.valueOf(script.run(socket)));
      } catch (IOException e) {
        result.completeExceptionally(e);
      }
    });
    return result;
  }

  private Uplink uplink() {
    return Objects.requireNonNull(uplink);
  }

  private String next() throws InterruptedException {
    var event = heard.poll(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
    return event == null ? "nothing within " + PATIENCE : event;
  }
}
