package dev.counterfoil.settlement.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import dev.counterfoil.protocol.ReasonCode;
import dev.counterfoil.protocol.crypto.CertificateRequests;
import dev.counterfoil.protocol.id.TerminalId;
import dev.counterfoil.protocol.link.FrameCodec;
import dev.counterfoil.protocol.link.LinkLimits;
import dev.counterfoil.proto.v1.Frame;
import dev.counterfoil.proto.v1.Goodbye;
import dev.counterfoil.proto.v1.Ping;
import dev.counterfoil.proto.v1.Pong;
import dev.counterfoil.settlement.ops.ServerMetrics;
import dev.counterfoil.settlement.terminals.ca.ClientTrust;
import dev.counterfoil.settlement.terminals.ca.ServerKeys;
import dev.counterfoil.trace.Requirement;
import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LinkServerTest {

  private static final SecureRandom RANDOM = new SecureRandom();
  private static final TerminalId TERMINAL = new TerminalId(7, 9);
  private static final LinkLimits QUICK = new LinkLimits(1 << 20, 500, 256 * 1024, 16, Duration.ofMillis(400),
      Duration.ofMillis(300), 1000, Duration.ofMillis(2600), 5, 8, Duration.ofSeconds(30));

  @TempDir
  static Path folder;

  private static ServerKeys keys;
  private static ServerKeys strangers;

  private final Set<X509Certificate> revoked = ConcurrentHashMap.newKeySet();
  private final AtomicInteger sessions = new AtomicInteger();
  private final BlockingQueue<LinkConnection> opened = new LinkedBlockingQueue<>();
  private volatile Optional<ReasonCode> refusal = Optional.empty();
  private LinkServer server;

  @BeforeAll
  static void createKeys() {
    Instant now = Instant.now();
    keys = ServerKeys.openOrCreate(folder.resolve("ours"), List.of("localhost", "127.0.0.1"), now, RANDOM);
    strangers = ServerKeys.openOrCreate(folder.resolve("theirs"), List.of("localhost", "127.0.0.1"), now,
        RANDOM);
  }

  @BeforeEach
  void start() throws BindException {
    server = server(QUICK, 0);
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  @Requirement({"SEC-01"})
  void aCertificateOfOurRootGivesTheSessionItsIdentity() throws Exception {
    try (var client = client(terminal(keys))) {
      client.send(ping(5));
      assertThat(client.read().getPong().getNonce()).isEqualTo(5);
      LinkConnection connection = next();
      assertThat(connection.peer().orElseThrow().terminal()).isEqualTo(TERMINAL);
      assertThat(server.unauthenticated()).isZero();
    }
  }

  @Test
  void withoutACertificateTheSessionKnowsNoPeerAndCountsAsUnauthenticated() throws Exception {
    try (var client = client(null)) {
      client.send(ping(1));
      client.read();
      assertThat(next().peer()).isEmpty();
      assertThat(server.unauthenticated()).isEqualTo(1);
    }
  }

  @Test
  @Requirement({"SEC-01"})
  void aCertificateOfAnotherRootIsRefusedBeforeAnyFrame() throws Exception {
    assertRefusedInTheHandshake(terminal(strangers));
  }

  @Test
  void aSelfSignedCertificateIsRefused() throws Exception {
    var root = strangers.authority().root();
    assertRefusedInTheHandshake(new TlsClient.Identity(strangers.tlsKey(), root));
  }

  @Test
  void theServersOwnCertificateDoesNotServeAsAClients() throws Exception {
    assertRefusedInTheHandshake(new TlsClient.Identity(keys.tlsKey(), keys.tlsCertificate()));
  }

  @Test
  void anExpiredCertificateIsRefused() throws Exception {
    assertRefusedInTheHandshake(terminal(keys, Instant.now().minus(Duration.ofDays(366))));
  }

  @Test
  @Requirement({"SEC-01"})
  void aRevokedCertificateIsRefusedInTheHandshake() throws Exception {
    TlsClient.Identity identity = terminal(keys);
    revoked.add(identity.certificate());
    assertRefusedInTheHandshake(identity);
  }

  @Test
  void anIdentityThatTheRegistryRefusesHearsTheReason() throws Exception {
    refusal = Optional.of(ReasonCode.NOT_ENROLLED);
    try (var client = client(terminal(keys))) {
      assertThat(client.readGoodbye()).isEqualTo("NOT_ENROLLED");
      assertThat(client.endsQuietly()).isTrue();
      assertThat(sessions).hasValue(0);
    }
  }

  @Test
  void aClientThatTrustsAnotherRootDoesNotTalkToUs() {
    assertThatThrownBy(() -> new TlsClient(server.port(), strangers.authority().root(), null))
        .isInstanceOf(SSLException.class);
  }

  @Test
  @Requirement({"SEC-01"})
  void tls12IsRefused() {
    assertThatThrownBy(() -> new TlsClient(server.port(), keys.authority().root(), null, "TLSv1.2"))
        .isInstanceOf(SSLException.class);
    assertThat(sessions).hasValue(0);
  }

  @Test
  void malformedFramesAreAnsweredWithTheirReason() throws Exception {
    assertClosedWith("BAD_FRAME_MAGIC", new byte[] {'G', 'E', 'T', ' ', '/', 0, 0, 0});
    assertClosedWith("UNSUPPORTED_FRAME_VERSION", header(9, 0, 1));
    assertClosedWith("BAD_FRAME_FLAGS", header(1, 1, 1));
    assertClosedWith("EMPTY_FRAME", header(1, 0, 0));
    assertClosedWith("FRAME_TOO_LARGE", header(1, 0, (1 << 20) + 1));
    assertClosedWith("FRAME_TOO_LARGE", header(1, 0, -1));
    assertClosedWith("FRAME_TOO_LARGE", header(1, 0, Integer.MAX_VALUE));
    assertClosedWith("BAD_MESSAGE", framed(new byte[] {(byte) 0xff, (byte) 0xff, (byte) 0xff}));
  }

  @Test
  void aHundredThousandNestedGroupsAndAMebibyteOfContinuationBytesAreRefused() throws Exception {
    byte[] groups = new byte[100_000];
    java.util.Arrays.fill(groups, (byte) 0x0b);
    assertClosedWith("BAD_MESSAGE", framed(groups));
    byte[] endless = new byte[1 << 20];
    java.util.Arrays.fill(endless, (byte) 0x80);
    assertClosedWith("BAD_MESSAGE", framed(endless));
  }

  @Test
  void framesInOnePieceAndFramesByteByByteAreTheSame() throws Exception {
    byte[] one = new FrameCodec(LinkLimits.DEFAULT).encode(ping(1));
    byte[] two = new FrameCodec(LinkLimits.DEFAULT).encode(ping(2));
    try (var client = client(terminal(keys))) {
      client.sendRaw(ByteBuffer.allocate(one.length + two.length).put(one).put(two).array());
      assertThat(client.read().getPong().getNonce()).isEqualTo(1);
      assertThat(client.read().getPong().getNonce()).isEqualTo(2);
      for (byte single : one) {
        client.sendRaw(new byte[] {single});
      }
      assertThat(client.read().getPong().getNonce()).isEqualTo(1);
    }
  }

  @Test
  void aFrameThatDripsIsClosedAsTooSlow() throws Exception {
    assertClosedWith("TOO_SLOW", header(1, 0, 1000));
  }

  @Test
  void aConnectionThatSaysNothingAfterTheHandshakeIsClosed() throws Exception {
    assertClosedWith("FIRST_BYTE_TIMEOUT", new byte[0]);
  }

  @Test
  void aConnectionThatFallsSilentIsClosedAsIdle() throws Exception {
    try (var client = client(terminal(keys))) {
      client.send(ping(1));
      client.read();
      assertThat(client.readGoodbye()).isEqualTo("IDLE_TIMEOUT");
    }
  }

  @Test
  void tcpConnectionsThatNeverStartTlsAreClosed() throws Exception {
    try (var socket = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
      socket.setSoTimeout(5_000);
      assertThat(socket.getInputStream().read()).isEqualTo(-1);
    }
  }

  @Test
  void aHandshakeThatStopsHalfWayIsClosed() throws Exception {
    try (var socket = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
      socket.setSoTimeout(5_000);
      socket.getOutputStream().write(new byte[] {22, 3, 1, 1, 0});
      assertThat(socket.getInputStream().readAllBytes()).isNotNull();
    }
  }

  @Test
  void aFloodOfUnauthenticatedConnectionsIsCutOffAtTheLimitAndNotForEver() throws Exception {
    // Patient enough that nobody is thrown out for silence while this test looks.
    var patient = new LinkLimits(1 << 20, 500, 256 * 1024, 16, Duration.ofSeconds(60), Duration.ofSeconds(60),
        1000,
        Duration.ofSeconds(60), 5, 8, Duration.ofSeconds(30));
    List<Socket> flood = new ArrayList<>();
    try (LinkServer target = server(patient, 0)) {
      for (int i = 0; i < 5; i++) {
        flood.add(new Socket(InetAddress.getLoopbackAddress(), target.port()));
      }
      // Event loops admit side by side: before the limit is reached for sure, anybody could be the one too many.
      await(() -> target.unauthenticated() == 5);
      try (var excess = new Socket(InetAddress.getLoopbackAddress(), target.port())) {
        excess.setSoTimeout(5_000);
        assertThat(excess.getInputStream().read()).as("closed at once").isEqualTo(-1);
      }
      flood.removeLast().close();
      await(() -> target.unauthenticated() == 4);
      try (var client = new TlsClient(target.port(), keys.authority().root(), terminal(keys))) {
        client.send(ping(3));
        assertThat(client.read().getPong().getNonce()).isEqualTo(3);
        assertThat(target.unauthenticated()).as("who showed a certificate is not counted").isEqualTo(4);
      }
    } finally {
      for (Socket socket : flood) {
        socket.close();
      }
    }
  }

  @Test
  void pausingStopsDeliveryAndResumingLosesNothing() throws Exception {
    try (var client = client(terminal(keys))) {
      client.send(ping(1));
      client.read();
      LinkConnection connection = next();
      connection.pause();
      var paused = new LinkedBlockingQueue<Boolean>();
      connection.run(() -> paused.add(true));
      assertThat(paused.poll(5, TimeUnit.SECONDS)).isTrue();
      for (int i = 0; i < 50; i++) {
        client.send(ping(100 + i));
      }
      connection.resume();
      for (int i = 0; i < 50; i++) {
        assertThat(client.read().getPong().getNonce()).isEqualTo(100 + i);
      }
    }
  }

  @Test
  void aPeerThatDoesNotReadIsClosed() throws Exception {
    try (var client = client(terminal(keys))) {
      client.send(ping(1));
      client.read();
      LinkConnection connection = next();
      var big = Frame.newBuilder()
          .setGoodbye(Goodbye.newBuilder().setDetail("x".repeat(100_000))).build();
      for (int i = 0; i < 2000 && connection.isOpen(); i++) {
        connection.send(big);
      }
      var closed = new LinkedBlockingQueue<Boolean>();
      Thread.ofVirtual().start(() -> {
        while (connection.isOpen()) {
          Thread.onSpinWait();
        }
        closed.add(true);
      });
      assertThat(closed.poll(8, TimeUnit.SECONDS)).isTrue();
    }
  }

  @Test
  void anOccupiedPortIsReported() {
    assertThatThrownBy(() -> server(QUICK, server.port())).isInstanceOf(BindException.class);
  }

  private LinkServer server(LinkLimits limits, int port) throws BindException {
    return new LinkServer(new InetSocketAddress(InetAddress.getLoopbackAddress(), port),
        new LinkServer.Limits(limits, 100, 256 * 1024),
        new LinkServer.Surroundings(keys, new ClientTrust(keys.authority().root(), revoked::contains),
            peer -> refusal,
            this::echo, new ServerMetrics(), () -> System.nanoTime() / 1_000_000));
  }

  private static void await(BooleanSupplier condition) {
    long deadline = System.nanoTime() + Duration.ofSeconds(5).toNanos();
    while (!condition.getAsBoolean() && System.nanoTime() < deadline) {
      Thread.onSpinWait();
    }
    assertThat(condition.getAsBoolean()).isTrue();
  }

  private LinkSession echo(LinkConnection connection) {
    sessions.incrementAndGet();
    opened.add(connection);
    return new LinkSession() {
      @Override
      public void frame(Frame frame) {
        connection.send(
            Frame.newBuilder().setPong(Pong.newBuilder().setNonce(frame.getPing().getNonce())).build());
      }

      @Override
      public void closed() {
        sessions.decrementAndGet();
      }
    };
  }

  private LinkConnection next() throws InterruptedException {
    LinkConnection connection = opened.poll(5, TimeUnit.SECONDS);
    assertThat(connection).as("a session was opened").isNotNull();
    return connection;
  }

  private void assertRefusedInTheHandshake(TlsClient.Identity identity) throws Exception {
    // In TLS 1.3 the client's side of the handshake ends before the server has looked at the certificate.
    assertThatThrownBy(() -> {
      try (var client = client(identity)) {
        client.send(ping(1));
        client.read();
      }
    }).isInstanceOf(IOException.class);
    assertThat(sessions).hasValue(0);
  }

  private void assertClosedWith(String reason, byte[] bytes) throws Exception {
    try (var client = client(terminal(keys))) {
      if (bytes.length > 0) {
        client.sendRaw(bytes);
      }
      assertThat(client.readGoodbye()).isEqualTo(reason);
      assertThat(client.endsQuietly()).as("closed after the goodbye").isTrue();
    }
  }

  private TlsClient client(TlsClient.@Nullable Identity identity) throws Exception {
    return new TlsClient(server.port(), keys.authority().root(), identity);
  }

  private static TlsClient.Identity terminal(ServerKeys issuer) {
    return terminal(issuer, Instant.now());
  }

  private static TlsClient.Identity terminal(ServerKeys issuer, Instant when) {
    KeyPair pair = CertificateRequests.newTlsKeyPair(RANDOM);
    return new TlsClient.Identity(pair.getPrivate(),
        issuer.authority().issueClient(CertificateRequests.request(pair), TERMINAL, when));
  }

  private static Frame ping(long nonce) {
    return Frame.newBuilder().setPing(Ping.newBuilder().setNonce(nonce)).build();
  }

  private static byte[] header(int version, int flags, int length) {
    return ByteBuffer.allocate(8).putShort((short) 0x4346).put((byte) version).put((byte) flags)
        .putInt(length)
        .array();
  }

  private static byte[] framed(byte[] body) {
    return ByteString.copyFrom(header(1, 0, body.length)).concat(ByteString.copyFrom(body)).toByteArray();
  }
}
