package dev.counterfoil.sim.verify.vectors;

import com.google.protobuf.ByteString;
import com.google.protobuf.MessageLite;
import dev.counterfoil.proto.v1.AckStatement;
import dev.counterfoil.proto.v1.CheckpointSeen;
import dev.counterfoil.proto.v1.Decline;
import dev.counterfoil.proto.v1.Gap;
import dev.counterfoil.proto.v1.Genesis;
import dev.counterfoil.proto.v1.Health;
import dev.counterfoil.proto.v1.KeyRotate;
import dev.counterfoil.proto.v1.Resume;
import dev.counterfoil.proto.v1.Sale;
import dev.counterfoil.proto.v1.Tender;
import dev.counterfoil.proto.v1.TimeAnchor;
import dev.counterfoil.proto.v1.Void;
import dev.counterfoil.protocol.ReasonCode;
import dev.counterfoil.protocol.crypto.Domain;
import dev.counterfoil.protocol.crypto.Ed25519Signer;
import dev.counterfoil.protocol.crypto.Es256Signer;
import dev.counterfoil.protocol.crypto.Signer;
import dev.counterfoil.protocol.crypto.VerificationKey;
import dev.counterfoil.protocol.id.EpochId;
import dev.counterfoil.protocol.id.Hash;
import dev.counterfoil.protocol.id.TerminalId;
import dev.counterfoil.protocol.journal.ChainPosition;
import dev.counterfoil.protocol.journal.ChainVerifier;
import dev.counterfoil.protocol.journal.JournalRecord;
import dev.counterfoil.protocol.journal.RecordCircumstances;
import dev.counterfoil.protocol.journal.RecordDraft;
import dev.counterfoil.protocol.journal.RecordKind;
import dev.counterfoil.protocol.journal.RecordLayout;
import dev.counterfoil.protocol.journal.RecordSealer;
import dev.counterfoil.protocol.journal.TimeQuality;
import dev.counterfoil.sim.verify.vectors.Vector.Check;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/// Writes the published vectors from fixed keys and times, so that they can be made again byte for byte.
final class VectorAuthor {

  private static final HexFormat HEX = HexFormat.of();
  private static final TerminalId TERMINAL = TerminalId.parse("0198f3c2a7e04d0f9b1c2d3e4f506172");
  private static final EpochId FIRST = new EpochId(1, 0x1020_3040_5060_7080L);
  private static final EpochId SECOND = new EpochId(2, 0x1121_3141_5161_7181L);
  private static final Hash CERTIFICATE = Hash.parse("ce".repeat(32));
  private static final long NOON = 1_790_000_000_000L;
  /// Order of the Ed25519 group, RFC 8032 section 5.1.
  private static final BigInteger L = BigInteger.TWO.pow(252)
      .add(new BigInteger("27742317777372353535851937790883648493"));
  private static final BigInteger P256_ORDER = new BigInteger(
      "ffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551", 16);

  private final Signer ed = edwards(1);
  private final Signer other = edwards(2);
  private final Signer es = new Es256Signer(BigInteger.valueOf(0x00c0_ffee_1234_5678L));
  private final List<Vector> vectors = new ArrayList<>();

  static List<Vector> good() {
    var author = new VectorAuthor();
    author.writeGood();
    return author.vectors;
  }

  static List<Vector> bad() {
    var author = new VectorAuthor();
    author.writeBadBytes();
    author.writeBadChains();
    author.writeBadSignatures();
    return author.vectors;
  }

  private static Signer edwards(int number) {
    byte[] seed = new byte[32];
    Arrays.fill(seed, (byte) number);
    return new Ed25519Signer(seed);
  }

  // ---- a chain under construction

  private final class Chain {
    private final List<byte[]> records = new ArrayList<>();
    private final Signer first;
    private Signer signer;
    private EpochId epoch = FIRST;
    private ChainPosition start = ChainPosition.beforeGenesis(CERTIFICATE);
    private ChainPosition head = start;
    private RecordCircumstances when = new RecordCircumstances(NOON, TimeQuality.ANCHORED, 60_000, 7, 0);

    Chain(Signer signer) {
      this.first = signer;
      this.signer = signer;
    }

