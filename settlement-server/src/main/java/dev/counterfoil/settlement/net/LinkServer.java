package dev.counterfoil.settlement.net;

import dev.counterfoil.protocol.ReasonCode;
import dev.counterfoil.protocol.link.FrameCodec;
import dev.counterfoil.protocol.link.LinkLimits;
import dev.counterfoil.settlement.ops.ServerMetrics;
import dev.counterfoil.settlement.terminals.ca.ServerKeys;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.ssl.ClientAuth;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.ssl.SslProvider;
import io.netty.util.concurrent.DefaultThreadFactory;
import io.netty.util.concurrent.GlobalEventExecutor;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import javax.net.ssl.SSLException;
import javax.net.ssl.X509ExtendedTrustManager;

/// The port that terminals connect to: TLS 1.3 only, certificates of our own root only. A connection without a
/// certificate is let in for one purpose, enrolment; its session sees to that. TLS handshakes run on a small pool of
/// their own, so that a storm of newcomers delays nobody's tap.
public final class LinkServer implements AutoCloseable {

  private static final int BACKLOG = 1024;
  private static final int CLOSING_SECONDS = 5;

  /// What the link needs from the rest of the server.
  ///
  /// @param trust   decides about client certificates, without blocking
  /// @param guests  identities are checked by the session; this is the revocation list for resumed sessions
  /// @param monotonicMillis time for limits
  public record Surroundings(ServerKeys keys, X509ExtendedTrustManager trust, RevocationList guests,
      LinkSession.Factory sessions, ServerMetrics metrics, LongSupplier monotonicMillis) {}

  /// Limits of this end.
  ///
  /// @param unauthenticatedTotal connections without a certificate of ours, over all addresses
  /// @param outboundBytes        unsent bytes after which a peer counts as not reading
  public record Limits(LinkLimits protocol, int unauthenticatedTotal, int outboundBytes) {}

  private final Limits limits;
  private final Surroundings surroundings;
  private final FrameCodec codec;
  private final SslContext tls;
  private final AddressQuota quota;
  private final AtomicLong numbers = new AtomicLong();
  private final EventLoopGroup loops;
  private final ExecutorService handshakes;
  private final ChannelGroup open = new DefaultChannelGroup(GlobalEventExecutor.INSTANCE);
  private final Channel listening;

  /// Binds the port.
  ///
  /// @throws BindException when the port is occupied or not ours to bind, or the address is not this machine's
  public LinkServer(InetSocketAddress address, Limits limits, Surroundings surroundings)
      throws BindException {
    this.limits = limits;
    this.surroundings = surroundings;
    this.codec = new FrameCodec(limits.protocol());
    this.tls = tls(surroundings);
    this.quota = new AddressQuota(limits.protocol().unauthenticatedPerAddress(),
        limits.unauthenticatedTotal());
    int cores = Runtime.getRuntime().availableProcessors();
    this.loops = new MultiThreadIoEventLoopGroup(Math.clamp(cores, 1, 8), new DefaultThreadFactory("link"),
        NioIoHandler.newFactory());
    this.handshakes = Executors.newFixedThreadPool(Math.clamp(cores, 1, 8),
        new DefaultThreadFactory("handshake"));
    try {
      this.listening = bind(address);
    } catch (BindException e) {
      stopThreads();
      throw e;
    }
  }

  /// The port that was bound, also when 0 was asked for.
  public int port() {
    return ((InetSocketAddress) listening.localAddress()).getPort();
  }

  /// Whether new connections are taken.
  public boolean isListening() {
    return listening.isActive();
  }

  /// Connections that have shown no certificate of ours.
  public int unauthenticated() {
    return quota.open();
  }

  /// All open connections.
  public int connections() {
    return open.size();
  }

  /// Stops taking connections and closes those that are open. Blocks for at most some seconds.
  @Override
  public void close() {
    listening.close().awaitUninterruptibly(CLOSING_SECONDS, TimeUnit.SECONDS);
    open.forEach(channel -> {
      var link = channel.pipeline().get(LinkChannel.class);
      if (link != null) {
        link.close(ReasonCode.SHUTDOWN, "server stops");
      }
    });
    open.newCloseFuture().awaitUninterruptibly(CLOSING_SECONDS, TimeUnit.SECONDS);
    stopThreads();
  }

  private Channel bind(InetSocketAddress address) throws BindException {
    var bootstrap = new ServerBootstrap().group(loops).channel(NioServerSocketChannel.class)
        .option(ChannelOption.SO_BACKLOG, BACKLOG).option(ChannelOption.SO_REUSEADDR, true)
        .childOption(ChannelOption.TCP_NODELAY, true).childOption(ChannelOption.SO_KEEPALIVE, true)
        .childOption(ChannelOption.WRITE_BUFFER_WATER_MARK,
            new WriteBufferWaterMark(limits.outboundBytes() / 2, limits.outboundBytes()))
        .childHandler(new ChannelInitializer<SocketChannel>() {
          @Override
          protected void initChannel(SocketChannel channel) {
            assemble(channel);
          }
        });
    var bound = bootstrap.bind(address).awaitUninterruptibly();
    if (bound.isSuccess()) {
      return bound.channel();
    }
    if (bound.cause() instanceof BindException occupied) {
      throw occupied;
    }
    // A name that no resolver knows, for one: to the operator the same as an address that is not this machine's.
    var refused = new BindException(String.valueOf(bound.cause()));
    refused.initCause(bound.cause());
    throw refused;
  }

  /// The whole pipeline, from the socket inwards.
  private void assemble(SocketChannel channel) {
    String address = channel.remoteAddress() == null ? "unknown"
        : channel.remoteAddress().getAddress().getHostAddress();
    var link = new LinkChannel(numbers.incrementAndGet(), address, limits.protocol(), codec, surroundings);
    if (!quota.admit(address)) {
      link.refuse(channel);
      return;
    }
    open.add(channel);
    var newcomer = new Newcomer(address, quota, limits.protocol().firstByte(), link);
    SslHandler handler = tls.newHandler(channel.alloc(), handshakes);
    handler.setHandshakeTimeoutMillis(limits.protocol().handshake().toMillis());
    channel.pipeline().addLast(newcomer).addLast("tls", handler).addLast(link);
  }

  private static SslContext tls(Surroundings surroundings) {
    ServerKeys keys = surroundings.keys();
    try {
      return SslContextBuilder.forServer(keys.tlsKey(), keys.tlsCertificate(), keys.authority().root())
          .sslProvider(SslProvider.JDK).protocols("TLSv1.3").trustManager(surroundings.trust())
          .clientAuth(ClientAuth.OPTIONAL).build();
    } catch (SSLException e) {
      throw new IllegalStateException("cannot set up TLS", e);
    }
  }

  private void stopThreads() {
    loops.shutdownGracefully(0, CLOSING_SECONDS, TimeUnit.SECONDS).awaitUninterruptibly();
    handshakes.shutdownNow();
  }
}
