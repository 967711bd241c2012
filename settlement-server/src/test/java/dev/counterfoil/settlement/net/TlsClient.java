package dev.counterfoil.settlement.net;

import dev.counterfoil.protocol.link.FrameCodec;
import dev.counterfoil.protocol.link.LinkLimits;
import dev.counterfoil.protocol.link.LinkViolation;
import dev.counterfoil.proto.v1.Frame;
import java.io.EOFException;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;

/// A blocking client of the link for tests: the JDK's own TLS socket and the protocol's frame codec, nothing else.
public final class TlsClient implements AutoCloseable {

  private static final int PATIENCE_MILLIS = 10_000;

  private final SSLSocket socket;
  private final FrameCodec codec = new FrameCodec(LinkLimits.DEFAULT);

  /// Key and certificate that the client shows.
  public record Identity(PrivateKey key, X509Certificate certificate) {}

  public TlsClient(int port, X509Certificate root, @Nullable Identity identity, String... protocols)
      throws IOException, GeneralSecurityException {
    var trust = TrustManagerFactory.getInstance("PKIX");
    trust.init(anchors(root));
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(identity == null ? null : keys(identity).getKeyManagers(), trust.getTrustManagers(), null);
    socket = (SSLSocket) context.getSocketFactory().createSocket(InetAddress.getLoopbackAddress(), port);
    socket.setSoTimeout(PATIENCE_MILLIS);
    socket.setTcpNoDelay(true);
    if (protocols.length > 0) {
      socket.setEnabledProtocols(protocols);
    }
    var parameters = socket.getSSLParameters();
    parameters.setEndpointIdentificationAlgorithm("HTTPS");
    socket.setSSLParameters(parameters);
    try {
      socket.startHandshake();
    } catch (IOException e) {
      socket.close();
      throw e;
    }
  }

  public void send(Frame frame) throws IOException {
    sendRaw(codec.encode(frame));
  }

  public void sendRaw(byte[] bytes) throws IOException {
    socket.getOutputStream().write(bytes);
    socket.getOutputStream().flush();
  }

  /// The next frame; waits for it.
  ///
  /// @throws EOFException when the server closed instead
  public Frame read() throws IOException {
    byte[] header = socket.getInputStream().readNBytes(FrameCodec.HEADER_LENGTH);
    if (header.length < FrameCodec.HEADER_LENGTH) {
      throw new EOFException("closed by the server");
    }
    try {
      int length = codec.bodyLength(ByteBuffer.wrap(header));
      byte[] body = socket.getInputStream().readNBytes(length);
      var whole = ByteBuffer.allocate(header.length + length).put(header).put(body).flip();
      return codec.decode(whole).orElseThrow();
    } catch (LinkViolation e) {
      throw new IOException(e);
    }
  }

  /// The reason of the goodbye that the server says next.
  public String readGoodbye() throws IOException {
    Frame frame = read();
    return frame.hasGoodbye() ? frame.getGoodbye().getReason() : "no goodbye but " + frame.getBodyCase();
  }

  /// Whether the server has closed, after whatever it still said; waits for it.
  public boolean endsQuietly() {
    try {
      while (true) {
        read();
      }
    } catch (java.net.SocketTimeoutException e) {
      return false;
    } catch (IOException e) {
      return true;
    }
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }

  private static KeyStore anchors(X509Certificate root) throws GeneralSecurityException, IOException {
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, null);
    store.setCertificateEntry("root", root);
    return store;
  }

  private static KeyManagerFactory keys(Identity identity) throws GeneralSecurityException, IOException {
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, null);
    store.setKeyEntry("me", identity.key(), new char[0], new Certificate[] {identity.certificate()});
    var factory = KeyManagerFactory.getInstance("PKIX");
    factory.init(store, new char[0]);
    return factory;
  }
}