    Chain from(ChainPosition position) {
      start = position;
      head = position;
      return this;
    }

    Chain epoch(EpochId next) {
      epoch = next;
      return this;
    }

    Chain signer(Signer next) {
      signer = next;
      return this;
    }

    Chain at(RecordCircumstances next) {
      when = next;
      return this;
    }

    Chain genesis() {
      return genesis(0);
    }

    /// A GENESIS that names `mark` as the server's last record.
    Chain genesis(long mark) {
      return add(RecordKind.GENESIS, Genesis.newBuilder().setBoardSerial("100000003d1d1c36")
          .setSoftware("counterfoil 0.1.0").setServerMarkSeq(mark).build(), 0);
    }

    Chain sale(long minor) {
      return add(RecordKind.SALE, saleBody(minor), minor);
    }

    Chain add(RecordKind kind, MessageLite body, long amount) {
      return take(seal(head, RecordDraft.of(kind, body, amount)));
    }

    Chain raw(RecordKind kind, byte[] body, long amount) {
      return take(seal(head, new RecordDraft(kind, body, amount)));
    }

    Chain take(JournalRecord record) {
      records.add(record.bytes().clone());
      head = record.position();
      when = new RecordCircumstances(when.wallMillis() + 1_500, when.quality(), when.bootMillis() + 1_500,
          when.anchorId(), when.hardwareCounter());
      return this;
    }

    JournalRecord seal(ChainPosition claimed, RecordDraft draft) {
      return new RecordSealer(TERMINAL).seal(claimed, epoch, when, draft, signer);
    }

    byte[] last() {
      return records.getLast();
    }

    Vector.Start asStart() {
      return startWith(first.key());
    }

    Vector.Start startWith(VerificationKey key) {
      return new Vector.Start(TERMINAL.toString(), start.seq(), start.hash().toString(), start.turnover(),
          epochOf(FIRST), key.algorithm().code(), HEX.formatHex(key.encoded()));
    }
  }

  private Chain chain() {
    return new Chain(ed);
  }

  private Chain salesOf(long... minor) {
    Chain chain = chain().genesis();
    for (long amount : minor) {
      chain.sale(amount);
    }
    return chain;
  }

  private static Sale saleBody(long minor) {
    return Sale.newBuilder()
        .setTransactionId(ByteString.copyFrom(HEX.parseHex("0198f3c2b0007abc8def001122334455")))
        .setTender(Tender.TENDER_CARD)
        .setCardToken(ByteString.copyFrom(HEX.parseHex("00000001" + "a5".repeat(16))))
        .setAccountId(1_042).setAmountMinor(minor).setCurrency("CNY").setOffline(true).setPresentation(1)
        .build();
  }

  private static Vector.Epoch epochOf(EpochId epoch) {
    return new Vector.Epoch(epoch.number(), HEX.formatHex(epoch.nonceBytes()));
  }

  private static List<String> hex(List<byte[]> records) {
    return records.stream().map(HEX::formatHex).toList();
  }

  private void good(String name, String why, Check check, Chain chain, EpochId... epochs) {
    vectors
        .add(new Vector(name, why, check, chain.asStart(), epochList(epochs), List.of(), hex(chain.records),
            VectorCheck.ACCEPTED, 0));
  }

  private void bad(String name, String why, Chain chain, List<byte[]> records, ReasonCode reason, int at,
      EpochId... epochs) {
    vectors.add(new Vector(name, why, Check.RECORDS_EACH, chain.asStart(), epochList(epochs), List.of(),
        hex(records), reason.name(), at));
  }

  private static List<Vector.Epoch> epochList(EpochId... epochs) {
    return Arrays.stream(epochs).map(VectorAuthor::epochOf).toList();
  }

  // ---- good

