package dev.counterfoil.terminal.uplink;

import dev.counterfoil.proto.v1.Channel;
import dev.counterfoil.proto.v1.Frame;
import dev.counterfoil.protocol.ReasonCode;
import dev.counterfoil.protocol.link.FrameCodec;
import dev.counterfoil.protocol.link.LinkViolation;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.ByteToMessageDecoder;
import io.netty.handler.ssl.SslHandshakeCompletionEvent;
import java.nio.ByteBuffer;
import java.util.List;

/// Cuts frames out of one connection's bytes and reports them. The header is judged before a body is collected, so a
/// hostile length never makes the terminal wait or allocate.
final class LinkHandler extends ByteToMessageDecoder {

  private final Channel channel;
  private final long connection;
  private final FrameCodec codec;
  private final LinkListener listener;
  private String ending = "closed by the server";

  LinkHandler(Channel channel, long connection, FrameCodec codec, LinkListener listener) {
    this.channel = channel;
    this.connection = connection;
    this.codec = codec;
    this.listener = listener;
  }

  @Override
  protected void decode(ChannelHandlerContext context, ByteBuf in, List<Object> out) throws LinkViolation {
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
        ending = "TLS: " + Uplink.reason(handshake.cause());
      }
    }
    super.userEventTriggered(context, event);
  }

  private void deliver(ChannelHandlerContext context, Frame frame) {
    if (!listener.frame(channel, connection, frame)) {
      ending = ReasonCode.QUEUE_FULL + ": the terminal does not keep up";
      context.close();
    }
  }

  @Override
  public void channelInactive(ChannelHandlerContext context) throws Exception {
    super.channelInactive(context);
    listener.down(channel, connection, ending);
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
    ending = Uplink.reason(cause);
    context.close();
  }
}
