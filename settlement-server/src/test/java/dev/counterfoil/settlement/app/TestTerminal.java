package dev.counterfoil.settlement.app;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import dev.counterfoil.protocol.card.CardToken;
import dev.counterfoil.protocol.crypto.CertificateRequests;
import dev.counterfoil.protocol.crypto.Ed25519Signer;
import dev.counterfoil.protocol.crypto.Sha256;
import dev.counterfoil.protocol.enrolment.EnrolmentStatements;
import dev.counterfoil.protocol.id.EpochId;
import dev.counterfoil.protocol.id.TerminalId;
import dev.counterfoil.protocol.id.TransactionId;
import dev.counterfoil.protocol.journal.ChainPosition;
import dev.counterfoil.protocol.journal.JournalRecord;
import dev.counterfoil.protocol.journal.RecordCircumstances;
import dev.counterfoil.protocol.journal.RecordDraft;
import dev.counterfoil.protocol.journal.RecordKind;
import dev.counterfoil.protocol.journal.RecordSealer;
import dev.counterfoil.protocol.journal.TimeQuality;
import dev.counterfoil.protocol.link.LinkViolation;
import dev.counterfoil.protocol.link.Wire;
import dev.counterfoil.proto.v1.AckStatement;
import dev.counterfoil.proto.v1.Authorize;
import dev.counterfoil.proto.v1.Channel;
import dev.counterfoil.proto.v1.EnrolReply;
import dev.counterfoil.proto.v1.EnrolRequest;
import dev.counterfoil.proto.v1.EpochOffer;
import dev.counterfoil.proto.v1.Frame;
import dev.counterfoil.proto.v1.Genesis;
import dev.counterfoil.proto.v1.Hello;
import dev.counterfoil.proto.v1.Push;
import dev.counterfoil.proto.v1.Sale;
import dev.counterfoil.proto.v1.Tender;
import dev.counterfoil.settlement.net.TlsClient;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.SecureRandom;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/// A terminal as small as a test can have it: enrols, writes records, talks frames. It has no journal and no state
/// machine of its own.
final class TestTerminal {

  private static final SecureRandom RANDOM = new SecureRandom();

  final TlsClient.Identity identity;
  final EnrolReply enrolment;
  private final Ed25519Signer signer;
  private final EpochId epoch;
  private final TerminalId id;
  private final X509Certificate root;
  private final Random transactions;
  private ChainPosition head;
  private ByteString bootId = ByteString.copyFrom(new byte[16]);

  private TestTerminal(Ed25519Signer signer, KeyPair tls, EnrolReply enrolment)
      throws GeneralSecurityException, IOException {
    this.signer = signer;
    this.enrolment = enrolment;
    this.id = TerminalId.of(enrolment.getTerminalId().toByteArray());
    this.root = certificate(enrolment.getCaCertificate());
    this.transactions = new Random(id.low());
    this.identity = new TlsClient.Identity(tls.getPrivate(), certificate(enrolment.getCertificate()));
    EpochOffer offer = EpochOffer.parseFrom(enrolment.getEpochOffer().getPayload());
    this.epoch = EpochId.of(offer.getEpoch().getNumber(), offer.getEpoch().getNonce().toByteArray());
    this.head = new ChainPosition(enrolment.getFirstSeq() - 1,
        Sha256.hash(enrolment.getCertificate().toByteArray()), enrolment.getMarkTurnover());
  }

  /// Asks with a code; the answer may be a refusal.
  static EnrolReply ask(int port, X509Certificate root, String code) throws Exception {
    return ask(port, root, code, new Ed25519Signer(Ed25519Signer.newSeed(RANDOM)),
        CertificateRequests.newTlsKeyPair(RANDOM));
  }

  /// Enrols; the code must be good.
  static TestTerminal enrol(int port, X509Certificate root, String code) throws Exception {
    var signer = new Ed25519Signer(Ed25519Signer.newSeed(RANDOM));
    KeyPair tls = CertificateRequests.newTlsKeyPair(RANDOM);
    EnrolReply reply = ask(port, root, code, signer, tls);
    if (!reply.getAccepted()) {
      throw new IllegalStateException(reply.getProblem());
    }
    return new TestTerminal(signer, tls, reply);
  }

  /// Asks without showing that it holds any key.
  static EnrolReply askWithoutProof(int port, X509Certificate root, String code) throws Exception {
    return send(port, root, EnrolRequest.newBuilder().setCode(code).setAlg(1).build());
  }

  String publicKeyHex() {
    return java.util.HexFormat.of().formatHex(signer.key().encoded());
  }