  private void writeGood() {
    good("genesis", "the first record links to the certificate", Check.RECORDS_EACH, chain().genesis());
    good("sales", "amounts add up to the turnover", Check.RECORDS_EACH, salesOf(450, 1_200, 80));
    good("void", "a void takes its amount back", Check.RECORDS_EACH, salesOf(450).add(RecordKind.VOID,
        Void.newBuilder().setOriginalSeq(2).setAmountMinor(450).setCurrency("CNY").build(), -450));
    good("negative-turnover", "voids of an earlier enrolment may take the turnover below zero",
        Check.RECORDS_EACH, chain().genesis().add(RecordKind.VOID,
            Void.newBuilder().setAmountMinor(300).build(), -300));
    good("decline", "a decline moves nothing", Check.RECORDS_EACH, salesOf(450).add(RecordKind.DECLINE,
        Decline.newBuilder().setReason("INSUFFICIENT_BALANCE").setCount(3).setAmountMinor(9_900).build(), 0));
    good("resume", "a restart leaves a record and goes on", Check.RECORDS_EACH,
        salesOf(450).add(RecordKind.RESUME, Resume.newBuilder().setClean(true).build(), 0).sale(300));
    good("second-epoch", "a new epoch that was given is accepted from any record on", Check.RECORDS_EACH,
        salesOf(450).epoch(SECOND).sale(300), SECOND);
    good("unknown-kind", "a kind of a later version is chained like any other", Check.RECORDS_EACH,
        withKind(salesOf(450), 200));
    good("empty-body", "a body may be empty", Check.RECORDS_EACH,
        chain().genesis().raw(RecordKind.SHIFT_REPORT, new byte[0], 0));
    good("longest-body", "a body of exactly 16384 bytes is allowed", Check.RECORDS_EACH,
        chain().genesis().raw(RecordKind.HEALTH, new byte[RecordLayout.MAX_BODY_LENGTH], 0));
    good("unknown-fields", "a body with fields of a later version is covered as it stands",
        Check.RECORDS_EACH, chain().genesis().raw(RecordKind.HEALTH, HEX.parseHex("fa3f03010203"), 0));
    good("clock-1970", "a clock that was never set changes nothing", Check.RECORDS_EACH,
        chain().at(new RecordCircumstances(0, TimeQuality.UNKNOWN, 12, 0, 0)).genesis().sale(450));
    good("clock-back", "a clock that steps back 400 days changes nothing", Check.RECORDS_EACH,
        salesOf(450)
            .at(new RecordCircumstances(NOON - 400L * 86_400_000, TimeQuality.LOCAL_CLOCK, 90_000, 7, 0))
            .sale(300));
    good("hardware-counter", "a hardware counter is carried", Check.RECORDS_EACH,
        chain().at(new RecordCircumstances(NOON, TimeQuality.ANCHORED, 5, 7, 41)).genesis().sale(450));
    good("checkpoint", "an acknowledgement is bound into the chain", Check.RECORDS_EACH,
        salesOf(450).add(RecordKind.CHECKPOINT_SEEN, CheckpointSeen.newBuilder().setAckNumber(1)
            .setAckHash(ByteString.copyFrom(CERTIFICATE.bytes())).build(), 0).sale(300));
    good("time-anchor", "a server time is taken over", Check.RECORDS_EACH, salesOf(450)
        .add(RecordKind.TIME_ANCHOR, TimeAnchor.newBuilder().setAnchorId(8).setServerMs(NOON).build(), 0));
    good("health", "a health record moves nothing", Check.RECORDS_EACH,
        salesOf(450).add(RecordKind.HEALTH, Health.newBuilder().setState("READY").build(), 0));
    good("es256", "records of a secure element", Check.RECORDS_EACH,
        new Chain(es).genesis().sale(450).sale(1));
    good("rotate-to-ed25519", "the old key hands over to a new one", Check.RECORDS_EACH,
        rotated(salesOf(450), other, other).sale(300));
    good("rotate-to-es256", "the hand-over may change the algorithm", Check.RECORDS_EACH,
        rotated(salesOf(450), es, es).sale(300));
    good("gap", "lost records are declared and the turnover goes on from the mirror", Check.RECORDS_EACH,
        gapped(salesOf(450), 3, 5, 2_450).sale(300));
    good("gap-of-one", "a single lost record", Check.RECORDS_EACH, gapped(salesOf(450), 3, 3, 450));
    good("re-enrolment", "a new enrolment goes on from the server's mark", Check.RECORDS_EACH,
        chain().from(new ChainPosition(812, CERTIFICATE, 99_001)).genesis(812).sale(450));
    good("largest-amount", "amounts are 64 bits", Check.RECORDS_EACH,
        salesOf(Long.MAX_VALUE - 1).sale(1));
    good("head-covers-inner", "one head signature covers a run whose inner signature is bad",
        Check.RECORDS_BY_HEAD, withBadInnerSignature());
    good("twenty-by-head", "a run of twenty under one signature", Check.RECORDS_BY_HEAD,
        salesOf(1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19));
    goodRepeat();
    goodStatement();
  }

