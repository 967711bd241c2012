package dev.counterfoil.settlement.ingest;

import dev.counterfoil.protocol.id.EpochId;
import dev.counterfoil.protocol.id.Hash;
import dev.counterfoil.protocol.id.TerminalId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// One pushed batch, as it came from the session of one terminal.
///
/// @param terminal by the certificate, never by what a record says
/// @param epoch the session's epoch
/// @param oldSeq where the terminal believes the server stands
/// @param oldHash hash there
/// @param records exact bytes, in order, at least one; not copied, nobody changes them
/// @param receivedMs server time when it came; 0 if nobody looked
/// @param verified the same records judged beforehand by another thread, if that went well; used only if it still fits
public record IngestRequest(TerminalId terminal, EpochId epoch, long oldSeq, Hash oldHash,
    List<byte[]> records, long receivedMs, @Nullable VerifiedBatch verified) {

  public IngestRequest(TerminalId terminal, EpochId epoch, long oldSeq, Hash oldHash, List<byte[]> records,
      @Nullable VerifiedBatch verified) {
    this(terminal, epoch, oldSeq, oldHash, records, 0, verified);
  }

  public IngestRequest receivedAt(long ms) {
    return new IngestRequest(terminal, epoch, oldSeq, oldHash, records, ms, verified);
  }

  public IngestRequest verified(VerifiedBatch beforehand) {
    return new IngestRequest(terminal, epoch, oldSeq, oldHash, records, receivedMs, beforehand);
  }

  /// Bytes of all records.
  public long bytes() {
    return records.stream().mapToLong(record -> record.length).sum();
  }

  public static IngestRequest raw(TerminalId terminal, EpochId epoch, long oldSeq, Hash oldHash,
      List<byte[]> records) {
    return new IngestRequest(terminal, epoch, oldSeq, oldHash, records, null);
  }
}
