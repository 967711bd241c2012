package dev.counterfoil.sim.verify;

import dev.counterfoil.protocol.crypto.SignatureVerifier;
import dev.counterfoil.protocol.crypto.VerificationKey;
import dev.counterfoil.protocol.journal.ChainPosition;
import dev.counterfoil.protocol.journal.ChainState;
import dev.counterfoil.protocol.journal.ChainVerdict;
import dev.counterfoil.protocol.journal.ChainVerifier;
import dev.counterfoil.protocol.journal.JournalRecord;
import dev.counterfoil.protocol.journal.RecordFormatException;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/// Records of one terminal, one after the other in a file, as the server's copy keeps them: is this one unbroken chain,
/// every record signed by this key? The first record is taken as given; whether it is the true beginning only the
/// enrolment certificate can tell.
public final class ChainFile {

  private final SignatureVerifier signatures;

  public ChainFile(SignatureVerifier signatures) {
    this.signatures = signatures;
  }

  /// Prints one line: what the chain spans, or the first bad byte and why.
  ///
  /// @return 0 if it is whole, 1 if not
  /// @throws IOException if the file cannot be read
  public int check(Path file, VerificationKey key, PrintStream out) throws IOException {
    byte[] bytes = Files.readAllBytes(file);
    var records = new ArrayList<byte[]>();
    var offsets = new ArrayList<Integer>();
    for (int at = 0; at < bytes.length; at += records.getLast().length) {
      int length = JournalRecord.lengthAt(bytes, at);
      int end = length < 0 || length > bytes.length - at ? bytes.length : at + length;
      offsets.add(at);
      records.add(Arrays.copyOfRange(bytes, at, end));
    }
    return judge(records, offsets, key, out);
  }

  private int judge(List<byte[]> records, List<Integer> offsets, VerificationKey key, PrintStream out) {
    if (records.isEmpty()) {
      out.println("EMPTY the file holds no record");
      return 1;
    }
    JournalRecord first;
    try {
      first = JournalRecord.parse(records.getFirst());
    } catch (RecordFormatException e) {
      out.println("BAD byte=0 reason=" + e.getMessage());
      return 1;
    }
    var before = new ChainPosition(first.seq() - 1, first.previous(), first.turnover() - first.amount());
    var start = new ChainState(first.terminal(), before, first.epoch(), key);
    return switch (new ChainVerifier(signatures).verifyEach(start, _ -> true, records)) {
      case ChainVerdict.Accepted(var end, var _) -> {
        out.printf(Locale.ROOT, "GOOD terminal=%s records=%d first=%d last=%d turnover=%d%n",
            first.terminal(),
            records.size(), first.seq(), end.head().seq(), end.head().turnover());
        yield 0;
      }
      case ChainVerdict.Refused(var reason, int index, long seq) -> {
        out.printf(Locale.ROOT, "BAD byte=%d record=%d seq=%d reason=%s meaning=\"%s\"%n", offsets.get(index),
            index, seq,
            reason, reason.meaning());
        yield 1;
      }
    };
  }
}
