package dev.counterfoil.sim.verify;

import dev.counterfoil.protocol.crypto.SignatureVerifier;
import dev.counterfoil.protocol.crypto.VerificationKey;
import dev.counterfoil.protocol.journal.ChainPosition;
import dev.counterfoil.protocol.journal.ChainState;
import dev.counterfoil.protocol.journal.ChainVerdict;
import dev.counterfoil.protocol.journal.ChainVerifier;
import dev.counterfoil.protocol.journal.EpochBook;
import dev.counterfoil.protocol.journal.JournalRecord;
import dev.counterfoil.protocol.journal.RecordFormatException;
import dev.counterfoil.protocol.journal.RecordKind;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Checks every hash, counter, turnover and signature of one terminal's records, and that terminal and server hold the
/// same bytes. Stateful for one terminal, one thread.
final class ChainAudit {

  private final ServerBooks.Terminal terminal;
  private final ChainVerifier verifier;
  private final Consumer<Finding> report;

  ChainAudit(ServerBooks.Terminal terminal, SignatureVerifier signatures, Consumer<Finding> report) {
    this.terminal = terminal;
    this.verifier = new ChainVerifier(signatures);
    this.report = report;
  }

  /// The terminal's records in order, as far as they can be read; what cannot is reported. What the terminal pruned is
  /// taken from the server, if the two ends fit: the chain proves that these are the same bytes.
  List<JournalRecord> journal(JournalImage journal) {
    verify("journal of " + terminal.name(),
        new ChainPosition(journal.startSeq(), journal.startHash(), journal.startTurnover()),
        journal.records());
    List<JournalRecord> records = readable(journal.records());
    compare(records);
    return journal.startSeq() == 0 ? records : withPruned(journal, records);
  }

  private List<JournalRecord> withPruned(JournalImage journal, List<JournalRecord> records) {
    List<JournalRecord> pruned = readable(terminal.records()).stream()
        .filter(record -> record.seq() <= journal.startSeq()).toList();
    boolean fits = !pruned.isEmpty() && pruned.getLast().seq() == journal.startSeq()
        && pruned.getLast().hash().equals(journal.startHash());
    if (!fits || journal.startSeq() > Math.min(terminal.settledSeq(), terminal.safeSeq())) {
      report.accept(new Finding(Finding.Kind.CHAIN, "journal of " + terminal.name(), "was pruned up to seq "
          + journal.startSeq() + ", the server settled up to " + terminal.settledSeq() + ", copied up to "
          + terminal.safeSeq() + (fits ? "" : ", and its records do not end where the journal begins")));
    }
    var whole = new ArrayList<JournalRecord>(pruned);
    whole.addAll(records);
    return whole;
  }

  /// An unpruned chain begins at the certificate that the server issued, whatever its first record says.
  private ChainPosition start(JournalImage journal) {
    return journal.startSeq() == 0
        ? ChainPosition.beforeGenesis(terminal.certificate())
        : new ChainPosition(journal.startSeq(), journal.startHash(), journal.startTurnover());
  }

  /// The server's own copy, from its first record on.
  void serverCopy() {
    verify("server's copy of " + terminal.name(), ChainPosition.beforeGenesis(terminal.certificate()),
        terminal.records());
  }

  private void verify(String where, ChainPosition start, List<byte[]> records) {
    ChainPosition position = start;
    for (List<byte[]> enrolment : byEnrolment(records)) {
      position = verifyOne(where, position, enrolment);
    }
  }

  private ChainPosition verifyOne(String where, ChainPosition start, List<byte[]> records) {
    List<JournalRecord> begin = readable(records.subList(0, 1));
    if (begin.isEmpty()) {
      report.accept(new Finding(Finding.Kind.CHAIN, where, "the first record cannot be read"));
      return start;
    }
    JournalRecord first = begin.getFirst();
    boolean enrolledAgain = first.is(RecordKind.GENESIS) && start.seq() > 0;
    ChainPosition from = enrolledAgain ? new ChainPosition(start.seq(), first.previous(), start.turnover())
        : start;
    VerificationKey key = keyAt(first.seq());
    if (key == null) {
      report.accept(new Finding(Finding.Kind.CHAIN, where, "no registered key for seq " + first.seq()));
      return start;
    }
    var state = new ChainState(terminal.id(), from, first.epoch(), key);
    EpochBook epochs = epoch -> terminal.epochs().isEmpty() || terminal.epochs().contains(epoch);
    return switch (verifier.verifyEach(state, epochs, records)) {
      case ChainVerdict.Accepted(ChainState end, var _) -> end.head();
      case ChainVerdict.Refused(var reason, int index, long seq) -> {
        report
            .accept(new Finding(Finding.Kind.CHAIN, where, reason + " at record " + index + ", seq " + seq));
        yield start;
      }
    };
  }

  /// A GENESIS in the middle starts a chain of its own: the terminal was enrolled again.
  private static List<List<byte[]>> byEnrolment(List<byte[]> records) {
    var parts = new ArrayList<List<byte[]>>();
    for (byte[] bytes : records) {
      if (parts.isEmpty() || isGenesis(bytes)) {
        parts.add(new ArrayList<>());
      }
      parts.getLast().add(bytes);
    }
    return parts;
  }

  private static boolean isGenesis(byte[] bytes) {
    try {
      return JournalRecord.parse(bytes).is(RecordKind.GENESIS);
    } catch (RecordFormatException _) {
      // The chain check names the damage.
      return false;
    }
  }

  private @Nullable VerificationKey keyAt(long seq) {
    return terminal.keys().stream().filter(key -> key.fromSeq() <= seq && seq <= key.untilSeq())
        .map(ServerBooks.Key::key).findFirst().orElse(null);
  }

  private void compare(List<JournalRecord> records) {
    List<JournalRecord> copies = readable(terminal.records());
    int at = 0;
    for (JournalRecord copy : copies) {
      while (at < records.size() && records.get(at).seq() < copy.seq()) {
        at++;
      }
      if (at < records.size() && records.get(at).seq() == copy.seq()
          && !Arrays.equals(records.get(at).bytes(), copy.bytes())) {
        report.accept(new Finding(Finding.Kind.DIFFERENT_BYTES, terminal.name(), "seq " + copy.seq()));
      }
    }
    long last = records.isEmpty() ? 0 : records.getLast().seq();
    if (!copies.isEmpty() && copies.getLast().seq() > last) {
      report.accept(new Finding(Finding.Kind.CHAIN, terminal.name(),
          "the server holds seq " + copies.getLast().seq() + ", the terminal ends at " + last));
    }
  }

  static List<JournalRecord> readable(List<byte[]> records) {
    var readable = new ArrayList<JournalRecord>(records.size());
    for (byte[] bytes : records) {
      try {
        readable.add(JournalRecord.parse(bytes));
      } catch (RecordFormatException _) {
        // The chain check names the damage; the rest is still worth counting.
        continue;
      }
    }
    return readable;
  }
}
