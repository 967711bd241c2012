package dev.counterfoil.sim.world.server;

import dev.counterfoil.protocol.crypto.Signer;
import dev.counterfoil.protocol.id.EpochId;
import dev.counterfoil.protocol.id.Hash;
import dev.counterfoil.protocol.journal.ChainPosition;
import dev.counterfoil.protocol.journal.JournalRecord;
import dev.counterfoil.protocol.journal.RecordKind;
import dev.counterfoil.settlement.core.SettlementCore;
import dev.counterfoil.settlement.ingest.IngestRequest;
import dev.counterfoil.settlement.ingest.IngestResult;
import dev.counterfoil.settlement.store.HeadRow;
import dev.counterfoil.settlement.store.RecordKeyRow;
import dev.counterfoil.sim.world.InvariantViolation;
import dev.counterfoil.sim.world.World;
import dev.counterfoil.sim.world.terminal.TerminalMachine;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;

/// What somebody might push in a terminal's name: its own records with a byte changed, written in other bytes, signed by
/// another key, of another epoch or place, or old ones as new. None may move the terminal's mark.
///
/// Where an attack needs a record that fits the chain but for one thing, the terminal's key signs it: as if it had been
/// changed on its way, or made on a copy of the medium.
final class Forgery {

  private final World world;
  private final SettlementCore core;
  private final TerminalMachine terminal;
  private final SplittableRandom random;
  private final Signer own;
  private final Signer thief;

  /// @param what in words, for the report
  private record Attack(String what, List<byte[]> records) {
    Attack(String what, byte[] record) {
      this(what, List.of(record));
    }
  }

  Forgery(World world, SettlementCore core, TerminalMachine terminal, SplittableRandom random) {
    this.world = world;
    this.core = core;
    this.terminal = terminal;
    this.random = random;
    this.own = world.signers().signer(1_000 + terminal.place());
    this.thief = world.signers().signer(999_999);
  }

  void attempt() {
    HeadRow head = core.reads().terminal(terminal.terminalId())
        .flatMap(row -> core.reads().head(row.site(), row.terminal())).orElseThrow();
    if (terminal.image().records().isEmpty() || head.received().seq() == 0) {
      return;
    }
    JournalRecord newest = terminal.image().records().lastEntry().getValue();
    List<Attack> attacks = new ArrayList<>(changed(newest, head));
    attacks.add(rotation(newest, head));
    newestSale(Long.MAX_VALUE).ifPresent(sale -> attacks.addAll(rewritten(sale, head)));
    for (Attack attack : attacks) {
      refuse(attack, head.received().seq(), head.received().hash(), head.epoch());
    }
    newestSale(head.received().seq()).filter(sale -> isAccepted(sale, head))
        .ifPresent(sale -> repeated(sale, head));
  }

  private Optional<JournalRecord> newestSale(long upToSeq) {
    return terminal.image().records().headMap(upToSeq, true).descendingMap().values().stream()
        .filter(record -> record.is(RecordKind.SALE)).findFirst();
  }

  private boolean isAccepted(JournalRecord record, HeadRow head) {
    return core.reads().recordKey(head.site(), head.terminal(), record.seq()).map(RecordKeyRow::hash)
        .filter(record.hash()::equals).isPresent();
  }

  private List<Attack> changed(JournalRecord newest, HeadRow head) {
    ChainPosition mark = head.received();
    ForgedRecord copy = ForgedRecord.of(newest);
    ForgedRecord linked = copy.linkedTo(mark, head.epoch());
    EpochId future = new EpochId(head.epoch().number() + 50, head.epoch().nonce());
    EpochId other = new EpochId(head.epoch().number() + 9, head.epoch().nonce());
    return List.of(
        new Attack("a sale made dearer", copy.plusAmount(256).bytes()),
        new Attack("a flipped bit", copy.flipped(random).bytes()),
        new Attack("a record of another key", linked.signedBy(thief)),
        new Attack("a record without a signature", linked.flippedAt(-1).bytes()),
        new Attack("a record of an epoch never offered",
            copy.linkedTo(mark, future).signedBy(own)),
        new Attack("a record of another key and epoch", copy.linkedTo(mark, other).signedBy(thief)),
        new Attack("a number used before", linked.numbered(mark.seq()).signedBy(own)));
  }

  /// A change of keys that the new key alone vouches for.
  private Attack rotation(JournalRecord newest, HeadRow head) {
    return new Attack("a key that vouches for itself",
        ForgedRecord.rotation(newest, thief).linkedTo(head.received(), head.epoch()).signedBy(thief));
  }

  private List<Attack> rewritten(JournalRecord sale, HeadRow head) {
    ForgedRecord next = ForgedRecord.of(sale).linkedTo(head.received(), head.epoch());
    JournalRecord first = JournalRecord.parse(next.signedBy(own));
    byte[] second = ForgedRecord.of(sale).linkedTo(first.position(), head.epoch()).signedBy(own);
    return List.of(
        new Attack("the same meaning in other bytes", ForgedRecord.of(first).reworded().bytes()),
        new Attack("another card under the next record's hash",
            List.of(ForgedRecord.of(first).otherCard().bytes(), second)));
  }

  /// An accepted sale as if it were another, and as if it were new.
  private void repeated(JournalRecord sale, HeadRow head) {
    ForgedRecord copy = ForgedRecord.of(sale);
    EpochId other = new EpochId(sale.epoch().number(), sale.epoch().nonce() ^ 1);
    List<Attack> others = List.of(
        new Attack("an accepted sale with another signature", copy.flippedAt(-1).bytes()),
        new Attack("an accepted sale with another amount", copy.plusAmount(1).bytes()),
        new Attack("an accepted sale of another epoch", copy.inEpoch(other).bytes()),
        new Attack("an accepted sale of another card", copy.otherCard().bytes()));
    for (Attack attack : others) {
      refuse(attack, sale.seq() - 1, sale.previous(), head.epoch());
    }
    refuse(new Attack("an accepted sale as a new one", copy.bytes()), head.received().seq(),
        head.received().hash(), head.epoch());
  }

  private void refuse(Attack attack, long oldSeq, Hash oldHash, EpochId epoch) {
    IngestResult result = core.push(
        List.of(new IngestRequest(terminal.terminalId(), epoch, oldSeq, oldHash, attack.records, null)),
        world.trueMillis()).getFirst();
    InvariantViolation.require(result instanceof IngestResult.Refused, "I-13",
        "forged bytes were taken: " + attack.what);
  }
}
