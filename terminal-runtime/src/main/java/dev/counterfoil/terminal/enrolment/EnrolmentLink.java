package dev.counterfoil.terminal.enrolment;

import dev.counterfoil.proto.v1.EnrolReply;
import dev.counterfoil.proto.v1.EnrolRequest;
import dev.counterfoil.proto.v1.Frame;
import dev.counterfoil.protocol.enrolment.EnrolmentCode;
import dev.counterfoil.protocol.link.FrameCodec;
import dev.counterfoil.protocol.link.LinkLimits;
import dev.counterfoil.protocol.link.LinkViolation;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;

/// One question to the server over TLS 1.3 without a client certificate, one answer. Blocks for at most about twenty
/// seconds. A clock that stands in 1970, as on a board without a battery, does not matter: the pinned authority is
/// checked, its dates are not.
final class EnrolmentLink {

  private static final int TIMEOUT_MILLIS = 10_000;
  private static final String PROTOCOL = "TLSv1.3";

  private final ServerAddress server;
  private final SecureRandom random;
  private final FrameCodec codec = new FrameCodec(LinkLimits.DEFAULT);

  EnrolmentLink(ServerAddress server, SecureRandom random) {
    this.server = server;
    this.random = random;
  }

  /// @throws EnrolmentException WRONG_CA, before anything was told to the server, or SERVER_UNREACHABLE
  EnrolReply ask(EnrolmentCode code, EnrolRequest request) throws EnrolmentException {
    var authority = new PinnedAuthority(code);
    try (var socket = (SSLSocket) context(authority).getSocketFactory().createSocket()) {
      socket.setEnabledProtocols(new String[] {PROTOCOL});
      socket.setSoTimeout(TIMEOUT_MILLIS);
      socket.connect(new InetSocketAddress(server.host(), server.port()), TIMEOUT_MILLIS);
      socket.startHandshake();
      socket.getOutputStream().write(codec.encode(Frame.newBuilder().setEnrolRequest(request).build()));
      socket.getOutputStream().flush();
      return answer(socket.getInputStream());
    } catch (IOException | LinkViolation e) {
      throw authority.sawWrongAuthority()
          ? new EnrolmentException(EnrolmentException.WRONG_CA,
              server + " is not the server that printed this code; check the address", e)
          : new EnrolmentException(EnrolmentException.SERVER_UNREACHABLE, server + ": " + e.getMessage(), e);
    }
  }

  private SSLContext context(PinnedAuthority authority) {
    try {
      var context = SSLContext.getInstance(PROTOCOL);
      context.init(null, new TrustManager[] {authority}, random);
      return context;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has " + PROTOCOL, e);
    }
  }

  private EnrolReply answer(InputStream in) throws IOException, LinkViolation {
    byte[] header = in.readNBytes(FrameCodec.HEADER_LENGTH);
    int length = codec.bodyLength(ByteBuffer.wrap(header));
    if (length < 0) {
      throw new IOException("closed without an answer");
    }
    byte[] body = in.readNBytes(length);
    byte[] whole = Arrays.copyOf(header, header.length + body.length);
    System.arraycopy(body, 0, whole, header.length, body.length);
    Frame frame = codec.decode(ByteBuffer.wrap(whole))
        .orElseThrow(() -> new IOException("answer was cut short"));
    if (!frame.hasEnrolReply()) {
      throw new IOException("answered with " + frame.getBodyCase());
    }
    return frame.getEnrolReply();
  }
}
