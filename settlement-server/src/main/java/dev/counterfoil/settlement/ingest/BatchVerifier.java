package dev.counterfoil.settlement.ingest;

import dev.counterfoil.protocol.crypto.SignatureVerifier;
import dev.counterfoil.protocol.journal.ChainState;
import dev.counterfoil.protocol.journal.ChainVerdict;
import dev.counterfoil.protocol.journal.ChainVerifier;
import dev.counterfoil.protocol.journal.EpochBook;
import dev.counterfoil.protocol.journal.JournalRecord;
import java.util.ArrayList;
import java.util.List;

/// The part of ingest that costs processor time and touches nothing: links every record, checks the head signature,
/// reads what the records mean. One instance per thread of the verifier pool; see {@link ChainVerifier}.
public final class BatchVerifier {

  private final ChainVerifier chain;

  public BatchVerifier(SignatureVerifier signatures) {
    this.chain = new ChainVerifier(signatures);
  }

  /// How a run of records was judged.
  public sealed interface Judgement {

    record Good(VerifiedBatch batch) implements Judgement {}

    record Bad(ChainVerdict.Refused refused) implements Judgement {}
  }

  /// Judges records that should follow `from`.
  ///
  /// @param records exact bytes, in order; owned by the result from now on
  public Judgement verify(ChainState from, EpochBook epochs, List<byte[]> records) {
    return switch (chain.verifyByHead(from, epochs, records)) {
      case ChainVerdict.Accepted(var after, var accepted) -> new Judgement.Good(read(from, after, accepted));
      case ChainVerdict.Refused refused -> new Judgement.Bad(refused);
    };
  }

  private static VerifiedBatch read(ChainState from, ChainState after, List<JournalRecord> records) {
    var facts = new ArrayList<RecordFacts>(records.size());
    int length = 0;
    long turnover = from.head().turnover();
    for (JournalRecord record : records) {
      facts.add(RecordReader.read(record, turnover));
      turnover = record.turnover();
      length += record.bytes().length;
    }
    byte[] bytes = new byte[length];
    int at = 0;
    for (JournalRecord record : records) {
      System.arraycopy(record.bytes(), 0, bytes, at, record.bytes().length);
      at += record.bytes().length;
    }
    return new VerifiedBatch(from.terminal(), from.head().seq(), from.head().hash(), from.key(), after, facts,
        bytes);
  }
}
