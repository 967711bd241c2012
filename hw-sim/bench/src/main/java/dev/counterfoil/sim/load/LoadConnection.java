package dev.counterfoil.sim.load;

import dev.counterfoil.proto.v1.Frame;
import dev.counterfoil.protocol.link.FrameCodec;
import dev.counterfoil.protocol.link.LinkViolation;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.ByteToMessageDecoder;
import io.netty.handler.ssl.SslHandshakeCompletionEvent;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.LongSupplier;

/// Bytes of one connection to and from a [LoadTerminal]. Runs on its event loop.
final class LoadConnection extends ByteToMessageDecoder {

  private final LoadTerminal terminal;
  private final FrameCodec codec;
  private final LongSupplier monotonicMillis;
  private final CompletableFuture<Void> open;

  /// @param open completed when the session is open, or with what went wrong
  LoadConnection(LoadTerminal terminal, LongSupplier monotonicMillis, CompletableFuture<Void> open) {
    this.terminal = terminal;
    this.codec = new FrameCodec(terminal.limits());
    this.monotonicMillis = monotonicMillis;
    this.open = open;
  }

  @Override
  public void userEventTriggered(ChannelHandlerContext context, Object event) throws Exception {
    if (event instanceof SslHandshakeCompletionEvent handshake && handshake.isSuccess()) {
      terminal.connected(monotonicMillis.getAsLong(), frame -> send(context, frame),
          () -> open.complete(null));
    }
    super.userEventTriggered(context, event);
  }

  private void send(ChannelHandlerContext context, Frame frame) {
    context.writeAndFlush(Unpooled.wrappedBuffer(codec.encode(frame)));
  }

  @Override
  protected void decode(ChannelHandlerContext context, ByteBuf in, List<Object> out) throws LinkViolation {
    ByteBuffer bytes = in.nioBuffer();
    var frame = codec.decode(bytes);
    in.skipBytes(bytes.position());
    if (frame.isPresent()) {
      terminal.received(monotonicMillis.getAsLong(), frame.get());
    }
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
    open.completeExceptionally(cause);
    context.close();
  }

  @Override
  public void channelInactive(ChannelHandlerContext context) throws Exception {
    open.completeExceptionally(new IllegalStateException("the server closed the connection"));
    super.channelInactive(context);
  }
}