  private void goodRepeat() {
    Chain chain = salesOf(450, 300, 20);
    vectors.add(new Vector("sent-again", "records sent again as they were, then one more",
        Check.RECORDS_BY_HEAD, chain.asStart(), List.of(), hex(chain.records.subList(0, 3)),
        hex(chain.records.subList(1, 4)), VectorCheck.ACCEPTED, 0));
  }

  private void goodStatement() {
    byte[] payload = ackPayload();
    statement("acknowledgement", "a signed acknowledgement", payload, ed.sign(Domain.ACK.over(payload)),
        VectorCheck.ACCEPTED);
  }

  private void statement(String name, String why, byte[] payload, byte[] signature, String expect) {
    vectors.add(new Vector(name, why, Check.ACKNOWLEDGEMENT, chain().asStart(), List.of(), List.of(),
        hex(List.of(payload, signature)), expect, 0));
  }

  private static byte[] ackPayload() {
    return AckStatement.newBuilder().setTerminalId(ByteString.copyFrom(TERMINAL.bytes())).setAckNumber(12)
        .setServerMs(NOON).build().toByteArray();
  }

  private Chain rotated(Chain chain, Signer next, Signer prover) {
    byte[] message = ChainVerifier.rotationMessage(TERMINAL, next.key());
    return chain.add(RecordKind.KEY_ROTATE, KeyRotate.newBuilder().setNewAlg(next.key().algorithm().code())
        .setNewPublicKey(ByteString.copyFrom(next.key().encoded()))
        .setNewKeyId(ByteString.copyFrom(next.key().id().bytes()))
        .setProof(ByteString.copyFrom(prover.sign(Domain.ROTATE.over(message)))).build(), 0).signer(next);
  }

  private Chain gapped(Chain chain, long from, long to, long turnover) {
    return chain
        .take(chain.seal(new ChainPosition(to, chain.head.hash(), turnover), gap(from, to, turnover)));
  }

  private static RecordDraft gap(long from, long to, long turnover) {
    return RecordDraft.of(RecordKind.GAP, Gap.newBuilder().setFromSeq(from).setToSeq(to)
        .setMirrorHash(ByteString.copyFrom(CERTIFICATE.bytes())).setMirrorTurnover(turnover).build());
  }

  private Chain withKind(Chain chain, int kind) {
    JournalRecord base = chain.seal(chain.head,
        RecordDraft.of(RecordKind.HEALTH, Health.getDefaultInstance()));
    return chain.take(
        JournalRecord.parse(resigned(base.bytes(), bytes -> bytes[RecordLayout.KIND_AT] = (byte) kind)));
  }

  private Chain withBadInnerSignature() {
    Chain chain = salesOf(450);
    byte[] inner = chain.seal(chain.head, RecordDraft.of(RecordKind.SALE, saleBody(300), 300)).bytes()
        .clone();
    inner[inner.length - 1] ^= 1;
    return chain.take(JournalRecord.parse(inner)).sale(20);
  }

  // ---- bad bytes

