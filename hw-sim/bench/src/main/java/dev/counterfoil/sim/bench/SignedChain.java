package dev.counterfoil.sim.bench;

import com.google.protobuf.ByteString;
import dev.counterfoil.protocol.crypto.Ed25519Signer;
import dev.counterfoil.protocol.crypto.Signer;
import dev.counterfoil.protocol.id.EpochId;
import dev.counterfoil.protocol.id.Hash;
import dev.counterfoil.protocol.id.TerminalId;
import dev.counterfoil.protocol.id.TransactionId;
import dev.counterfoil.protocol.journal.ChainPosition;
import dev.counterfoil.protocol.journal.ChainState;
import dev.counterfoil.protocol.journal.JournalRecord;
import dev.counterfoil.protocol.journal.RecordCircumstances;
import dev.counterfoil.protocol.journal.RecordDraft;
import dev.counterfoil.protocol.journal.RecordKind;
import dev.counterfoil.protocol.journal.RecordSealer;
import dev.counterfoil.protocol.journal.TimeQuality;
import dev.counterfoil.proto.v1.Sale;
import dev.counterfoil.proto.v1.Tender;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/// Sales of one terminal, signed as a terminal signs them, of the size that a canteen sale has.
final class SignedChain {

  static final long AMOUNT = 1_250;
  private static final EpochId EPOCH = new EpochId(1, 1);
  private static final RecordCircumstances NOON = new RecordCircumstances(1_790_000_000_000L,
      TimeQuality.ANCHORED,
      1_000, 1, 0);

  private final TerminalId terminal;
  private final Signer signer;
  private final RecordSealer sealer;
  private final RandomGenerator random;
  /// Behind a GENESIS.
  private final ChainPosition start = new ChainPosition(1, Hash.ZERO, 0);
  private ChainPosition head = start;

  SignedChain(RandomGenerator random) {
    this.random = random;
    byte[] seed = new byte[Ed25519Signer.SEED_LENGTH];
    random.nextBytes(seed);
    signer = new Ed25519Signer(seed);
    terminal = new TerminalId(random.nextLong(), random.nextLong());
    sealer = new RecordSealer(terminal);
  }

  Signer signer() {
    return signer;
  }

  /// Where the chain starts, as a verifier knows it.
  ChainState start() {
    return new ChainState(terminal, start, EPOCH, signer.key());
  }

  JournalRecord next() {
    JournalRecord record = sealer.seal(head, EPOCH, NOON, RecordDraft.of(RecordKind.SALE, sale(), AMOUNT),
        signer);
    head = record.position();
    return record;
  }

  List<byte[]> next(int count) {
    var records = new ArrayList<byte[]>(count);
    for (int i = 0; i < count; i++) {
      records.add(next().bytes());
    }
    return records;
  }

  private Sale sale() {
    byte[] token = new byte[20];
    random.nextBytes(token);
    return Sale.newBuilder()
        .setTransactionId(ByteString.copyFrom(TransactionId.draw(NOON.wallMillis(), random).bytes()))
        .setTender(Tender.TENDER_CARD).setCardToken(ByteString.copyFrom(token)).setAccountId(1_234)
        .setAmountMinor(AMOUNT).setCurrency("CNY").setOffline(true).setSnapshotVersion(17)
        .setBalanceBeforeMinor(20_000).setBalanceAfterMinor(20_000 - AMOUNT).setPresentation(1).build();
  }
}
