package dev.counterfoil.sim.bench;

import dev.counterfoil.proto.v1.Genesis;
import dev.counterfoil.protocol.crypto.Ed25519Signer;
import dev.counterfoil.protocol.crypto.Sha256;
import dev.counterfoil.protocol.id.EpochId;
import dev.counterfoil.protocol.id.Hash;
import dev.counterfoil.protocol.id.TerminalId;
import dev.counterfoil.protocol.journal.ChainPosition;
import dev.counterfoil.protocol.journal.RecordCircumstances;
import dev.counterfoil.protocol.journal.RecordDraft;
import dev.counterfoil.protocol.journal.RecordKind;
import dev.counterfoil.protocol.journal.RecordSealer;
import dev.counterfoil.protocol.journal.TimeQuality;
import dev.counterfoil.settlement.core.SettlementCore;
import dev.counterfoil.settlement.ingest.IngestRequest;
import dev.counterfoil.settlement.store.EnrolmentCodeRow;
import dev.counterfoil.settlement.terminals.RegistryDesk;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/// A terminal that is enrolled with a core directly, without a link: it signs what it is given and remembers where its
/// chain ends.
final class BenchTerminal {

  private static final long CODE_LIFE_MS = 900_000;

  private final TerminalId id;
  private final Ed25519Signer signer;
  private final RecordSealer sealer;
  private final EpochId epoch;
  private ChainPosition head;

  private BenchTerminal(TerminalId id, Ed25519Signer signer, EpochId epoch, Hash certificate) {
    this.id = id;
    this.signer = signer;
    this.sealer = new RecordSealer(id);
    this.epoch = epoch;
    this.head = ChainPosition.beforeGenesis(certificate);
  }

  static BenchTerminal enrol(SettlementCore core, int site, String name, RandomGenerator random, long nowMs) {
    byte[] seed = new byte[Ed25519Signer.SEED_LENGTH];
    random.nextBytes(seed);
    var signer = new Ed25519Signer(seed);
    var id = new TerminalId(random.nextLong(), random.nextLong());
    Hash certificate = Sha256.hash(id.bytes());
    Hash code = Sha256.hash(certificate.bytes());
    core.registry().putEnrolmentCode(
        new EnrolmentCodeRow(site, code, name, 0, nowMs, nowMs + CODE_LIFE_MS, 0, "bench"));
    var known = core.registry().enrol(code,
        new RegistryDesk.Enrolment(id, "board-" + name, certificate, signer.key()), nowMs);
    return new BenchTerminal(id, signer, known.row().confirmed(), certificate);
  }

  TerminalId id() {
    return id;
  }

  /// The batch with which a chain begins.
  IngestRequest genesis(long nowMs) {
    return sign(List.of(RecordDraft.of(RecordKind.GENESIS, Genesis.getDefaultInstance())), nowMs);
  }

  /// Signs records that follow the last ones, as one batch.
  IngestRequest sign(List<RecordDraft> drafts, long nowMs) {
    ChainPosition from = head;
    var when = new RecordCircumstances(nowMs, TimeQuality.ANCHORED, nowMs, 1, 0);
    var records = new ArrayList<byte[]>(drafts.size());
    for (RecordDraft draft : drafts) {
      var record = sealer.seal(head, epoch, when, draft, signer);
      head = record.position();
      records.add(record.bytes());
    }
    return IngestRequest.raw(id, epoch, from.seq(), from.hash(), records);
  }
}
