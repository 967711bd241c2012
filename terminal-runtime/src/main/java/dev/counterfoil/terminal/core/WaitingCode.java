package dev.counterfoil.terminal.core;

import dev.counterfoil.protocol.card.PaymentCode;
import dev.counterfoil.terminal.sale.SaleEvent;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A code that was scanned before its price was keyed (MCH-07). It pays for the next price of the same customer and is
/// forgotten before anybody else can be next: by key `D`, by a card, by another code, or when its time is over.
final class WaitingCode {

  private static final char CLEAR = 'D';
  private static final long NEVER = Long.MAX_VALUE;

  private @Nullable PaymentCode code;
  private long untilMillis = NEVER;

  /// @param until boot milliseconds
  void put(PaymentCode scanned, long until) {
    code = scanned;
    untilMillis = until;
  }

  /// When it is forgotten; `Long.MAX_VALUE` if there is none.
  long untilMillis() {
    return untilMillis;
  }

  /// Something happened at the counter at this time.
  void pass(SaleEvent event, long now) {
    boolean cleared = event instanceof SaleEvent.KeyPressed(var key) && key == CLEAR;
    if (cleared || event instanceof SaleEvent.CardPresented || now >= untilMillis) {
      forget();
    }
  }

  /// The code, which is forgotten here.
  Optional<PaymentCode> take() {
    var taken = Optional.ofNullable(code);
    forget();
    return taken;
  }

  private void forget() {
    code = null;
    untilMillis = NEVER;
  }
}
