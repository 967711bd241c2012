package dev.counterfoil.terminal.uplink;

import dev.counterfoil.proto.v1.Channel;
import dev.counterfoil.proto.v1.Frame;
import dev.counterfoil.protocol.link.FrameCodec;
import dev.counterfoil.protocol.link.LinkLimits;
import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.Unpooled;
import io.netty.buffer.UnpooledByteBufAllocator;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.handler.ssl.SslHandler;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;

/// Two connections to one server, `desk` and `journal`, on one event loop thread.
///
/// Buffers are unpooled: a terminal moves a few kilobytes a second, and pooled arenas would cost megabytes that it
/// does not have. When to connect again is the caller's decision; this class never retries.
///
/// Threads: methods may be called from any thread and never block, but [#close].
public final class Uplink implements AutoCloseable {

  private static final int CONNECT_TIMEOUT_MILLIS = 5_000;
  /// Above this many bytes not yet taken by the network the connection is given up: the server does not read.
  private static final int MOST_UNSENT_BYTES = 8 * 1024 * 1024;
  private static final String PROTOCOL = "TLSv1.3";

  private final String host;
  private final int port;
  private final SSLContext tls;
  private final LinkLimits limits;
  private final LinkListener listener;
  private final FrameCodec codec;
  private final MultiThreadIoEventLoopGroup loop;
  private final Map<Channel, ChannelFuture> open = new EnumMap<>(Channel.class);

  /// @param tls context that holds this terminal's certificate and trusts the pinned authority alone
  public Uplink(String host, int port, SSLContext tls, LinkLimits limits, LinkListener listener) {
    this.host = host;
    this.port = port;
    this.tls = tls;
    this.limits = limits;
    this.listener = listener;
    this.codec = new FrameCodec(limits);
    this.loop = new MultiThreadIoEventLoopGroup(1, new DefaultThreadFactory("uplink", true),
        NioIoHandler.newFactory());
  }

  /// Starts a connection; [LinkListener#up] or [LinkListener#down] follows. An older one of this channel is closed.
  ///
  /// @param connection number that comes back with everything that happens on it
  public synchronized void connect(Channel channel, long connection) {
    disconnect(channel);
    var bootstrap = new Bootstrap().group(loop).channel(NioSocketChannel.class)
        .option(ChannelOption.ALLOCATOR, UnpooledByteBufAllocator.DEFAULT)
        .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, CONNECT_TIMEOUT_MILLIS)
        .option(ChannelOption.TCP_NODELAY, true).option(ChannelOption.SO_KEEPALIVE, true)
        .option(ChannelOption.WRITE_BUFFER_WATER_MARK,
            new WriteBufferWaterMark(256 * 1024, MOST_UNSENT_BYTES))
        .handler(new ChannelInitializer<NioSocketChannel>() {
          @Override
          protected void initChannel(NioSocketChannel socket) {
            socket.pipeline().addLast(tlsHandler())
                .addLast(new LinkHandler(channel, connection, codec, listener));
          }
        });
    var future = bootstrap.connect(host, port);
    open.put(channel, future);
    future.addListener(_ -> {
      if (!future.isSuccess()) {
        listener.down(channel, connection,
            "no connection to " + host + ":" + port + ": " + reason(future.cause()));
      }
    });
  }

  private SslHandler tlsHandler() {
    var engine = tls.createSSLEngine(host, port);
    engine.setUseClientMode(true);
    engine.setEnabledProtocols(new String[] {PROTOCOL});
    var handler = new SslHandler(engine);
    handler.setHandshakeTimeout(limits.handshake().toMillis(), TimeUnit.MILLISECONDS);
    return handler;
  }

  /// Sends a frame if the connection stands; else it is dropped, which a session survives by starting anew.
  public synchronized void send(Channel channel, Frame frame) {
    var future = open.get(channel);
    if (future == null || !future.isSuccess()) {
      return;
    }
    if (!future.channel().isWritable()) {
      future.channel().close();
      return;
    }
    future.channel().writeAndFlush(Unpooled.wrappedBuffer(codec.encode(frame)));
  }

  /// Closes the channel's connection after what was sent before has left.
  public synchronized void disconnect(Channel channel) {
    var future = open.remove(channel);
    if (future == null) {
      return;
    }
    if (future.isSuccess() && future.channel().isActive()) {
      future.channel().writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(_ -> future.channel().close());
    } else {
      future.cancel(true);
      future.channel().close();
    }
  }

  /// Closes both connections and ends the thread; waits for at most two seconds.
  @Override
  public void close() {
    disconnect(Channel.CHANNEL_DESK);
    disconnect(Channel.CHANNEL_JOURNAL);
    loop.shutdownGracefully(0, Duration.ofSeconds(1).toMillis(), TimeUnit.MILLISECONDS)
        .awaitUninterruptibly(Duration.ofSeconds(2).toMillis());
  }

  static String reason(Throwable cause) {
    return cause == null ? "unknown" : cause.getClass().getSimpleName() + " " + cause.getMessage();
  }
}
