package dev.counterfoil.settlement.core;

import com.google.protobuf.ByteString;
import com.google.protobuf.MessageLite;
import dev.counterfoil.proto.v1.Channel;
import dev.counterfoil.proto.v1.Decline;
import dev.counterfoil.proto.v1.Genesis;
import dev.counterfoil.proto.v1.Hello;
import dev.counterfoil.proto.v1.Sale;
import dev.counterfoil.proto.v1.Signed;
import dev.counterfoil.proto.v1.Tender;
import dev.counterfoil.proto.v1.Use;
import dev.counterfoil.proto.v1.UseOf;
import dev.counterfoil.proto.v1.Void;
import dev.counterfoil.protocol.card.CardToken;
import dev.counterfoil.protocol.crypto.Signer;
import dev.counterfoil.protocol.id.BootId;
import dev.counterfoil.protocol.id.EpochId;
import dev.counterfoil.protocol.id.Hash;
import dev.counterfoil.protocol.id.KeyId;
import dev.counterfoil.protocol.id.TerminalId;
import dev.counterfoil.protocol.id.TransactionId;
import dev.counterfoil.protocol.journal.ChainPosition;
import dev.counterfoil.protocol.journal.JournalRecord;
import dev.counterfoil.protocol.journal.KeyRotations;
import dev.counterfoil.protocol.journal.RecordCircumstances;
import dev.counterfoil.protocol.journal.RecordDraft;
import dev.counterfoil.protocol.journal.RecordKind;
import dev.counterfoil.protocol.journal.RecordSealer;
import dev.counterfoil.protocol.journal.TimeQuality;
import dev.counterfoil.protocol.link.Wire;
import dev.counterfoil.settlement.ingest.IngestRequest;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A terminal's journal in memory, honest unless a test makes it otherwise.
public final class TestTerminal {

  public final TerminalId id;
  public Signer signer;
  public final String boardSerial;
  public final List<JournalRecord> journal = new ArrayList<>();
  public ChainPosition head;
  public EpochId epoch;
  public BootId boot = new BootId(1, 1);
  public String currency = "CNY";
  /// Its wall clock, near the beginning of time unless a test sets it.
  public long wallMillis;
  private final RecordSealer sealer;

  public TestTerminal(TerminalId id, Signer signer, String boardSerial, Hash certificateHash, EpochId epoch) {
    this.id = id;
    this.signer = signer;
    this.boardSerial = boardSerial;
    this.head = ChainPosition.beforeGenesis(certificateHash);
    this.epoch = epoch;
    this.sealer = new RecordSealer(id);
  }

  /// Another device with the same card image.
  public TestTerminal copy() {
    var other = new TestTerminal(id, signer, boardSerial, head.hash(), epoch);
    other.head = head;
    other.boot = boot;
    other.journal.addAll(journal);
    return other;
  }

  public JournalRecord write(RecordKind kind, MessageLite body, long amount) {
    var when = new RecordCircumstances(wallMillis + 1_000 + head.seq(), TimeQuality.ANCHORED, head.seq(), 0,
        0);
    JournalRecord record = sealer.seal(head, epoch, when, RecordDraft.of(kind, body, amount), signer);
    journal.add(record);
    head = record.position();
    return record;
  }

  public JournalRecord genesis() {
    return write(RecordKind.GENESIS, Genesis.newBuilder().setBoardSerial(boardSerial).build(), 0);
  }

  /// The GENESIS of a new enrolment that names what the server last knew.
  public JournalRecord genesisAfter(KeyId oldKey, int oldEpoch, ChainPosition mark) {
    return write(RecordKind.GENESIS, Genesis.newBuilder().setBoardSerial(boardSerial)
        .setOldKeyId(ByteString.copyFrom(oldKey.bytes())).setOldEpochNo(oldEpoch)
        .setServerMarkSeq(mark.seq()).setServerMarkHash(ByteString.copyFrom(mark.hash().bytes())).build(), 0);
  }

  /// Hands the chain over to a new key, which signs from the next record on.
  public JournalRecord rotate(Signer next) {
    JournalRecord record = write(RecordKind.KEY_ROTATE, KeyRotations.body(id, next), 0);
    signer = next;
    return record;
  }

