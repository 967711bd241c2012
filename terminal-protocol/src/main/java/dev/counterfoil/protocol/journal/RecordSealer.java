package dev.counterfoil.protocol.journal;

import dev.counterfoil.protocol.ReasonCode;
import dev.counterfoil.protocol.crypto.Domain;
import dev.counterfoil.protocol.crypto.Signer;
import dev.counterfoil.protocol.id.EpochId;
import dev.counterfoil.protocol.id.TerminalId;

/// Turns a draft into the next record of a chain. Pure; the caller commits the result or throws the whole attempt
/// away, and never signs a sequence number twice.
public final class RecordSealer {

  private final TerminalId terminal;

  public RecordSealer(TerminalId terminal) {
    this.terminal = terminal;
  }

  /// Builds and signs the record that follows `head`.
  ///
  /// A GAP over a..b is sealed with a head of (b, hash of a-1, turnover of b), so that one rule makes all records.
  ///
  /// @throws RecordFormatException with BODY_TOO_LARGE; nothing was signed
  /// @throws ArithmeticException if the turnover would overflow; nothing was signed
  /// @throws Signer.SignerException if the key cannot be used; a retry is safe
  public JournalRecord seal(ChainPosition head, EpochId epoch, RecordCircumstances when, RecordDraft draft,
      Signer signer) {
    byte[] body = draft.body();
    if (body.length > RecordLayout.MAX_BODY_LENGTH) {
      throw new RecordFormatException(ReasonCode.BODY_TOO_LARGE, draft.kind() + " of " + body.length);
    }
    int unsigned = RecordLayout.HEADER_LENGTH + body.length;
    byte[] bytes = new byte[unsigned + RecordLayout.SIGNATURE_LENGTH];
    writeIdentity(bytes, epoch, draft, signer);
    writePlace(bytes, head, draft.amount());
    writeTime(bytes, when);
    RecordLayout.putInt(bytes, RecordLayout.BODY_LENGTH_AT, body.length);
    System.arraycopy(body, 0, bytes, RecordLayout.HEADER_LENGTH, body.length);
    byte[] signature = signer.sign(Domain.RECORD.over(bytes, 0, unsigned));
    System.arraycopy(signature, 0, bytes, unsigned, RecordLayout.SIGNATURE_LENGTH);
    return JournalRecord.parse(bytes);
  }

  private void writeIdentity(byte[] bytes, EpochId epoch, RecordDraft draft, Signer signer) {
    RecordLayout.putInt(bytes, 0, RecordLayout.MAGIC);
    bytes[4] = RecordLayout.VERSION;
    bytes[RecordLayout.KIND_AT] = (byte) draft.kind().code();
    bytes[RecordLayout.ALGORITHM_AT] = (byte) signer.key().algorithm().code();
    RecordLayout.putLong(bytes, RecordLayout.KEY_ID_AT, signer.key().id().value());
    RecordLayout.putLong(bytes, RecordLayout.TERMINAL_AT, terminal.high());
    RecordLayout.putLong(bytes, RecordLayout.TERMINAL_AT + 8, terminal.low());
    RecordLayout.putInt(bytes, RecordLayout.EPOCH_NUMBER_AT, epoch.number());
    RecordLayout.putLong(bytes, RecordLayout.EPOCH_NONCE_AT, epoch.nonce());
  }

  private static void writePlace(byte[] bytes, ChainPosition head, long amount) {
    RecordLayout.putLong(bytes, RecordLayout.SEQ_AT, Math.addExact(head.seq(), 1));
    RecordLayout.putLong(bytes, RecordLayout.TURNOVER_AT, Math.addExact(head.turnover(), amount));
    RecordLayout.putLong(bytes, RecordLayout.AMOUNT_AT, amount);
    head.hash().writeTo(bytes, RecordLayout.PREVIOUS_AT);
  }

  private static void writeTime(byte[] bytes, RecordCircumstances when) {
    bytes[RecordLayout.TIME_QUALITY_AT] = (byte) when.quality().code();
    RecordLayout.putLong(bytes, RecordLayout.HARDWARE_COUNTER_AT, when.hardwareCounter());
    RecordLayout.putLong(bytes, RecordLayout.WALL_MS_AT, when.wallMillis());
    RecordLayout.putLong(bytes, RecordLayout.BOOT_MS_AT, when.bootMillis());
    RecordLayout.putLong(bytes, RecordLayout.ANCHOR_AT, when.anchorId());
  }
}
