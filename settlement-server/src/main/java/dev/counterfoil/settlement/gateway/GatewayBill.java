package dev.counterfoil.settlement.gateway;

import java.time.LocalDateTime;
import java.util.List;

/// A day's bill of a gateway. Its lines add up to its totals, else it would not exist.
public record GatewayBill(List<Line> lines, Totals totals) {

  public GatewayBill {
    lines = List.copyOf(lines);
  }

  /// One payment or refund.
  ///
  /// @param refund whether money went back
  /// @param at wall clock of China as printed
  /// @param transactionId the gateway's number of the payment
  /// @param orderId our number of the order
  /// @param refundId our number of the refund, empty for a payment
  /// @param amountFen what moved, in fen, never negative
  /// @param feeMilliFen the gateway's fee in thousandths of a fen, because WeChat prints five decimals of a yuan;
  ///        negative when a refund gives a fee back
  public record Line(boolean refund, LocalDateTime at, String transactionId, String orderId, String refundId,
      long amountFen, long feeMilliFen) {}

  /// Sums over all lines, units as in {@link Line}.
  public record Totals(long count, long paidFen, long refundedFen, long feeMilliFen) {

    static Totals of(List<Line> lines) {
      return lines.stream().map(Totals::of).reduce(new Totals(0, 0, 0, 0), Totals::plus);
    }

    private static Totals of(Line line) {
      return line.refund() ? new Totals(1, 0, line.amountFen(), line.feeMilliFen())
          : new Totals(1, line.amountFen(), 0, line.feeMilliFen());
    }

    private Totals plus(Totals other) {
      return new Totals(Math.addExact(count, other.count), Math.addExact(paidFen, other.paidFen),
          Math.addExact(refundedFen, other.refundedFen), Math.addExact(feeMilliFen, other.feeMilliFen));
    }
  }
}
