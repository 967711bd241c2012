package dev.counterfoil.settlement.net;

import dev.counterfoil.protocol.ReasonCode;
import dev.counterfoil.protocol.link.ConnectionGuard;
import dev.counterfoil.protocol.link.FrameCodec;
import dev.counterfoil.protocol.link.LinkLimits;
import dev.counterfoil.protocol.link.LinkViolation;
import dev.counterfoil.proto.v1.Frame;
import dev.counterfoil.proto.v1.Goodbye;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.ByteToMessageDecoder;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.ssl.SslHandshakeCompletionEvent;
import io.netty.handler.ssl.SslHandshakeTimeoutException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.security.cert.X509Certificate;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLPeerUnverifiedException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One connection after TLS: turns bytes into frames under the limits, hands them to the session in order, and closes
/// for exactly one reason with exactly one log line. Fields belong to the connection's event loop; the methods of
/// [LinkConnection] hop onto it.
final class LinkChannel extends ChannelInboundHandlerAdapter implements LinkConnection {

  private static final Logger LOG = LoggerFactory.getLogger(LinkChannel.class);
  private static final int LONGEST_DETAIL = 200;
  /// How long a goodbye may stand in the way of the close when the peer does not read it.
  private static final long PARTING_MILLIS = 1_000;
  private static final long LONGEST_TICK_MILLIS = 1_000;

  private final long number;
  private final String address;
  private final LinkLimits limits;
  private final FrameCodec codec;
  private final LinkServer.Surroundings surroundings;

  private volatile @Nullable ChannelHandlerContext context;
  private volatile @Nullable PeerIdentity peer;
  private @Nullable LinkSession session;
  private @Nullable ConnectionGuard guard;
  private @Nullable ByteBuf waiting;
  private boolean paused;
  private boolean decoding;
  private boolean ended;
  private boolean told;

  LinkChannel(long number, String address, LinkLimits limits, FrameCodec codec,
      LinkServer.Surroundings surroundings) {
    this.number = number;
    this.address = address;
    this.limits = limits;
    this.codec = codec;
    this.surroundings = surroundings;
  }

  @Override
  public long number() {
    return number;
  }

  @Override
  public String address() {
    return address;
  }

  @Override
  public Optional<PeerIdentity> peer() {
    return Optional.ofNullable(peer);
  }

  @Override
  public boolean isOpen() {
    ChannelHandlerContext here = context;
    return here != null && here.channel().isActive();
  }

  @Override
  public void send(Frame frame) {
    ChannelHandlerContext here = context;
    if (here != null && here.channel().isActive()) {
      here.writeAndFlush(Unpooled.wrappedBuffer(codec.encode(frame)), here.voidPromise());
    }
  }

  @Override
  public void close(ReasonCode reason, String detail) {
    onLoop(() -> end(reason.name(), detail,
        Frame.newBuilder()
            .setGoodbye(Goodbye.newBuilder().setReason(reason.name()).setDetail(shortened(detail)))
            .build()));
  }

  @Override
  public void end(String reason, String detail) {
    onLoop(() -> end(reason, detail, null));
  }

  @Override
  public void run(Runnable task) {
    onLoop(() -> {
      if (!ended) {
        task.run();
      }
    });
  }

  @Override
  public void after(long millis, Runnable task) {
    ChannelHandlerContext here = context;
    if (here != null) {
      here.executor().schedule(() -> run(task), millis, TimeUnit.MILLISECONDS);
    }
  }

  @Override
  public void pause() {
    onLoop(() -> {
      paused = true;
      channel().config().setAutoRead(false);
    });
  }

  @Override
  public void resume() {
    onLoop(() -> {
      if (paused && !ended) {
        paused = false;
        if (guard != null) {
          guard.received(now(), 0, true, false);
        }
        decode();
        channel().config().setAutoRead(!paused);
      }
    });
  }

  /// One connection too many: it never gets as far as TLS.
  void refuse(Channel channel) {
    LOG.warn("event=link_closed connection={} address={} reason={}", number, address,
        ReasonCode.TOO_MANY_CONNECTIONS);
    surroundings.metrics().connectionClosed(ReasonCode.TOO_MANY_CONNECTIONS.name());
    channel.close();
  }

  @Override
  public void handlerAdded(ChannelHandlerContext added) {
    context = added;
  }

  @Override
  public void userEventTriggered(ChannelHandlerContext here, Object event) {
    if (event instanceof SslHandshakeCompletionEvent handshake) {
      if (handshake.isSuccess()) {
        identified(here);
      } else {
        handshakeFailed(handshake.cause());
      }
    }
    here.fireUserEventTriggered(event);
  }

  @Override
  public void channelRead(ChannelHandlerContext here, Object message) {
    var bytes = (ByteBuf) message;
    if (ended || session == null) {
      bytes.release();
      return;
    }
    int size = bytes.readableBytes();
    waiting = waiting == null ? bytes
        : ByteToMessageDecoder.MERGE_CUMULATOR.cumulate(here.alloc(), waiting, bytes);
    boolean complete = decode();
    if (guard != null) {
      guard.received(now(), size, complete, waiting != null && !paused);
    }
  }

  @Override
  public void channelWritabilityChanged(ChannelHandlerContext here) {
    if (!here.channel().isWritable()) {
      close(ReasonCode.QUEUE_FULL, "peer does not read");
    }
    here.fireChannelWritabilityChanged();
  }

