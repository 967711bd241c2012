package dev.counterfoil.terminal.journal;

import com.google.protobuf.ByteString;
import dev.counterfoil.proto.v1.AccountEntry;
import dev.counterfoil.proto.v1.AckStatement;
import dev.counterfoil.proto.v1.Decline;
import dev.counterfoil.proto.v1.Genesis;
import dev.counterfoil.proto.v1.Health;
import dev.counterfoil.proto.v1.Position;
import dev.counterfoil.proto.v1.Sale;
import dev.counterfoil.proto.v1.Signed;
import dev.counterfoil.proto.v1.Tender;
import dev.counterfoil.protocol.card.CardToken;
import dev.counterfoil.protocol.crypto.Ed25519Signer;
import dev.counterfoil.protocol.crypto.Signer;
import dev.counterfoil.protocol.id.EpochId;
import dev.counterfoil.protocol.id.Hash;
import dev.counterfoil.protocol.id.TerminalId;
import dev.counterfoil.protocol.id.TransactionId;
import dev.counterfoil.protocol.journal.ChainPosition;
import dev.counterfoil.protocol.journal.JournalRecord;
import dev.counterfoil.protocol.journal.RecordCircumstances;
import dev.counterfoil.protocol.journal.RecordDraft;
import dev.counterfoil.protocol.journal.RecordKind;
import dev.counterfoil.protocol.journal.RecordSealer;
import dev.counterfoil.protocol.journal.TimeQuality;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/// Named defaults for tests of journals: one terminal, one key, one card, sales of its account.
public final class JournalFixture {

  public static final TerminalId TERMINAL = new TerminalId(0x1111, 0x2222);
  public static final EpochHeld EPOCH = new EpochHeld(new EpochId(1, 0x0102_0304_0506_0708L),
      signed("offer-1"));
  public static final ChainPosition ORIGIN = ChainPosition.beforeGenesis(new Hash(7, 7, 7, 7));
  public static final JournalState ENROLLED = JournalState.enrolled(ORIGIN, EPOCH);
  public static final Signer SIGNER = signer(1);
  public static final SigningKeys KEYS = SigningKeys.fixed(Optional.of(SIGNER));
  public static final long ACCOUNT = 42;
  public static final CardToken CARD = card(1);
  public static final long WALL = 1_790_000_000_000L;

  private JournalFixture() {}

  public static Ed25519Signer signer(int number) {
    byte[] seed = new byte[32];
    Arrays.fill(seed, (byte) number);
    return new Ed25519Signer(seed);
  }

  public static CardToken card(long number) {
    return new CardToken(1, 0, number);
  }

  public static Signed signed(String payload) {
    return Signed.newBuilder().setPayload(ByteString.copyFromUtf8(payload))
        .setSignature(ByteString.copyFrom(new byte[64])).setKeyId(ByteString.copyFrom(new byte[8])).build();
  }

  /// Circumstances `bootMillis` after the start of a run, the wall clock going along.
  public static RecordCircumstances at(long bootMillis) {
    return new RecordCircumstances(WALL + bootMillis, TimeQuality.ANCHORED, bootMillis, 1, 0);
  }

  public static Entry genesis() {
    return Entry.of(RecordKind.GENESIS, Genesis.newBuilder().setBoardSerial("b-1").build());
  }

  public static Entry health() {
    return Entry.of(RecordKind.HEALTH, Health.newBuilder().setState("READY").build());
  }

  public static Sale saleBody(long minor) {
    return Sale.newBuilder().setTransactionId(ByteString.copyFrom(new TransactionId(1, minor).bytes()))
        .setTender(Tender.TENDER_CARD).setCardToken(ByteString.copyFrom(CARD.bytes())).setAccountId(ACCOUNT)
        .setAmountMinor(minor).setCurrency("CNY").setOffline(true).build();
  }

  /// A sale with the state that goes with it.
  public static Entry sale(long minor) {
    return new Entry(RecordDraft.of(RecordKind.SALE, saleBody(minor), minor),
        seq -> List.of(new StateChange.SpendRecorded(new Spend(seq, ACCOUNT, minor)),
            new StateChange.SaleKept(Optional.of(lastSale(seq, minor))),
            new StateChange.CardUsed(CardUse.none(CARD).plus(20_000, 1, true, minor, 2))));
  }

  public static LastSale lastSale(long seq, long minor) {
    return new LastSale(seq, new TransactionId(1, minor), Tender.TENDER_CARD,
        ByteString.copyFrom(CARD.bytes()), ACCOUNT, minor, "CNY", true);
  }

  public static Decline decline(CardToken card, String reason) {
    return Decline.newBuilder().setTransactionId(ByteString.copyFrom(new TransactionId(2, 2).bytes()))
        .setCardToken(ByteString.copyFrom(card.bytes())).setAmountMinor(500).setCurrency("CNY")
        .setReason(reason).build();
  }

  /// An acknowledgement of everything up to `received`, settled and safe up to `safe`.
  public static StoredAck ack(long number, long received, long safe, long serverMillis) {
    var statement = AckStatement.newBuilder().setAckNumber(number).setServerMs(serverMillis)
        .setServerGeneration(ByteString.copyFromUtf8("gen-0001")).setReceived(seqOnly(received))
        .setSettled(seqOnly(safe)).setSafe(seqOnly(safe)).build();
    return StoredAck.of(signed("").toBuilder().setPayload(statement.toByteString()).build());
  }

  private static Position seqOnly(long seq) {
    return Position.newBuilder().setSeq(seq).build();
  }

  public static AccountEntry account(CardToken card, long accountId, long available, long asOfSeq) {
    return AccountEntry.newBuilder().setCardToken(ByteString.copyFrom(card.bytes())).setAccountId(accountId)
        .setAvailableMinor(available).setEnableOffline(true).setStatus(1).setAsOfSeq(asOfSeq).build();
  }

  /// A chain of GENESIS and sales of 1, 2, 3 … minor units, `count` records in all, sealed without any store.
  public static List<JournalRecord> chain(int count) {
    return chain(ORIGIN, EPOCH.id(), count);
  }

  public static List<JournalRecord> chain(ChainPosition from, EpochId epoch, int count) {
    var sealer = new RecordSealer(TERMINAL);
    var records = new ArrayList<JournalRecord>();
    ChainPosition head = from;
    for (int i = 0; i < count; i++) {
      var draft = head.seq() == 0 ? genesis().draft() : sale(i + 1L).draft();
      JournalRecord record = sealer.seal(head, epoch, at(i * 1_000L), draft, SIGNER);
      records.add(record);
      head = record.position();
    }
    return records;
  }

  /// The unit that appends these records with the state they imply.
  public static CommitUnit unit(ChainPosition before, List<JournalRecord> records) {
    var changes = new ArrayList<StateChange>();
    records.forEach(record -> changes.addAll(ReplayedState.of(record)));
    return new CommitUnit(before, records.getLast().position(), records, changes);
  }
}