  private static EnrolReply ask(int port, X509Certificate root, String code, Ed25519Signer signer,
      KeyPair tls)
      throws Exception {
    byte[] csr = CertificateRequests.request(tls);
    return send(port, root, EnrolRequest.newBuilder().setCode(code).setAlg(1)
        .setSigningKey(ByteString.copyFrom(signer.key().encoded())).setCsr(ByteString.copyFrom(csr))
        .setBoardSerial("board-1")
        .setProof(ByteString.copyFrom(signer.sign(EnrolmentStatements.proof(code, csr)))).build());
  }

  private static EnrolReply send(int port, X509Certificate root, EnrolRequest request) throws Exception {
    try (var client = new TlsClient(port, root, null)) {
      client.send(Frame.newBuilder().setEnrolRequest(request).build());
      return client.read().getEnrolReply();
    }
  }

  TerminalId id() {
    return id;
  }

  ChainPosition head() {
    return head;
  }

  /// The same device after a restart.
  void reboot() {
    byte[] fresh = new byte[16];
    RANDOM.nextBytes(fresh);
    bootId = ByteString.copyFrom(fresh);
  }

  /// Connects and greets; the answer is the next frame to read.
  TlsClient connect(int port, Channel channel) throws Exception {
    return connect(port, channel, "board-1");
  }

  TlsClient connect(int port, Channel channel, String board) throws Exception {
    var client = new TlsClient(port, root, identity);
    boolean empty = head.seq() == 0;
    client.send(Frame.newBuilder()
        .setHello(Hello.newBuilder().setChannel(channel).setVersionMin(1).setVersionMax(1)
            .setBootId(bootId).setBoardSerial(board).setEpoch(Wire.epoch(epoch))
            .setHead(empty ? Wire.position(head).toBuilder().clearHash().build() : Wire.position(head))
            .setState("READY"))
        .build());
    return client;
  }

  /// Writes the GENESIS record that begins the chain.
  JournalRecord genesis() {
    return add(RecordDraft.of(RecordKind.GENESIS, Genesis.newBuilder().setBoardSerial("board-1").build()));
  }

  JournalRecord cashSale(long minor) {
    var sale = Sale.newBuilder().setTransactionId(transaction()).setTender(Tender.TENDER_CASH)
        .setAmountMinor(minor)
        .setCurrency("CNY");
    return add(RecordDraft.of(RecordKind.SALE, sale.build(), minor));
  }

  /// Decided without the server.
  JournalRecord cardSale(CardToken card, long minor) {
    var sale = Sale.newBuilder().setTransactionId(transaction()).setTender(Tender.TENDER_CARD)
        .setCardToken(ByteString.copyFrom(card.bytes())).setAmountMinor(minor).setCurrency("CNY")
        .setOffline(true);
    return add(RecordDraft.of(RecordKind.SALE, sale.build(), minor));
  }

  List<JournalRecord> cashSales(int count, long minor) {
    List<JournalRecord> records = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      records.add(cashSale(minor));
    }
    return records;
  }

  Frame push(ChainPosition from, List<JournalRecord> records) {
    var push = Push.newBuilder().setEpoch(Wire.epoch(epoch)).setOldSeq(from.seq())
        .setOldHash(ByteString.copyFrom(from.hash().bytes()));
    records.forEach(record -> push.addRecords(ByteString.copyFrom(record.bytes())));
    return Frame.newBuilder().setPush(push).build();
  }

  Frame authorize(CardToken card, long minor) {
    return Frame.newBuilder().setAuthorize(Authorize.newBuilder().setTransactionId(transaction())
        .setCardToken(ByteString.copyFrom(card.bytes())).setAmountMinor(minor).setCurrency("CNY").setMode(1))
        .build();
  }

  /// The next acknowledgement; other frames before it are passed over.
  static AckStatement readAck(TlsClient client) throws IOException, LinkViolation {
    while (true) {
      Frame frame = client.read();
      if (frame.hasNack() || frame.hasGoodbye()) {
        throw new IOException("expected an ACK, found " + frame);
      }
      if (frame.hasAck()) {
        return statement(frame);
      }
    }
  }

  static AckStatement statement(Frame frame) throws InvalidProtocolBufferException {
    return AckStatement.parseFrom(frame.getAck().getStatement().getPayload());
  }

  private ByteString transaction() {
    return ByteString.copyFrom(new TransactionId(transactions.nextLong(), transactions.nextLong()).bytes());
  }

  private JournalRecord add(RecordDraft draft) {
    var when = new RecordCircumstances(1_763_700_000_000L + head.seq(), TimeQuality.ANCHORED, head.seq(), 1,
        0);
    JournalRecord record = new RecordSealer(id).seal(head, epoch, when, draft, signer);
    head = record.position();
    return record;
  }

  private static X509Certificate certificate(ByteString der) throws GeneralSecurityException {
    return (X509Certificate) CertificateFactory.getInstance("X.509")
        .generateCertificate(new ByteArrayInputStream(der.toByteArray()));
  }
}