  private void writeBadBytes() {
    one("empty", "no bytes at all", _ -> new byte[0], ReasonCode.TRUNCATED);
    one("three-bytes", "less than a magic number", b -> Arrays.copyOf(b, 3), ReasonCode.TRUNCATED);
    one("header-only", "no body and no signature", b -> Arrays.copyOf(b, 136), ReasonCode.TRUNCATED);
    one("one-byte-short", "the signature's last byte is missing", b -> Arrays.copyOf(b, b.length - 1),
        ReasonCode.TRUNCATED);
    one("one-byte-long", "a byte follows the signature", b -> Arrays.copyOf(b, b.length + 1),
        ReasonCode.TRAILING_BYTES);
    one("magic", "not our magic number", with(b -> b[3] = '2'), ReasonCode.BAD_MAGIC);
    one("version", "a later record version", with(b -> b[4] = 2), ReasonCode.UNSUPPORTED_VERSION);
    one("algorithm-0", "no algorithm", with(b -> b[6] = 0), ReasonCode.UNSUPPORTED_ALGORITHM);
    one("algorithm-3", "an algorithm of a later version", with(b -> b[6] = 3),
        ReasonCode.UNSUPPORTED_ALGORITHM);
    one("body-length-limit", "a stated body of 16385 bytes", with(b -> putInt(b, 132, 16_385)),
        ReasonCode.BODY_TOO_LARGE);
    one("body-length-negative", "a stated body of 2^32 - 1 bytes", with(b -> putInt(b, 132, -1)),
        ReasonCode.BODY_TOO_LARGE);
    one("body-length-longer", "a stated body longer than what follows",
        with(b -> putInt(b, 132, b.length - 199)), ReasonCode.TRUNCATED);
    one("body-length-shorter", "a stated body shorter than what follows",
        with(b -> putInt(b, 132, b.length - 201)), ReasonCode.TRAILING_BYTES);
    one("sale-of-nothing", "a sale of amount 0", signedAmount(0), ReasonCode.BAD_AMOUNT);
    one("sale-below-zero", "a sale of a negative amount", signedAmount(-450), ReasonCode.BAD_AMOUNT);
    one("decline-with-amount", "a decline that moves money", with(b -> b[5] = 6), ReasonCode.BAD_AMOUNT);
    one("void-above-zero", "a void that adds", with(b -> b[5] = 7), ReasonCode.BAD_AMOUNT);
  }

  /// The second record of a two-record chain, altered.
  private void one(String name, String why, UnaryOperator<byte[]> alteration,
      ReasonCode reason) {
    Chain chain = salesOf(450);
    bad(name, why, chain, List.of(chain.records.getFirst(), alteration.apply(chain.last().clone())), reason,
        1);
  }

  private static UnaryOperator<byte[]> with(Consumer<byte[]> change) {
    return bytes -> {
      change.accept(bytes);
      return bytes;
    };
  }

  private UnaryOperator<byte[]> signedAmount(long amount) {
    return bytes -> resigned(bytes, b -> {
      ByteBuffer.wrap(b).putLong(RecordLayout.AMOUNT_AT, amount).putLong(RecordLayout.TURNOVER_AT, amount);
    });
  }

  private byte[] resigned(byte[] record, Consumer<byte[]> change) {
    return resigned(record, change, ed, Domain.RECORD);
  }

  private static byte[] resigned(byte[] record, Consumer<byte[]> change, Signer signer, Domain domain) {
    byte[] bytes = record.clone();
    change.accept(bytes);
    int unsigned = bytes.length - RecordLayout.SIGNATURE_LENGTH;
    System.arraycopy(signer.sign(domain.over(bytes, 0, unsigned)), 0, bytes, unsigned, 64);
    return bytes;
  }

  private static void putInt(byte[] bytes, int at, int value) {
    ByteBuffer.wrap(bytes).putInt(at, value);
  }

  // ---- bad chains

