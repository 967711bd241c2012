package dev.counterfoil.terminal.core;

import dev.counterfoil.proto.v1.Decline;
import dev.counterfoil.proto.v1.Refund;
import dev.counterfoil.proto.v1.Sale;
import dev.counterfoil.proto.v1.TestModeSwitch;
import dev.counterfoil.proto.v1.TestRecord;
import dev.counterfoil.proto.v1.Use;
import dev.counterfoil.proto.v1.Void;
import dev.counterfoil.protocol.card.CardToken;
import dev.counterfoil.protocol.id.TransactionId;
import dev.counterfoil.protocol.link.Wire;
import dev.counterfoil.terminal.journal.LastSale;
import dev.counterfoil.terminal.sale.RefundableSale;
import dev.counterfoil.terminal.sale.SaleEffect;
import dev.counterfoil.terminal.sale.SaleEvent;
import com.google.protobuf.ByteString;
import java.util.Optional;

/// Test mode (MCH-02): the whole flow with screens, slips and signed records, and no money. Every record of it is of kind TEST
/// with amount 0, so that nobody can settle it, whatever it holds. What a void or refund would take back is remembered for
/// this run only. Driven by the core's thread.
final class TestDesk {

  private Optional<LastSale> last = Optional.empty();
  private long paidBackMinor;
  private Optional<Sale> recording = Optional.empty();

  /// The sale that a void would take back.
  Optional<LastSale> last() {
    return paidBackMinor > 0 ? Optional.empty() : last;
  }

  JournalTask sale(TransactionId transaction, Sale sale) {
    recording = Optional.of(sale);
    return new JournalTask.RecordTest(Optional.of(transaction),
        TestRecord.newBuilder().setSale(sale).build());
  }

  JournalTask taken(TransactionId transaction, LastSale original, CardToken operator) {
    last = Optional.empty();
    return new JournalTask.RecordTest(Optional.of(transaction), TestRecord.newBuilder()
        .setTakenBack(Void.newBuilder().setTransactionId(Wire.bytes(transaction))
            .setOriginalTransactionId(Wire.bytes(original.transactionId())).setOriginalSeq(original.seq())
            .setOperatorToken(bytes(operator)).setAmountMinor(original.amountMinor())
            .setCurrency(original.currency()))
        .build());
  }

  JournalTask used(TransactionId transaction, Use use) {
    return new JournalTask.RecordTest(Optional.of(transaction),
        TestRecord.newBuilder().setUse(use).build());
  }

  JournalTask declined(Decline decline) {
    return new JournalTask.RecordTest(Optional.empty(), TestRecord.newBuilder().setDecline(decline).build());
  }

  JournalTask refund(TransactionId transaction, Refund refund) {
    paidBackMinor += refund.getAmountMinor();
    return new JournalTask.RecordTest(Optional.of(transaction),
        TestRecord.newBuilder().setRefund(refund).build());
  }

  static JournalTask mode(boolean on, CardToken operator) {
    return new JournalTask.RecordTest(Optional.empty(), TestRecord.newBuilder()
        .setMode(TestModeSwitch.newBuilder().setOn(on).setOperatorToken(bytes(operator))).build());
  }

  /// The record of a test purchase is durable.
  void recorded(TransactionId transaction, long seq) {
    recording.ifPresent(sale -> {
      last = Optional.of(LastSale.ofTest(seq, transaction, sale));
      paidBackMinor = 0;
    });
    recording = Optional.empty();
  }

  /// Plays the server: whatever names it, the newest sale of test mode is found.
  SaleEvent find() {
    return last.<SaleEvent>map(sale -> new SaleEvent.SaleFound(new RefundableSale(sale.transactionId(),
        sale.amountMinor(), left(sale), sale.cardToken(), sale.accountId())))
        .orElseGet(() -> new SaleEvent.RefundRefused("TRANSACTION_NOT_FOUND"));
  }

  SaleEvent decide(SaleEffect.AskRefund ask) {
    return last.filter(sale -> ask.amountMinor() <= left(sale))
        .<SaleEvent>map(sale -> new SaleEvent.RefundApproved(ask.transaction(),
            left(sale) - ask.amountMinor()))
        .orElseGet(() -> new SaleEvent.RefundRefused("REFUND_AMOUNT_EXCEEDED"));
  }

  private long left(LastSale sale) {
    return sale.amountMinor() - paidBackMinor;
  }

  private static ByteString bytes(CardToken token) {
    return ByteString.copyFrom(token.bytes());
  }
}
