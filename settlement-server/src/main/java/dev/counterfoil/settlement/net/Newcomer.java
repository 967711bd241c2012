package dev.counterfoil.settlement.net;

import dev.counterfoil.protocol.ReasonCode;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/// Stands before TLS until a connection has shown who it is: closes one that never says a first byte and counts it
/// against its address for as long as it shows no certificate of ours.
final class Newcomer extends ChannelInboundHandlerAdapter {

  private final String address;
  private final AddressQuota quota;
  private final Duration firstByte;
  private final LinkChannel link;
  private boolean spoke;
  private boolean released;

  Newcomer(String address, AddressQuota quota, Duration firstByte, LinkChannel link) {
    this.address = address;
    this.quota = quota;
    this.firstByte = firstByte;
    this.link = link;
  }

  @Override
  public void channelActive(ChannelHandlerContext context) {
    context.executor().schedule(() -> {
      if (!spoke) {
        link.close(ReasonCode.FIRST_BYTE_TIMEOUT, "no TLS");
      }
    }, firstByte.toMillis(), TimeUnit.MILLISECONDS);
    context.fireChannelActive();
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) {
    spoke = true;
    context.fireChannelRead(message);
  }

  @Override
  public void channelInactive(ChannelHandlerContext context) {
    release();
    context.fireChannelInactive();
  }

  /// Its certificate is ours.
  void authenticated() {
    release();
  }

  private void release() {
    if (!released) {
      released = true;
      quota.release(address);
    }
  }
}
