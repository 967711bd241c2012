package dev.counterfoil.sim.world.server;

import dev.counterfoil.protocol.crypto.Signer;
import dev.counterfoil.protocol.id.EpochId;
import dev.counterfoil.protocol.id.Hash;
import dev.counterfoil.protocol.journal.JournalRecord;
import dev.counterfoil.settlement.core.SettlementCore;
import dev.counterfoil.settlement.ingest.IngestRequest;
import dev.counterfoil.settlement.ingest.IngestResult;
import dev.counterfoil.settlement.store.HeadRow;
import dev.counterfoil.sim.world.InvariantViolation;
import dev.counterfoil.sim.world.World;
import dev.counterfoil.sim.world.terminal.TerminalMachine;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/// What somebody might push in a terminal's name: its own records with a byte changed, signed by another key, of
/// another epoch, or old ones as new. None may move the terminal's mark.
final class Forgery {
  private static final int EPOCH_AT = 32;
  private static final int SEQ_AT = 44;
  private static final int TURNOVER_AT = 84;
  private static final int AMOUNT_AT = 92;
  private static final int PREVIOUS_AT = 100;
  private static final int SIGNATURE = 64;

  private final World world;
  private final SettlementCore core;
  private final TerminalMachine terminal;
  private final SplittableRandom random;

  Forgery(World world, SettlementCore core, TerminalMachine terminal, SplittableRandom random) {
    this.world = world;
    this.core = core;
    this.terminal = terminal;
    this.random = random;
  }

  void attempt() {
    HeadRow head = core.reads().terminal(terminal.terminalId())
        .flatMap(row -> core.reads().head(row.site(), row.terminal())).orElseThrow();
    JournalRecord model = terminal.image().records().isEmpty() ? null
        : terminal.image().records().lastEntry().getValue();
    if (model == null || head.received().seq() == 0) {
      return;
    }
    for (byte[] forged : forgeries(model, head)) {
      refuse(forged, head.received().seq(), head.received().hash(), head.epoch());
    }
    JournalRecord last = terminal.image().records().get(head.received().seq());
    if (last != null && last.hash().equals(head.received().hash())) {
      repeated(last, head);
    }
  }

  /// The newest accepted record as if it were another, and the same one as if it were new.
  private void repeated(JournalRecord last, HeadRow head) {
    byte[] other = last.bytes().clone();
    other[other.length - 1] ^= 1;
    refuse(other, last.seq() - 1, last.previous(), head.epoch());
    refuse(last.bytes().clone(), head.received().seq(), head.received().hash(), head.epoch());
  }

  private List<byte[]> forgeries(JournalRecord model, HeadRow head) {
    List<byte[]> all = new ArrayList<>();
    byte[] richer = model.bytes().clone();
    richer[AMOUNT_AT + 6] ^= 1;
    all.add(richer);
    byte[] flipped = model.bytes().clone();
    flipped[random.nextInt(flipped.length)] ^= (byte) (1 << random.nextInt(8));
    all.add(flipped);
    byte[] next = model.bytes().clone();
    putLong(next, SEQ_AT, head.received().seq() + 1);
    all.add(signed(next, world.signers().signer(999_999)));
    all.add(linked(model, head));
    byte[] futureEpoch = linked(model, head);
    java.nio.ByteBuffer.wrap(futureEpoch).putInt(EPOCH_AT, head.epoch().number() + 50);
    all.add(signed(futureEpoch, world.signers().signer(1_000 + terminal.place())));
    byte[] otherEpoch = next.clone();
    otherEpoch[EPOCH_AT + 3] += 9;
    all.add(signed(otherEpoch, world.signers().signer(999_999)));
    return all;
  }

  /// Everything fits the chain; only the key was missing.
  private static byte[] linked(JournalRecord model, HeadRow head) {
    byte[] record = model.bytes().clone();
    java.nio.ByteBuffer.wrap(record).putInt(EPOCH_AT, head.epoch().number())
        .putLong(EPOCH_AT + 4, head.epoch().nonce())
        .putLong(SEQ_AT, head.received().seq() + 1)
        .putLong(TURNOVER_AT, head.received().turnover() + model.amount())
        .put(PREVIOUS_AT, head.received().hash().bytes());
    record[record.length - 1] ^= 1;
    return record;
  }

  private static byte[] signed(byte[] record, Signer thief) {
    byte[] message = java.util.Arrays.copyOf(record, record.length - SIGNATURE);
    System.arraycopy(thief.sign(message), 0, record, record.length - SIGNATURE, SIGNATURE);
    return record;
  }

  private static void putLong(byte[] bytes, int at, long value) {
    java.nio.ByteBuffer.wrap(bytes).putLong(at, value);
  }

  private void refuse(byte[] forged, long oldSeq, Hash oldHash, EpochId epoch) {
    IngestResult result = core.push(
        List.of(new IngestRequest(terminal.terminalId(), epoch, oldSeq, oldHash, List.of(forged), null)),
        world.trueMillis()).getFirst();
    InvariantViolation.require(result instanceof IngestResult.Refused, "I-13",
        "forged bytes were taken: " + result);
  }
}