  private void writeBadChains() {
    Chain three = salesOf(450, 300, 20);
    List<byte[]> r = three.records;
    bad("dropped", "a record is missing", three, List.of(r.get(0), r.get(2), r.get(3)), ReasonCode.SEQ_GAP,
        1);
    bad("swapped", "two records changed places", three, List.of(r.get(0), r.get(2), r.get(1), r.get(3)),
        ReasonCode.SEQ_GAP, 1);
    bad("doubled", "a record stands twice", three, List.of(r.get(0), r.get(1), r.get(1)),
        ReasonCode.SEQ_REGRESS, 2);
    bad("headless", "the first record is missing", three, r.subList(1, 4), ReasonCode.SEQ_GAP, 0);
    bad("reversed", "the run is back to front", three, reversed(r), ReasonCode.SEQ_GAP, 0);
    bad("other-certificate", "the first record links to another certificate",
        salesOf(450), chain().from(ChainPosition.beforeGenesis(Hash.ZERO)).genesis().records,
        ReasonCode.WRONG_PREVIOUS, 0);
    Chain elsewhere = salesOf(451, 300);
    bad("spliced", "a record of another run of the same terminal", three,
        List.of(r.get(0), r.get(1), elsewhere.last()),
        ReasonCode.WRONG_PREVIOUS, 2);
    chained("turnover-off-by-one", "the turnover does not add up", 92 - 8, 1, ReasonCode.BAD_TURNOVER);
    chained("amount-raised", "the amount changed and the turnover did not", 92, 1, ReasonCode.BAD_TURNOVER);
    chained("other-terminal", "a record of another terminal, well signed", 24, 1, ReasonCode.WRONG_TERMINAL);
    chained("unknown-epoch", "an epoch that was never given", 32, 1L << 32, ReasonCode.WRONG_EPOCH);
    chained("wrong-nonce", "the right epoch number with another nonce", 36, 1, ReasonCode.WRONG_EPOCH);
    bad("epoch-back", "the epoch before the current one", three,
        salesOf(450).epoch(SECOND).sale(300).epoch(FIRST).sale(20).records, ReasonCode.WRONG_EPOCH, 3,
        SECOND);
    bad("cross-epoch", "a record of an epoch given to somebody else", three,
        salesOf(450).epoch(SECOND).sale(300).records, ReasonCode.WRONG_EPOCH, 2);
    badBeginnings();
    badGaps();
    fork();
  }

  private static List<byte[]> reversed(List<byte[]> records) {
    var copy = new ArrayList<>(records);
    Collections.reverse(copy);
    return copy;
  }

  /// The last record with `delta` added to the 8 bytes at `at`, signed again by the right key.
  private void chained(String name, String why, int at, long delta, ReasonCode reason) {
    Chain chain = salesOf(450, 300);
    byte[] forged = resigned(chain.last(), b -> {
      ByteBuffer buffer = ByteBuffer.wrap(b);
      buffer.putLong(at, buffer.getLong(at) + delta);
    });
    bad(name, why, chain, List.of(chain.records.get(0), chain.records.get(1), forged), reason, 2);
  }

  private void badBeginnings() {
    Chain sale = chain().sale(450);
    bad("no-genesis", "a sale in the place of the first record", sale, sale.records,
        ReasonCode.GENESIS_MISSING, 0);
    Chain gap = gapped(chain(), 1, 3, 450);
    bad("gap-for-genesis", "a gap in the place of the first record", gap, gap.records,
        ReasonCode.GENESIS_MISSING, 0);
    Chain nameless = chain().from(new ChainPosition(812, CERTIFICATE, 99_001)).genesis();
    bad("re-enrolment-nameless", "a new enrolment that does not name the server's mark", nameless,
        nameless.records, ReasonCode.BAD_GENESIS, 0);
    Chain late = chain().from(new ChainPosition(812, CERTIFICATE, 99_001)).genesis(811);
    bad("re-enrolment-other-mark", "a new enrolment that names another mark", late, late.records,
        ReasonCode.BAD_GENESIS, 0);
    Chain garbage = chain().raw(RecordKind.GENESIS, HEX.parseHex("ffffff"), 0);
    bad("genesis-garbage", "a genesis whose body is no message", garbage, garbage.records,
        ReasonCode.BAD_BODY, 0);
  }

  private void badGaps() {
    Chain chain = salesOf(450);
    bad("gap-late", "a gap that does not start at the head", chain, gapped(salesOf(450), 4, 5, 450).records,
        ReasonCode.BAD_GAP, 2);
    Chain turnover = salesOf(450);
    turnover.take(turnover.seal(new ChainPosition(5, turnover.head.hash(), 450), gap(3, 5, 9_999)));
    bad("gap-turnover", "a gap whose digest contradicts its header", chain, turnover.records,
        ReasonCode.BAD_GAP, 2);
    Chain empty = salesOf(450);
    empty.take(empty.seal(empty.head, gap(3, 2, 450)));
    bad("gap-of-nothing", "a gap that ends before it starts", chain, empty.records, ReasonCode.BAD_GAP, 2);
    bad("gap-garbage", "a gap whose body is no message", chain,
        salesOf(450).raw(RecordKind.GAP, HEX.parseHex("ffffff"), 0).records, ReasonCode.BAD_BODY, 2);
    Chain cut = salesOf(450);
    cut.take(cut.seal(new ChainPosition(5, Hash.ZERO, 450), gap(3, 5, 450)));
    bad("gap-unlinked", "a gap that does not link to the last survivor", chain, cut.records,
        ReasonCode.WRONG_PREVIOUS, 2);
  }

