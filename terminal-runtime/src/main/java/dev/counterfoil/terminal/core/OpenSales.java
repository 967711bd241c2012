package dev.counterfoil.terminal.core;

import dev.counterfoil.proto.v1.Tender;
import dev.counterfoil.protocol.card.CardToken;
import dev.counterfoil.terminal.journal.JournalState;
import dev.counterfoil.terminal.journal.LastSale;
import dev.counterfoil.terminal.sale.OpenSale;
import dev.counterfoil.terminal.sale.SaleEvent;
import java.util.Optional;

/// Knows the sale of which a holder may not know that he has paid (ERR 013 of canteen terminals; ADR 0033). No card is
/// written here, so there are two windows, and only two:
///
/// - The power ended after the record was durable and before a run had noted that it was shown ([LastSale#told]). The next
///   run tells the same card the true outcome; other cards wait until then, until an operator's card, or for a set time.
/// - The card left the field while it was still being decided or recorded. The result stood on the glass for whoever
///   looked; the same card with the same amount within [#DOUBT_MILLIS] is told once more, and nobody else waits.
///
/// Driven by the core's thread.
final class OpenSales {

  /// A hand that draws back too early comes again at once.
  static final long DOUBT_MILLIS = 15_000;

  private final TerminalClock clock;
  private final long cutSeq;
  private final long cutUntil;
  private boolean fieldEmpty;
  private long doubtSeq;
  private long doubtUntil;

  /// @param state      as this run found it
  /// @param waitMillis how long others wait for the card of a sale that the power cut
  OpenSales(TerminalClock clock, JournalState state, long waitMillis) {
    this.clock = clock;
    this.cutSeq = state.lastSale().filter(sale -> !sale.told()).map(LastSale::seq).orElse(0L);
    this.cutUntil = clock.now().bootMillis() + waitMillis;
  }

  /// Boot milliseconds at which others need not wait any more, `Long.MAX_VALUE` if nobody waits.
  long wakeAt(JournalState journal) {
    return open(journal).filter(OpenSale::blocks).isPresent() ? cutUntil : Long.MAX_VALUE;
  }

  void saw(SaleEvent event) {
    if (event instanceof SaleEvent.CardPresented) {
      fieldEmpty = false;
    } else if (event instanceof SaleEvent.CardRemoved) {
      fieldEmpty = true;
    }
  }

  /// A sale of this run is durable.
  void recorded(long seq) {
    doubtSeq = fieldEmpty ? seq : 0;
    doubtUntil = clock.now().bootMillis() + DOUBT_MILLIS;
  }

  /// Its card was told.
  void told(long seq) {
    doubtSeq = doubtSeq == seq ? 0 : doubtSeq;
  }

  Optional<OpenSale> open(JournalState journal) {
    long now = clock.now().bootMillis();
    return journal.lastSale().filter(sale -> sale.tender() == Tender.TENDER_CARD)
        .filter(sale -> sale.cardToken().size() == CardToken.LENGTH)
        .flatMap(sale -> sale.seq() == cutSeq && !sale.told() && now < cutUntil
            ? Optional.of(of(sale, true))
            : Optional.of(sale).filter(own -> own.seq() == doubtSeq && now < doubtUntil)
                .map(own -> of(own, false)));
  }

  private OpenSale of(LastSale sale, boolean blocks) {
    return new OpenSale(CardToken.of(sale.cardToken().toByteArray()), sale.amountMinor(), sale.seq(),
        clock.minuteOfDay(sale.wallMillis()), blocks);
  }
}
