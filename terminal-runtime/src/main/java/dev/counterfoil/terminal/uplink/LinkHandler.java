package dev.counterfoil.terminal.uplink;

import dev.counterfoil.proto.v1.Channel;
import dev.counterfoil.proto.v1.Frame;
import dev.counterfoil.protocol.ReasonCode;
import dev.counterfoil.protocol.link.FrameCodec;
import dev.counterfoil.protocol.link.LinkViolation;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.ByteToMessageDecoder;
import io.netty.handler.codec.DecoderException;
import io.netty.handler.ssl.SslHandshakeCompletionEvent;
import java.nio.ByteBuffer;
import java.util.List;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/// Cuts frames out of one connection's bytes and reports them. The header is judged before a body is collected, so a
/// hostile length never makes the terminal wait or allocate.
final class LinkHandler extends ByteToMessageDecoder {

  private final Channel channel;
  private final long connection;
  private final FrameCodec codec;
  private final LinkListener listener;
  private @Nullable String ending;

  LinkHandler(Channel channel, long connection, FrameCodec codec, LinkListener listener) {
    this.channel = channel;
    this.connection = connection;
    this.codec = codec;
    this.listener = listener;
  }

  @Override
  protected void decode(ChannelHandlerContext context, ByteBuf in, List<Object> out) {
    try {
      cutOne(context, in);
    } catch (LinkViolation e) {
      // What follows a broken frame means nothing, and Netty offers the rest once more when the channel closes.
      in.skipBytes(in.readableBytes());
      end(context, String.valueOf(e.getMessage()));
    }
  }

  private void cutOne(ChannelHandlerContext context, ByteBuf in) throws LinkViolation {
    if (ending != null) {
      in.skipBytes(in.readableBytes());
      return;
    }
    ByteBuffer bytes = in.nioBuffer();
    int length = codec.bodyLength(bytes);
    if (length < 0 || bytes.remaining() < FrameCodec.HEADER_LENGTH + length) {
      return;
    }
    var frame = codec.decode(bytes);
    in.skipBytes(FrameCodec.HEADER_LENGTH + length);
    frame.ifPresent(whole -> deliver(context, whole));
  }

  @Override
  public void userEventTriggered(ChannelHandlerContext context, Object event) throws Exception {
    if (event instanceof SslHandshakeCompletionEvent handshake) {
      if (handshake.isSuccess()) {
        listener.up(channel, connection);
      } else {
        end(context, "TLS: " + Uplink.reason(handshake.cause()));
      }
    }
    super.userEventTriggered(context, event);
  }

  private void deliver(ChannelHandlerContext context, Frame frame) {
    if (!listener.frame(channel, connection, frame)) {
      end(context, ReasonCode.QUEUE_FULL + ": the terminal does not keep up");
    }
  }

  @Override
  public void channelInactive(ChannelHandlerContext context) throws Exception {
    super.channelInactive(context);
    listener.down(channel, connection, ending == null ? "closed by the server" : ending);
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
    Throwable root = cause instanceof DecoderException && cause.getCause() != null ? cause.getCause() : cause;
    end(context, (root instanceof SSLException ? "TLS: " : "") + Uplink.reason(root));
  }

  /// The first reason is the one that counts; what follows from closing is noise.
  private void end(ChannelHandlerContext context, String reason) {
    if (ending == null) {
      ending = reason;
    }
    context.close();
  }
}
