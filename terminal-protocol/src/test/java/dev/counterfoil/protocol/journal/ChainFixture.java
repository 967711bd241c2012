package dev.counterfoil.protocol.journal;

import dev.counterfoil.proto.v1.Genesis;
import dev.counterfoil.proto.v1.Sale;
import dev.counterfoil.protocol.crypto.Ed25519Signer;
import dev.counterfoil.protocol.crypto.Signer;
import dev.counterfoil.protocol.id.EpochId;
import dev.counterfoil.protocol.id.Hash;
import dev.counterfoil.protocol.id.TerminalId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// A chain that grows record by record, with named defaults, for tests of whoever reads chains.
public final class ChainFixture {

  public static final TerminalId TERMINAL = new TerminalId(0x1111_2222_3333_4444L, 0x5555_6666_7777_8888L);
  public static final EpochId FIRST_EPOCH = new EpochId(1, 0x0102_0304_0506_0708L);
  public static final Hash CERTIFICATE = new Hash(7, 7, 7, 7);

  private final TerminalId terminal;
  private final List<JournalRecord> records = new ArrayList<>();
  private final ChainPosition start = ChainPosition.beforeGenesis(CERTIFICATE);
  private Signer signer;
  private EpochId epoch = FIRST_EPOCH;
  private ChainPosition head = start;
  private long bootMillis;

  public ChainFixture(TerminalId terminal, Signer signer) {
    this.terminal = terminal;
    this.signer = signer;
  }

  public static ChainFixture aChain() {
    return new ChainFixture(TERMINAL, signer(1));
  }

  /// A signer whose seed is 32 times `number`.
  public static Ed25519Signer signer(int number) {
    byte[] seed = new byte[32];
    Arrays.fill(seed, (byte) number);
    return new Ed25519Signer(seed);
  }

  /// A chain of GENESIS and `sales` sales of 100, 200, 300 … minor units.
  public static ChainFixture aChainOf(int sales) {
    ChainFixture chain = aChain().genesis();
    for (int i = 1; i <= sales; i++) {
      chain.sale(100L * i);
    }
    return chain;
  }

  public ChainFixture genesis() {
    return add(RecordDraft.of(RecordKind.GENESIS, Genesis.newBuilder().setBoardSerial("b-1").build()));
  }

  public ChainFixture sale(long minor) {
    Sale sale = Sale.newBuilder().setAmountMinor(minor).setCurrency("CNY").build();
    return add(RecordDraft.of(RecordKind.SALE, sale, minor));
  }

  public ChainFixture add(RecordDraft draft) {
    return add(head, draft);
  }

  /// Adds a record that claims to follow another head, such as a GAP.
  public ChainFixture add(ChainPosition claimedHead, RecordDraft draft) {
    JournalRecord record = seal(claimedHead, draft);
    records.add(record);
    head = record.position();
    return this;
  }

  /// The record that would follow `claimedHead`, without adding it.
  public JournalRecord seal(ChainPosition claimedHead, RecordDraft draft) {
    var when = new RecordCircumstances(1_700_000_000_000L + bootMillis, TimeQuality.ANCHORED, bootMillis, 1,
        0);
    bootMillis += 1_000;
    return new RecordSealer(terminal).seal(claimedHead, epoch, when, draft, signer);
  }

  public ChainFixture epoch(EpochId next) {
    epoch = next;
    return this;
  }

  public ChainFixture signWith(Signer next) {
    signer = next;
    return this;
  }

  public ChainPosition head() {
    return head;
  }

  public ChainPosition start() {
    return start;
  }

  public Signer signer() {
    return signer;
  }

  public List<JournalRecord> records() {
    return List.copyOf(records);
  }

  public List<byte[]> bytes() {
    return records.stream().map(record -> record.bytes().clone()).toList();
  }

  /// Where a verifier that has seen nothing stands, with the key that signs at first.
  public ChainState nothingSeen() {
    return new ChainState(terminal, start, FIRST_EPOCH, signer.key());
  }
}
