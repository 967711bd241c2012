package dev.counterfoil.sim.load;

import com.google.protobuf.ByteString;
import dev.counterfoil.proto.v1.EnrolReply;
import dev.counterfoil.proto.v1.EnrolRequest;
import dev.counterfoil.proto.v1.EpochOffer;
import dev.counterfoil.proto.v1.Frame;
import dev.counterfoil.proto.v1.Signed;
import dev.counterfoil.protocol.crypto.CertificateRequests;
import dev.counterfoil.protocol.crypto.Domain;
import dev.counterfoil.protocol.crypto.Ed25519Signer;
import dev.counterfoil.protocol.crypto.Sha256;
import dev.counterfoil.protocol.crypto.SignatureAlgorithm;
import dev.counterfoil.protocol.crypto.SignatureVerifier;
import dev.counterfoil.protocol.crypto.StrictVerifier;
import dev.counterfoil.protocol.crypto.VerificationKey;
import dev.counterfoil.protocol.enrolment.EnrolmentCode;
import dev.counterfoil.protocol.enrolment.EnrolmentStatements;
import dev.counterfoil.protocol.id.Hash;
import dev.counterfoil.protocol.id.TerminalId;
import dev.counterfoil.protocol.journal.ChainPosition;
import dev.counterfoil.protocol.link.FrameCodec;
import dev.counterfoil.protocol.link.LinkLimits;
import dev.counterfoil.protocol.link.LinkViolation;
import dev.counterfoil.protocol.link.ServerTrust;
import dev.counterfoil.protocol.link.Wire;
import dev.counterfoil.terminal.enrolment.PinnedAuthority;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyStore;
import java.security.SecureRandom;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.Optional;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;

/// Enrols terminals that exist only as load: code, key and certificate request to the server, identity back. Blocks
/// for one TLS connection each.
public final class LoadEnrolment {

  private static final int TIMEOUT_MILLIS = 10_000;

  private final InetSocketAddress server;
  private final SecureRandom random;
  private final FrameCodec codec = new FrameCodec(LinkLimits.DEFAULT);
  private final SignatureVerifier signatures = new StrictVerifier();

  public LoadEnrolment(InetSocketAddress server, SecureRandom random) {
    this.server = server;
    this.random = random;
  }

  /// An enrolled terminal, the TLS identity it connects with, and the server's signed offer of its first epoch.
  public record Member(LoadTerminal.Enrolled identity, SSLContext tls, Signed epochOffer) {}

  /// @param code        as the administrator printed it
  /// @param boardSerial any text, different for each terminal
  /// @throws IOException if the server refused or cannot be reached
  public Member enrol(String code, String boardSerial)
      throws IOException, GeneralSecurityException, LinkViolation {
    KeyPair pair = CertificateRequests.newTlsKeyPair(random);
    byte[] csr = CertificateRequests.request(pair);
    var signer = new Ed25519Signer(Ed25519Signer.newSeed(random));
    EnrolReply reply = ask(EnrolmentCode.parse(code), EnrolRequest.newBuilder().setCode(code)
        .setAlg(SignatureAlgorithm.ED25519.code()).setSigningKey(ByteString.copyFrom(signer.key().encoded()))
        .setCsr(ByteString.copyFrom(csr)).setBoardSerial(boardSerial).setSoftware("counterfoil-load")
        .setProof(ByteString.copyFrom(signer.sign(EnrolmentStatements.proof(code, csr)))).build());
    if (!reply.getAccepted()) {
      throw new IOException("enrolment refused: " + reply.getProblem());
    }
    byte[] certificate = reply.getCertificate().toByteArray();
    TerminalId terminal = Wire.terminal(reply.getTerminalId());
    var trust = new ServerTrust(terminal,
        VerificationKey.of(SignatureAlgorithm.ED25519, reply.getAckKey().toByteArray()), signatures);
    EpochOffer offer = trust.open(Domain.EPOCH, reply.getEpochOffer(), EpochOffer.parser());
    var origin = new ChainPosition(reply.getFirstSeq() - 1, Sha256.hash(certificate),
        reply.getMarkTurnover());
    return new Member(
        new LoadTerminal.Enrolled(trust, signer, Wire.epoch(offer.getEpoch()), origin, boardSerial),
        clientContext(pair, certificate, reply.getCaCertificate().toByteArray()), reply.getEpochOffer());
  }

  private SSLContext clientContext(KeyPair pair, byte[] certificate, byte[] authority)
      throws IOException, GeneralSecurityException {
    X509Certificate root = certificate(authority);
    char[] none = {};
    var keys = KeyStore.getInstance("PKCS12");
    keys.load(null, none);
    keys.setKeyEntry("terminal", pair.getPrivate(), none,
        new X509Certificate[] {certificate(certificate), root});
    var trusted = KeyStore.getInstance("PKCS12");
    trusted.load(null, none);
    trusted.setCertificateEntry("authority", root);
    var keyManagers = KeyManagerFactory.getInstance("PKIX");
    keyManagers.init(keys, none);
    var trustManagers = TrustManagerFactory.getInstance("PKIX");
    trustManagers.init(trusted);
    var context = SSLContext.getInstance("TLSv1.3");
    context.init(keyManagers.getKeyManagers(), trustManagers.getTrustManagers(), random);
    return context;
  }

  private static X509Certificate certificate(byte[] der) throws CertificateException {
    return (X509Certificate) CertificateFactory.getInstance("X.509")
        .generateCertificate(new ByteArrayInputStream(der));
  }

  private EnrolReply ask(EnrolmentCode code, EnrolRequest request)
      throws IOException, GeneralSecurityException, LinkViolation {
    var context = SSLContext.getInstance("TLSv1.3");
    context.init(null, new TrustManager[] {new PinnedAuthority(code)}, random);
    try (SSLSocket socket = (SSLSocket) context.getSocketFactory().createSocket()) {
      socket.setEnabledProtocols(new String[] {"TLSv1.3"});
      socket.setSoTimeout(TIMEOUT_MILLIS);
      socket.connect(server, TIMEOUT_MILLIS);
      socket.getOutputStream().write(codec.encode(Frame.newBuilder().setEnrolRequest(request).build()));
      socket.getOutputStream().flush();
      return answer(socket.getInputStream()).getEnrolReply();
    }
  }

  private Frame answer(InputStream in) throws IOException, LinkViolation {
    byte[] bytes = in.readNBytes(FrameCodec.HEADER_LENGTH);
    int length = codec.bodyLength(ByteBuffer.wrap(bytes));
    if (length < 0) {
      throw new IOException("the server closed the connection without an answer");
    }
    byte[] body = in.readNBytes(length);
    byte[] whole = Arrays.copyOf(bytes, bytes.length + body.length);
    System.arraycopy(body, 0, whole, bytes.length, body.length);
    Optional<Frame> frame = codec.decode(ByteBuffer.wrap(whole));
    return frame.orElseThrow(() -> new IOException("the server's answer was cut short"));
  }
}
