package dev.counterfoil.terminal.core;

import com.google.protobuf.ByteString;
import dev.counterfoil.proto.v1.Errand;
import dev.counterfoil.proto.v1.ErrandAnswer;
import dev.counterfoil.proto.v1.Frame;
import dev.counterfoil.proto.v1.Refund;
import dev.counterfoil.proto.v1.RefundAnswer;
import dev.counterfoil.proto.v1.RefundQuestion;
import dev.counterfoil.proto.v1.Tender;
import dev.counterfoil.protocol.card.CardToken;
import dev.counterfoil.protocol.link.LinkViolation;
import dev.counterfoil.protocol.link.Wire;
import dev.counterfoil.terminal.sale.RefundableSale;
import dev.counterfoil.terminal.sale.SaleEffect;
import dev.counterfoil.terminal.sale.SaleEvent;
import java.util.Optional;

/// Puts an operator's refund into words for the server and the journal, and the server's answer into an event. An answer to
/// anything but the newest question is of no use any more. Driven by the core's thread.
final class RefundErrands {

  /// Numbers of its own, apart from those of [ShiftAnswers].
  private static final long FIRST = 1L << 32;

  private final String currency;
  private long number = FIRST;

  RefundErrands(String currency) {
    this.currency = currency;
  }

  Frame question(SaleEffect.FindSale find) {
    var question = question(find.operator());
    switch (find.name()) {
      case SaleEffect.SaleName.Receipt(var code) -> question.setReceiptCode(code.toString());
      case SaleEffect.SaleName.Record(var seq) -> question.setSeq(seq);
      case SaleEffect.SaleName.Card(var token) -> question.setCardToken(bytes(token));
    }
    return errand(question);
  }

  Frame question(SaleEffect.AskRefund ask) {
    return errand(question(ask.operator()).setOriginalTransactionId(Wire.bytes(ask.original()))
        .setTransactionId(Wire.bytes(ask.transaction())).setAmountMinor(ask.amountMinor()));
  }

  private static RefundQuestion.Builder question(CardToken operator) {
    return RefundQuestion.newBuilder().setOperatorToken(bytes(operator));
  }

  private Frame errand(RefundQuestion.Builder question) {
    return Frame.newBuilder().setErrand(Errand.newBuilder().setNumber(++number).setRefund(question)).build();
  }

  boolean isMine(ErrandAnswer answer) {
    return answer.getNumber() > FIRST;
  }

  /// @throws LinkViolation if the server names a transaction that is none
  Optional<SaleEvent> answered(ErrandAnswer answer) throws LinkViolation {
    if (answer.getNumber() != number) {
      return Optional.empty();
    }
    if (!answer.hasRefund()) {
      return Optional.of(new SaleEvent.RefundRefused(ProblemCode.printable(answer.getProblem())));
    }
    RefundAnswer told = answer.getRefund();
    return Optional.of(told.getTransactionId().isEmpty()
        ? new SaleEvent.SaleFound(new RefundableSale(Wire.transaction(told.getOriginalTransactionId()),
            told.getPaidMinor(), told.getLeftMinor(), told.getCardToken(), told.getAccountId()))
        : new SaleEvent.RefundApproved(Wire.transaction(told.getTransactionId()), told.getLeftMinor()));
  }

  Refund body(SaleEffect.RecordRefund wanted) {
    RefundableSale sale = wanted.sale();
    return Refund.newBuilder()
        .setTransactionId(Wire.bytes(wanted.transaction()))
        .setOriginalTransactionId(Wire.bytes(sale.original()))
        .setOperatorToken(bytes(wanted.operator())).setAmountMinor(wanted.amountMinor())
        .setCurrency(currency).setTender(sale.isCash() ? Tender.TENDER_CASH : Tender.TENDER_CARD)
        .setAccountId(sale.accountId()).setLeftMinor(wanted.leftMinor()).build();
  }

  private static ByteString bytes(CardToken token) {
    return ByteString.copyFrom(token.bytes());
  }
}