  public JournalRecord cardSale(TransactionId id, CardToken token, long amount, boolean offline) {
    return write(RecordKind.SALE,
        Sale.newBuilder().setTransactionId(Wire.bytes(id)).setTender(Tender.TENDER_CARD)
            .setCardToken(ByteString.copyFrom(token.bytes())).setAmountMinor(amount).setCurrency(currency)
            .setOffline(offline).build(),
        amount);
  }

  /// A card sale that collects an ordered meal.
  public JournalRecord mealSale(TransactionId id, CardToken token, long amount, long order) {
    return write(RecordKind.SALE,
        Sale.newBuilder().setTransactionId(Wire.bytes(id)).setTender(Tender.TENDER_CARD)
            .setCardToken(ByteString.copyFrom(token.bytes())).setAmountMinor(amount).setCurrency(currency)
            .setOrderId(order).build(),
        amount);
  }

  /// An ordered meal for which nothing is paid.
  public JournalRecord mealUse(TransactionId id, CardToken token, long order) {
    return write(RecordKind.USE, Use.newBuilder().setTransactionId(Wire.bytes(id)).setOf(UseOf.USE_OF_ORDER)
        .setCardToken(ByteString.copyFrom(token.bytes())).setOrderId(order).build(), 0);
  }

  /// A card sale under a till's own number.
  public JournalRecord tillSale(TransactionId id, CardToken token, long amount, String reference) {
    return write(RecordKind.SALE,
        Sale.newBuilder().setTransactionId(Wire.bytes(id)).setTender(Tender.TENDER_CARD)
            .setCardToken(ByteString.copyFrom(token.bytes())).setAmountMinor(amount).setCurrency(currency)
            .setExternalReference(reference).build(),
        amount);
  }

  public JournalRecord cashSale(TransactionId id, long amount) {
    return write(RecordKind.SALE,
        Sale.newBuilder().setTransactionId(Wire.bytes(id)).setTender(Tender.TENDER_CASH)
            .setAmountMinor(amount).setCurrency(currency).build(),
        amount);
  }

  public JournalRecord voidSale(TransactionId id, TransactionId original, long amount) {
    return write(RecordKind.VOID, Void.newBuilder().setTransactionId(Wire.bytes(id))
        .setOriginalTransactionId(Wire.bytes(original)).setAmountMinor(amount).setCurrency(currency).build(),
        -amount);
  }

  public JournalRecord decline(TransactionId id, long amount) {
    return write(RecordKind.DECLINE,
        Decline.newBuilder().setTransactionId(Wire.bytes(id)).setAmountMinor(amount)
            .setCurrency(currency).setReason("INSUFFICIENT_BALANCE").setCount(1).build(),
        0);
  }

  /// Everything written from `fromSeq` on, as one batch.
  public IngestRequest push(long fromSeq) {
    return push(fromSeq, head.seq());
  }

  public IngestRequest push(long fromSeq, long toSeq) {
    List<byte[]> records = new ArrayList<>();
    for (long seq = fromSeq; seq <= toSeq; seq++) {
      records.add(record(seq).bytes());
    }
    Hash before = fromSeq == 1 ? Hash.ZERO : record(fromSeq - 1).hash();
    Hash old = fromSeq == 1 ? record(1).previous() : before;
    return IngestRequest.raw(id, epoch, fromSeq - 1, old, records);
  }

  public JournalRecord record(long seq) {
    return journal.stream().filter(record -> record.seq() == seq).findFirst().orElseThrow();
  }

  public Hello hello(@Nullable Signed epochOffer) {
    var hello = Hello.newBuilder().setChannel(Channel.CHANNEL_JOURNAL).setVersionMin(1).setVersionMax(1)
        .setBootId(ByteString.copyFrom(boot.bytes())).setBoardSerial(boardSerial).setEpoch(Wire.epoch(epoch))
        .setHead(Wire.position(head));
    if (epochOffer != null) {
      hello.setEpochOffer(epochOffer);
    }
    return hello.build();
  }
}
