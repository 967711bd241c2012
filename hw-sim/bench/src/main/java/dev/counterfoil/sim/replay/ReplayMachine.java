package dev.counterfoil.sim.replay;

import dev.counterfoil.protocol.card.CardToken;
import dev.counterfoil.sim.hosted.HostedTerminal;
import dev.counterfoil.sim.verify.Tap;
import dev.counterfoil.sim.verify.TapLog;
import dev.counterfoil.terminal.sale.Basket;
import dev.counterfoil.terminal.sale.SaleEffect;
import dev.counterfoil.terminal.sale.SaleEvent;
import dev.counterfoil.terminal.sale.SaleLine;
import dev.counterfoil.terminal.sale.SaleSettings;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// A vending controller with its card terminal: offers each sale of the file as a basket, lets a cardholder tap or
/// reports coins, and writes down what the terminal answered. One thread.
final class ReplayMachine {

  static final long MOST_MINOR = SaleSettings.DEFAULT_MAX_AMOUNT_MINOR;
  private static final long ANSWER_SECONDS = 10;

  private final HostedTerminal terminal;
  private final ReplayClock clock;
  private final List<CardToken> cards;
  private final TapLog log;

  ReplayMachine(HostedTerminal terminal, ReplayClock clock, List<CardToken> cards, TapLog log) {
    this.terminal = terminal;
    this.clock = clock;
    this.cards = cards;
    this.log = log;
  }

  HostedTerminal terminal() {
    return terminal;
  }

  /// Plays one sale; blocks until the terminal has answered.
  void play(ReplayPlan.Sale sale) throws InterruptedException, ExecutionException {
    clock.set(sale.at());
    Basket basket = basket(sale.basket());
    CompletableFuture<SaleEffect.TillOutcome> outcome = terminal.outcomeOf(basket.externalReference());
    if (sale.byCard()) {
      terminal.happens(new SaleEvent.BasketOffered(basket));
      terminal.happens(new SaleEvent.CardPresented(cards.get(sale.holder())));
    } else {
      terminal.happens(new SaleEvent.CashTaken(basket));
    }
    note(sale, answer(outcome));
    if (sale.byCard()) {
      terminal.happens(new SaleEvent.CardRemoved());
    }
  }

  private static Basket basket(dev.counterfoil.sim.replay.Basket sold) {
    List<SaleLine> lines = sold.rows().stream()
        .map(row -> new SaleLine(row.coil(), row.product(), row.priceMinor(), row.quantity())).toList();
    return Basket.of(lines, sold.transaction());
  }

  private static Tap.Glass answer(CompletableFuture<SaleEffect.TillOutcome> outcome)
      throws InterruptedException, ExecutionException {
    try {
      return switch (outcome.get(ANSWER_SECONDS, TimeUnit.SECONDS)) {
        case SaleEffect.TillOutcome.Paid _ -> Tap.Glass.APPROVED;
        case SaleEffect.TillOutcome.Refused _,SaleEffect.TillOutcome.Withdrawn _,SaleEffect.TillOutcome.Rejected _ ->
          Tap.Glass.DECLINED;
      };
    } catch (TimeoutException _) {
      return Tap.Glass.DARK;
    }
  }

  private void note(ReplayPlan.Sale sale, Tap.Glass glass) {
    log.add(new Tap(sale.at().toEpochMilli(), terminal.name(),
        sale.byCard() ? ReplayRun.label(sale.holder()) : "-",
        sale.byCard() ? Tap.Kind.SALE : Tap.Kind.CASH, sale.basket().totalMinor(), glass,
        String.valueOf(terminal.screen())));
  }
}
