package dev.counterfoil.terminal.input;

import dev.counterfoil.protocol.card.PaymentCode;
import dev.counterfoil.protocol.receipt.ReceiptCode;
import dev.counterfoil.terminal.sale.SaleEvent;
import dev.counterfoil.terminal.sale.Screen;

/// What a scanned text means to a sale. Pure.
public final class ScannedCode {

  private ScannedCode() {}

  /// Only codes of ours lead anywhere, those of receipts where a refund is wanted; what else the world prints on paper
  /// and telephones is turned away by name.
  public static SaleEvent of(String text) {
    return switch (PaymentCode.read(text)) {
      case PaymentCode.Reading.Ours(var code) -> new SaleEvent.CodePresented(code);
      case PaymentCode.Reading.Damaged() -> new SaleEvent.Misread(Screen.Mistake.SCAN_AGAIN);
      case PaymentCode.Reading.Foreign() ->
        ReceiptCode.parse(text).<SaleEvent>map(SaleEvent.ReceiptPresented::new)
            .orElseGet(() -> new SaleEvent.Misread(Screen.Mistake.FOREIGN_CODE));
    };
  }
}