  private void fork() {
    Chain accepted = salesOf(450, 300);
    Chain branch = salesOf(450, 777);
    vectors.add(new Vector("fork", "another record where one was accepted: a cloned card wrote it",
        Check.RECORDS_EACH, accepted.asStart(), List.of(), hex(accepted.records),
        hex(List.of(branch.last())), ReasonCode.FORK.name(), 0));
  }

  // ---- bad signatures

  private void writeBadSignatures() {
    flipped("flipped-kind", 5, 5 ^ 8, ReasonCode.BAD_AMOUNT);
    for (int[] field : new int[][] {{7, 0}, {59, 0}, {67, 0}, {75, 0}, {83, 0}, {140, 0}}) {
      String name = switch (field[0]) {
        case 7 -> "flipped-time-quality";
        case 59 -> "flipped-hardware-counter";
        case 67 -> "flipped-wall-clock";
        case 75 -> "flipped-boot-clock";
        case 83 -> "flipped-anchor";
        default -> "flipped-body";
      };
      flipped(name, field[0], -1, ReasonCode.BAD_SIGNATURE);
    }
    signature("flipped-r", "one bit of R", b -> b[b.length - 60] ^= 1);
    signature("flipped-s", "one bit of S", b -> b[b.length - 20] ^= 1);
    signature("zero-signature", "sixty-four zeros", b -> Arrays.fill(b, b.length - 64, b.length, (byte) 0));
    signature("s-plus-l", "S moved by the order of the group: the same point, another encoding",
        VectorAuthor::addL);
    signature("signed-without-domain", "a signature over the bytes without the domain", b -> {
      byte[] message = Arrays.copyOf(b, b.length - 64);
      System.arraycopy(ed.sign(message), 0, b, b.length - 64, 64);
    });
    signature("acknowledgement-as-record", "the bytes signed as an acknowledgement",
        b -> System.arraycopy(resigned(b, _ -> {
        }, ed, Domain.ACK), 0, b, 0, b.length));
    signature("other-key", "the right key id, another key's signature",
        b -> System.arraycopy(resigned(b, _ -> {
        }, other, Domain.RECORD), 0, b, 0, b.length));
    reencodedBody();
    keys();
    ellipticCurve();
    byte[] payload = ackPayload();
    statement("record-as-acknowledgement", "an acknowledgement signed in the domain of records", payload,
        ed.sign(Domain.RECORD.over(payload)), ReasonCode.BAD_SIGNATURE.name());
  }

  private void flipped(String name, int at, int value, ReasonCode reason) {
    one(name, "one changed byte at " + at, with(b -> b[at] = (byte) (value < 0 ? b[at] ^ 1 : value)), reason);
  }

  private void signature(String name, String why, Consumer<byte[]> change) {
    one(name, why, with(change), ReasonCode.BAD_SIGNATURE);
  }

  private static void addL(byte[] record) {
    int at = record.length - 32;
    byte[] bigEndian = new byte[32];
    for (int i = 0; i < 32; i++) {
      bigEndian[i] = record[record.length - 1 - i];
    }
    byte[] moved = new BigInteger(1, bigEndian).add(L).toByteArray();
    for (int i = 0; i < 32; i++) {
      record[at + i] = i < moved.length ? moved[moved.length - 1 - i] : 0;
    }
  }

