package dev.counterfoil.terminal.enrolment;

import com.google.protobuf.ByteString;
import dev.counterfoil.proto.v1.EnrolReply;
import dev.counterfoil.proto.v1.EnrolRequest;
import dev.counterfoil.proto.v1.EpochOffer;
import dev.counterfoil.proto.v1.Frame;
import dev.counterfoil.protocol.crypto.Domain;
import dev.counterfoil.protocol.crypto.Ed25519Signer;
import dev.counterfoil.protocol.crypto.SignatureAlgorithm;
import dev.counterfoil.protocol.crypto.StrictVerifier;
import dev.counterfoil.protocol.crypto.VerificationKey;
import dev.counterfoil.protocol.enrolment.EnrolmentCode;
import dev.counterfoil.protocol.enrolment.EnrolmentStatements;
import dev.counterfoil.protocol.id.EpochId;
import dev.counterfoil.protocol.id.TerminalId;
import dev.counterfoil.protocol.link.FrameCodec;
import dev.counterfoil.protocol.link.LinkLimits;
import dev.counterfoil.protocol.link.Statements;
import dev.counterfoil.protocol.link.Wire;
import dev.counterfoil.terminal.uplink.TestAuthority;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.UnaryOperator;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocket;

/// The server's side of an enrolment over real TLS, with an answer that a test may change.
public final class TestEnrolmentServer implements AutoCloseable {

  public static final TerminalId TERMINAL = new TerminalId(7, 9);
  public static final byte[] CARD_KEY = "sixteen byte key"
      .getBytes(java.nio.charset.StandardCharsets.US_ASCII);

  final List<EnrolRequest> requests = new ArrayList<>();
  private final TestAuthority authority;
  private final Ed25519Signer ackKey = new Ed25519Signer(Arrays.copyOf(new byte[] {1, 2, 3}, 32));
  private final SSLServerSocket socket;
  private final Thread thread;
  private UnaryOperator<EnrolReply> change = reply -> reply;

  public TestEnrolmentServer() throws Exception {
    this(new TestAuthority("enrolling"), false);
  }

  TestEnrolmentServer(TestAuthority authority, boolean posesAsTerminal) throws Exception {
    this.authority = authority;
    var identity = posesAsTerminal ? authority.terminal() : authority.server();
    socket = (SSLServerSocket) authority.serverContext(identity).getServerSocketFactory().createServerSocket(
        0, 1,
        InetAddress.getLoopbackAddress());
    thread = Thread.ofPlatform().daemon().start(this::serve);
  }

  TestEnrolmentServer answering(UnaryOperator<EnrolReply> changed) {
    change = changed;
    return this;
  }

  public ServerAddress address() {
    return new ServerAddress("127.0.0.1", socket.getLocalPort());
  }

  /// A code that this server printed.
  public EnrolmentCode code() throws GeneralSecurityException {
    return EnrolmentCode.create(new Random(1), authority.root.getEncoded());
  }

  private void serve() {
    while (!socket.isClosed()) {
      try (var connection = (SSLSocket) socket.accept()) {
        answer(connection);
      } catch (IOException _) {
        // The client gave up, as it should when it does not trust this server, or the test is over.
      } catch (Exception e) {
        throw new IllegalStateException(e);
      }
    }
  }

  private void answer(SSLSocket connection) throws Exception {
    var codec = new FrameCodec(LinkLimits.DEFAULT);
    byte[] header = connection.getInputStream().readNBytes(FrameCodec.HEADER_LENGTH);
    int length = codec.bodyLength(ByteBuffer.wrap(header));
    if (length < 0) {
      return;
    }
    byte[] whole = Arrays.copyOf(header, header.length + length);
    System.arraycopy(connection.getInputStream().readNBytes(length), 0, whole, header.length, length);
    EnrolRequest request = codec.decode(ByteBuffer.wrap(whole)).orElseThrow().getEnrolRequest();
    requests.add(request);
    connection.getOutputStream()
        .write(codec.encode(Frame.newBuilder().setEnrolReply(change.apply(reply(request))).build()));
    connection.getOutputStream().flush();
  }

  /// What a sound server answers.
  private EnrolReply reply(EnrolRequest request) throws Exception {
    requireProof(request);
    byte[] key = ackKey.key().encoded();
    var offer = EpochOffer.newBuilder().setTerminalId(Wire.bytes(TERMINAL))
        .setEpoch(Wire.epoch(new EpochId(1, 42)))
        .setServerMs(1_000).build();
    return EnrolReply.newBuilder().setAccepted(true).setTerminalId(Wire.bytes(TERMINAL))
        .setCertificate(ByteString.copyFrom(authority.certify(keyOf(request.getCsr())).getEncoded()))
        .setCaCertificate(ByteString.copyFrom(authority.root.getEncoded()))
        .setAckKey(ByteString.copyFrom(key))
        .setAckKeyCertificate(ByteString.copyFrom(vouch(key))).setSite(1).setCurrency("CNY")
        .setCardKey(ByteString.copyFrom(CARD_KEY)).setCardKeyId(3).setFirstSeq(1)
        .setEpochOffer(Statements.seal(Domain.EPOCH, offer, ackKey)).setName("canteen-1").build();
  }

  private static void requireProof(EnrolRequest request) {
    var key = VerificationKey.of(SignatureAlgorithm.ED25519, request.getSigningKey().toByteArray());
    byte[] statement = EnrolmentStatements.proof(request.getCode(), request.getCsr().toByteArray());
    if (!new StrictVerifier().verify(key, statement, request.getProof().toByteArray())) {
      throw new IllegalStateException("the proof of possession does not verify");
    }
  }

  private byte[] vouch(byte[] key) throws GeneralSecurityException {
    var signature = Signature.getInstance("SHA256withECDSAinP1363Format");
    signature.initSign(authority.keys.getPrivate());
    signature.update(EnrolmentStatements.ackKey(key));
    return signature.sign();
  }

  static PublicKey keyOf(ByteString csr) throws Exception {
    var request = new org.bouncycastle.pkcs.PKCS10CertificationRequest(csr.toByteArray());
    return KeyFactory.getInstance("EC")
        .generatePublic(new X509EncodedKeySpec(request.getSubjectPublicKeyInfo().getEncoded()));
  }

  /// The authority's other certificates, for an answer that mixes things up.
  ByteString certificateForAnotherKey() {
    try {
      return ByteString.copyFrom(authority.terminal().certificate().getEncoded());
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() throws Exception {
    socket.close();
    thread.join();
  }
}
