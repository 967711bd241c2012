package dev.counterfoil.settlement.ingest;

import dev.counterfoil.proto.v1.Genesis;
import dev.counterfoil.protocol.ReasonCode;
import dev.counterfoil.protocol.id.Hash;
import dev.counterfoil.protocol.id.KeyId;
import dev.counterfoil.protocol.journal.ChainPosition;
import dev.counterfoil.settlement.store.TerminalMemory;
import java.util.List;
import java.util.Optional;

/// Whether records begin an enrolment as the registry demands: its first record is GENESIS, which at a re-enrolment names
/// the key, the epoch and the record that the server last knew; no other record is GENESIS. Pure.
///
/// Without it a record that merely links to the certificate would be taken, the GENESIS would stay due, and no later
/// record of the terminal could ever link.
final class GenesisCheck {

  private GenesisCheck() {}

  /// The first record that is wrong.
  record Problem(ReasonCode reason, long seq) {}

  /// @param facts of records that link to the terminal's position, in order, at least one
  static Optional<Problem> problem(TerminalMemory terminal, List<RecordFacts> facts) {
    boolean due = terminal.row().genesisDue();
    for (RecordFacts each : facts) {
      Optional<ReasonCode> problem = problem(terminal, due, each);
      if (problem.isPresent()) {
        return problem.map(reason -> new Problem(reason, each.record().seq()));
      }
      due = false;
    }
    return Optional.empty();
  }

  private static Optional<ReasonCode> problem(TerminalMemory terminal, boolean due, RecordFacts facts) {
    if (!(facts instanceof RecordFacts.Genesis(var _, var body))) {
      return due ? Optional.of(ReasonCode.GENESIS_MISSING) : Optional.empty();
    }
    return due && names(terminal, body) ? Optional.empty() : Optional.of(ReasonCode.BAD_GENESIS);
  }

  private static boolean names(TerminalMemory terminal, Genesis body) {
    ChainPosition mark = terminal.head().received();
    if (mark.seq() == 0) {
      return body.getServerMarkSeq() == 0;
    }
    return body.getServerMarkSeq() == mark.seq() && body.getServerMarkHash().size() == Hash.LENGTH
        && Hash.of(body.getServerMarkHash().toByteArray()).equals(mark.hash()) && namesKey(terminal, body)
        && namesEpoch(terminal, body.getOldEpochNo());
  }

  /// Any earlier key: who enrols twice without a record between has two of them.
  private static boolean namesKey(TerminalMemory terminal, Genesis body) {
    long mark = terminal.head().received().seq();
    return body.getOldKeyId().size() == KeyId.LENGTH && terminal.keys().stream()
        .filter(row -> row.untilSeq() <= mark).map(row -> row.key().id())
        .anyMatch(KeyId.of(body.getOldKeyId().toByteArray())::equals);
  }

  private static boolean namesEpoch(TerminalMemory terminal, int number) {
    return Integer.compareUnsigned(number, terminal.row().confirmed().number()) < 0
        && terminal.epochs().stream().anyMatch(row -> row.epoch().number() == number);
  }
}