  @Override
  public void channelInactive(ChannelHandlerContext here) {
    ended = true;
    tell("PEER_CLOSED", "");
    if (waiting != null) {
      waiting.release();
      waiting = null;
    }
    if (session != null) {
      session.closed();
      session = null;
    }
    here.fireChannelInactive();
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext here, Throwable cause) {
    if (cause instanceof IOException || cause.getCause() instanceof javax.net.ssl.SSLException) {
      end("CONNECTION_LOST", String.valueOf(cause.getMessage()), null);
    } else {
      LOG.error("event=link_defect connection={}", number, cause);
      end("DEFECT", cause.getClass().getSimpleName(), null);
    }
  }

  private void identified(ChannelHandlerContext here) {
    guard = new ConnectionGuard(limits, now());
    try {
      PeerIdentity proved = identity(here);
      Optional<ReasonCode> refusal = proved == null ? Optional.empty()
          : surroundings.guests().refusal(proved);
      if (refusal.isPresent()) {
        peer = proved;
        close(refusal.get(), "");
        return;
      }
      peer = proved;
    } catch (IllegalArgumentException e) {
      close(ReasonCode.NOT_ENROLLED, "certificate names no terminal");
      return;
    }
    if (peer != null) {
      here.pipeline().get(Newcomer.class).authenticated();
    }
    session = surroundings.sessions().open(this);
    tick();
  }

  private static @Nullable PeerIdentity identity(ChannelHandlerContext here) {
    var tls = here.pipeline().get(SslHandler.class);
    try {
      var certificate = (X509Certificate) tls.engine().getSession().getPeerCertificates()[0];
      return PeerIdentity.of(certificate)
          .orElseThrow(() -> new IllegalArgumentException("certificate names no terminal"));
    } catch (SSLPeerUnverifiedException _) {
      // No certificate was shown: an enrolment connection.
      return null;
    }
  }

  /// A refused handshake is the everyday business of a public port: one line, no stack trace.
  private void handshakeFailed(Throwable cause) {
    if (cause instanceof SslHandshakeTimeoutException) {
      end(ReasonCode.HANDSHAKE_TIMEOUT.name(), "", null);
    } else if (cause instanceof java.nio.channels.ClosedChannelException) {
      end("PEER_CLOSED", "in the handshake", null);
    } else {
      end("TLS_REFUSED", String.valueOf(cause.getMessage()), null);
    }
  }

  /// Hands over all complete frames, unless the session asks for a pause on the way.
  ///
  /// @return whether at least one frame was complete
  private boolean decode() {
    if (decoding) {
      return false;
    }
    decoding = true;
    boolean any = false;
    try {
      while (waiting != null && !paused && !ended) {
        ByteBuffer view = waiting.nioBuffer();
        int before = view.remaining();
        Optional<Frame> frame = codec.decode(view);
        if (frame.isEmpty()) {
          break;
        }
        any = true;
        waiting.skipBytes(before - view.remaining());
        if (!waiting.isReadable()) {
          waiting.release();
          waiting = null;
        }
        if (session != null) {
          session.frame(frame.get());
        }
      }
    } catch (LinkViolation e) {
      close(e.reason(), String.valueOf(e.getMessage()));
    } finally {
      decoding = false;
    }
    return any;
  }

  private void tick() {
    if (ended || guard == null) {
      return;
    }
    Optional<ReasonCode> broken = paused ? Optional.empty() : guard.broken(now());
    if (broken.isPresent()) {
      close(broken.get(), "");
      return;
    }
    long pace = Math.min(LONGEST_TICK_MILLIS,
        Math.min(limits.firstByte().toMillis(), limits.idle().toMillis()) / 2);
    channel().eventLoop().schedule(this::tick, Math.max(pace, 20), TimeUnit.MILLISECONDS);
  }

  private void end(String reason, String detail, @Nullable Frame last) {
    tell(reason, detail);
    if (ended) {
      return;
    }
    ended = true;
    Channel channel = channel();
    if (guard == null) {
      channel.close();
      return;
    }
    channel.config().setAutoRead(true);
    ByteBuf parting = last == null ? Unpooled.EMPTY_BUFFER : Unpooled.wrappedBuffer(codec.encode(last));
    channel.writeAndFlush(parting).addListener(ChannelFutureListener.CLOSE);
    channel.eventLoop().schedule(() -> {
      channel.close();
    }, PARTING_MILLIS, TimeUnit.MILLISECONDS);
  }

  private void tell(String reason, String detail) {
    if (!told) {
      told = true;
      surroundings.metrics().connectionClosed(reason);
      LOG.info("event=link_closed connection={} address={} terminal={} reason={} detail=\"{}\"", number,
          address,
          peer().map(identity -> identity.terminal().toString()).orElse("none"), reason, shortened(detail));
    }
  }

  private void onLoop(Runnable task) {
    ChannelHandlerContext here = context;
    if (here == null) {
      return;
    }
    if (here.executor().inEventLoop()) {
      task.run();
    } else {
      here.executor().execute(task);
    }
  }

  private Channel channel() {
    ChannelHandlerContext here = context;
    if (here == null) {
      throw new IllegalStateException("connection=" + number + " is in no pipeline");
    }
    return here.channel();
  }

  private long now() {
    return surroundings.monotonicMillis().getAsLong();
  }

  private static String shortened(String detail) {
    String plain = detail.replaceAll("\\p{Cntrl}", " ").replace('"', '\'');
    return plain.length() <= LONGEST_DETAIL ? plain : plain.substring(0, LONGEST_DETAIL);
  }
}