  /// The same message in another encoding: fields in another order, equal to every protobuf reader.
  private void reencodedBody() {
    one("reencoded-body", "an equal message in another encoding", bytes -> {
      byte[] body = Arrays.copyOfRange(bytes, 136, bytes.length - 64);
      byte[] turned = new byte[body.length];
      int first = 18;
      System.arraycopy(body, first, turned, 0, body.length - first);
      System.arraycopy(body, 0, turned, body.length - first, first);
      System.arraycopy(turned, 0, bytes, 136, body.length);
      return bytes;
    }, ReasonCode.BAD_SIGNATURE);
  }

  private void keys() {
    Chain stranger = new Chain(other).genesis();
    vectors.add(new Vector("stranger", "a well-signed chain of a key that is not registered",
        Check.RECORDS_EACH, stranger.startWith(ed.key()), List.of(), List.of(), hex(stranger.records),
        ReasonCode.UNKNOWN_KEY.name(), 0));
    chained("key-id", "another key id, signed by the right key", 8, 1, ReasonCode.UNKNOWN_KEY);
    one("algorithm-of-another-key", "the algorithm byte of ES256 on an Ed25519 key",
        bytes -> resigned(bytes, b -> b[6] = 2), ReasonCode.WRONG_ALGORITHM);
    Chain start = salesOf(450);
    bad("rotation-unproven", "a rotation without the new key's own signature", start,
        rotated(salesOf(450), other, ed).records, ReasonCode.BAD_KEY, 2);
    bad("rotation-back", "the old key goes on after it handed over", start,
        rotated(salesOf(450), other, other).signer(ed).sale(300).records, ReasonCode.UNKNOWN_KEY, 3);
    for (String point : List.of("01" + "00".repeat(31), "ec" + "ff".repeat(30) + "7f", "00".repeat(32),
        "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05")) {
      badKey("small-order-" + point.substring(0, 2), "a key of small order", 1, point);
    }
    badKey("not-canonical", "a y-coordinate of p + 1", 1, "ee" + "ff".repeat(30) + "7f");
    badKey("not-on-curve", "an x-coordinate that no point of P-256 has", 2, "02" + "ff".repeat(32));
    badKey("uncompressed-prefix", "a prefix that is not of a compressed point", 2,
        "04" + HEX.formatHex(es.key().encoded()).substring(2));
  }

  private void badKey(String name, String why, int algorithm, String encoded) {
    var start = new Vector.Start(TERMINAL.toString(), 0, CERTIFICATE.toString(), 0, epochOf(FIRST), algorithm,
        encoded);
    vectors.add(new Vector(name, why, Check.KEY, start, List.of(), List.of(), List.of(),
        ReasonCode.BAD_KEY.name(), 0));
  }

  private void ellipticCurve() {
    curve("es256-high-s", "s in the upper half: the same signature, another encoding",
        b -> putNumber(b, 32, P256_ORDER.subtract(number(b, 32))));
    curve("es256-zero-r", "r is zero", b -> putNumber(b, 64, BigInteger.ZERO));
    curve("es256-r-plus-n", "r of the group order", b -> putNumber(b, 64, P256_ORDER));
    curve("es256-padded-der", "the beginning of a DER encoding instead of r and s", b -> {
      byte[] r = Arrays.copyOfRange(b, b.length - 64, b.length - 32);
      int at = b.length - 64;
      System.arraycopy(HEX.parseHex("304502210000"), 0, b, at, 6);
      System.arraycopy(r, 0, b, at + 6, 32);
    });
  }

  private void curve(String name, String why, Consumer<byte[]> change) {
    Chain chain = new Chain(es).genesis().sale(450);
    byte[] forged = chain.last().clone();
    change.accept(forged);
    bad(name, why, chain, List.of(chain.records.getFirst(), forged), ReasonCode.BAD_SIGNATURE, 1);
  }

  private static BigInteger number(byte[] record, int fromEnd) {
    return new BigInteger(1,
        Arrays.copyOfRange(record, record.length - fromEnd, record.length - fromEnd + 32));
  }

  private static void putNumber(byte[] record, int fromEnd, BigInteger value) {
    byte[] bytes = value.toByteArray();
    int from = Math.max(0, bytes.length - 32);
    int at = record.length - fromEnd;
    Arrays.fill(record, at, at + 32, (byte) 0);
    System.arraycopy(bytes, from, record, at + 32 - (bytes.length - from), bytes.length - from);
  }
}
