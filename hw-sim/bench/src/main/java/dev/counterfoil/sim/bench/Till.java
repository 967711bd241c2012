package dev.counterfoil.sim.bench;

import dev.counterfoil.protocol.card.CardToken;
import dev.counterfoil.sim.hosted.HostedTerminal;
import dev.counterfoil.terminal.sale.Basket;
import dev.counterfoil.terminal.sale.SaleEffect;
import dev.counterfoil.terminal.sale.SaleEvent;
import dev.counterfoil.terminal.sale.SaleLine;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// A till beside a hosted terminal that offers one lunch after the other, and the queue of those who pay by card.
final class Till {

  static final long ANSWER_SECONDS = 10;
  private static final long PRICE = 400;
  private static final long POLL_MILLIS = 10;

  private final HostedTerminal terminal;
  private final List<CardToken> cards;
  private final String name;
  private int offers;
  private int payers;

  /// @param cards who pays, in turn
  /// @param name  begins the references of its baskets; no other till of that terminal's life has it
  Till(HostedTerminal terminal, List<CardToken> cards, String name) {
    this.terminal = terminal;
    this.cards = cards;
    this.name = name;
  }

  /// Whose turn it is.
  CardToken nextCard() {
    return cards.get(payers++ % cards.size());
  }

  /// @return the time at which the sale was approved, as [System#nanoTime] counts
  CompletableFuture<Long> offer() throws InterruptedException {
    String reference = name + "-" + offers++;
    CompletableFuture<Long> durable = terminal.outcomeOf(reference).thenApply(outcome -> switch (outcome) {
      case SaleEffect.TillOutcome.Paid _ -> System.nanoTime();
      case SaleEffect.TillOutcome.Refused(var reason) ->
        throw new IllegalStateException("refused: " + reason);
      case SaleEffect.TillOutcome.Rejected(var problem) ->
        throw new IllegalStateException("rejected: " + problem);
      case SaleEffect.TillOutcome.Withdrawn _ -> throw new IllegalStateException("withdrawn");
    });
    terminal.happens(
        new SaleEvent.BasketOffered(Basket.of(List.of(new SaleLine("1", "Lunch", PRICE, 1)), reference)));
    return durable;
  }

  /// Sells one lunch.
  ///
  /// @return from the card that is reported to the sale that is durable
  long tapNanos() throws Exception {
    CardToken card = nextCard();
    CompletableFuture<Long> durable = offer();
    long started = System.nanoTime();
    terminal.happens(new SaleEvent.CardPresented(card));
    long nanos = approvedAt(durable) - started;
    terminal.happens(new SaleEvent.CardRemoved());
    return nanos;
  }

  /// A terminal that asks for another card answers nothing.
  private long approvedAt(CompletableFuture<Long> durable) throws Exception {
    try {
      return durable.get(ANSWER_SECONDS, TimeUnit.SECONDS);
    } catch (TimeoutException e) {
      throw new IllegalStateException(
          name + "-" + (offers - 1) + " was not paid, the glass shows " + terminal.screen(), e);
    }
  }

  /// The last account is in the snapshot when a tap of it is approved; the server is still in reach.
  void awaitSnapshot() throws Exception {
    while (!terminal.isOnline()) {
      Thread.sleep(POLL_MILLIS);
    }
    CompletableFuture<Long> durable = offer();
    terminal.happens(new SaleEvent.CardPresented(cards.getLast()));
    durable.get(ANSWER_SECONDS, TimeUnit.SECONDS);
    while (terminal.snapshotVersion() == 0 || !terminal.isDrained()) {
      Thread.sleep(POLL_MILLIS);
    }
  }
}
