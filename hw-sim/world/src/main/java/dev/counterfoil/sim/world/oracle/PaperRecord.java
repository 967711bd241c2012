package dev.counterfoil.sim.world.oracle;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import dev.counterfoil.proto.v1.Decline;
import dev.counterfoil.proto.v1.Gap;
import dev.counterfoil.proto.v1.Sale;
import dev.counterfoil.proto.v1.Tender;
import dev.counterfoil.proto.v1.Void;
import java.nio.ByteBuffer;

/// A journal record as the oracle reads it: straight from the byte table of the journal page, without the codec that
/// the product uses, so that a mistake in that codec shows.
///
/// @param effect what the record does to money; never null, `NONE` for bookkeeping
public record PaperRecord(int kind, int epochNumber, long seq, long wallMillis, long turnoverMinor,
    long amountMinor, Effect effect,
    byte[] bytes) {

  private static final int KIND_AT = 5;
  private static final int EPOCH_AT = 32;
  private static final int SEQ_AT = 44;
  private static final int WALL_AT = 60;
  private static final int TURNOVER_AT = 84;
  private static final int AMOUNT_AT = 92;
  private static final int BODY_LENGTH_AT = 132;
  private static final int BODY_AT = 136;

  /// What a record says about money.
  public sealed interface Effect {
    record Sold(PaperId transaction, long account, boolean cash, long amountMinor, boolean offline,
        ByteString card) implements Effect {}

    record Voided(PaperId transaction, PaperId original, long account, boolean cash,
        long amountMinor) implements Effect {}

    record Refused(PaperId transaction, String reason, boolean offline) implements Effect {}

    record Lost(long fromSeq, long toSeq) implements Effect {}

    record None() implements Effect {}
  }

  /// @throws IllegalStateException if the bytes are no record: the medium or the server holds rubbish
  public static PaperRecord read(byte[] bytes) {
    ByteBuffer buffer = ByteBuffer.wrap(bytes);
    int kind = bytes[KIND_AT];
    long amount = buffer.getLong(AMOUNT_AT);
    ByteString body = ByteString.copyFrom(bytes, BODY_AT, buffer.getInt(BODY_LENGTH_AT));
    try {
      return new PaperRecord(kind, buffer.getInt(EPOCH_AT), buffer.getLong(SEQ_AT), buffer.getLong(WALL_AT),
          buffer.getLong(TURNOVER_AT), amount, effect(kind, body), bytes);
    } catch (InvalidProtocolBufferException e) {
      throw new IllegalStateException("unreadable body of kind " + kind, e);
    }
  }

  public static long seqOf(byte[] bytes) {
    return ByteBuffer.wrap(bytes).getLong(SEQ_AT);
  }

  private static Effect effect(int kind, ByteString body) throws InvalidProtocolBufferException {
    return switch (kind) {
      case PaperKind.SALE -> sold(Sale.parseFrom(body));
      case PaperKind.DECLINE -> refused(Decline.parseFrom(body));
      case PaperKind.VOID -> voided(Void.parseFrom(body));
      case PaperKind.GAP -> lost(Gap.parseFrom(body));
      default -> new Effect.None();
    };
  }

  private static Effect sold(Sale sale) {
    return new Effect.Sold(PaperId.of(sale.getTransactionId()), sale.getAccountId(),
        sale.getTender() == Tender.TENDER_CASH,
        sale.getAmountMinor(), sale.getOffline(), sale.getCardToken());
  }

  private static Effect refused(Decline decline) {
    return new Effect.Refused(PaperId.of(decline.getTransactionId()), decline.getReason(),
        decline.getOffline());
  }

  private static Effect voided(Void reversal) {
    return new Effect.Voided(PaperId.of(reversal.getTransactionId()),
        PaperId.of(reversal.getOriginalTransactionId()), reversal.getAccountId(),
        reversal.getTender() == Tender.TENDER_CASH, reversal.getAmountMinor());
  }

  private static Effect lost(Gap gap) {
    return new Effect.Lost(gap.getFromSeq(), gap.getToSeq());
  }
}
