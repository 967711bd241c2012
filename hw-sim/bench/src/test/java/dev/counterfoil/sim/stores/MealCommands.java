package dev.counterfoil.sim.stores;

import dev.counterfoil.protocol.id.TransactionId;
import dev.counterfoil.settlement.core.TestServer;
import dev.counterfoil.settlement.core.TestTerminal;
import dev.counterfoil.settlement.ingest.IngestRequest;
import dev.counterfoil.settlement.mealorder.MealWish;
import dev.counterfoil.sim.stores.LedgerCommands.Command;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/// Draws what becomes of ordered meals: placed, cancelled, collected once, twice, by the wrong card, for another sum, and
/// taken back.
final class MealCommands {

  private static final int SITE = TestServer.SITE;
  private static final int MOST_KNOWN = 40;

  private final SplittableRandom random;
  private final LedgerCommands all;
  private final List<Collected> collected = new ArrayList<>();
  private int orders;

  private record Collected(TestTerminal terminal, TransactionId sale, long amount) {}

  MealCommands(SplittableRandom random, LedgerCommands all) {
    this.random = random;
    this.all = all;
  }

  Command next() {
    return switch (random.nextInt(8)) {
      case 0, 1, 2 -> place();
      case 3 -> cancel();
      case 4 -> collectFree();
      case 5 -> takeBack();
      default -> collect();
    };
  }

  private Command place() {
    long account = all.account();
    int days = random.nextInt(4) - 1;
    int period = 1 + random.nextInt(5);
    long total = random.nextInt(3) == 0 ? 0 : all.amount();
    String by = all.operator();
    orders++;
    return new Command("order for " + account + " in " + days + " days", server -> server.core
        .inTurn(core -> core.meals().place(SITE, new MealWish(account,
            core.meals().today(server.now).plusDays(days), period, 1, total, "dish " + period), by,
            server.now)));
  }

  /// Mostly a newer one that exists.
  private long order() {
    return Math.max(1, orders - random.nextInt(MOST_KNOWN));
  }

  private Command cancel() {
    long order = order();
    String by = all.operator();
    return new Command("cancel order " + order,
        server -> server.core.inTurn(core -> core.meals().cancel(SITE, order, by, server.now)));
  }

  private Command collect() {
    TestTerminal terminal = all.terminal();
    TransactionId id = all.id();
    long order = order();
    long amount = all.amount();
    collected.add(new Collected(terminal, id, amount));
    long from = terminal.head.seq() + 1;
    terminal.mealSale(id, TestServer.token(all.card()), amount, order);
    return pushed("collect order " + order, terminal.push(from));
  }

  private Command collectFree() {
    TestTerminal terminal = all.terminal();
    long order = order();
    long from = terminal.head.seq() + 1;
    terminal.mealUse(all.id(), TestServer.token(all.card()), order);
    return pushed("collect order " + order + " for nothing", terminal.push(from));
  }

  private Command takeBack() {
    if (collected.isEmpty()) {
      return collect();
    }
    Collected one = collected.get(random.nextInt(collected.size()));
    long from = one.terminal().head.seq() + 1;
    one.terminal().voidSale(all.id(), one.sale(), one.amount());
    return pushed("take back " + one.sale(), one.terminal().push(from));
  }

  private static Command pushed(String name, IngestRequest batch) {
    return new Command(name, server -> server.push(batch));
  }
}
