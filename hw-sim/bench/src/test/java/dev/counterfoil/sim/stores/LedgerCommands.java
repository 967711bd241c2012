package dev.counterfoil.sim.stores;

import dev.counterfoil.protocol.id.TransactionId;
import dev.counterfoil.settlement.account.AccountEvent;
import dev.counterfoil.settlement.core.TestServer;
import dev.counterfoil.settlement.core.TestTerminal;
import dev.counterfoil.settlement.freeze.FreezeOrder;
import dev.counterfoil.settlement.ingest.IngestRequest;
import dev.counterfoil.settlement.store.FreezeKind;
import dev.counterfoil.settlement.transfer.TransferLine;
import dev.counterfoil.settlement.transfer.TransferSubType;
import dev.counterfoil.settlement.withdrawal.WithdrawalDesk;
import dev.counterfoil.settlement.withdrawal.WithdrawalRules;
import dev.counterfoil.settlement.withdrawal.WithdrawalWay;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Function;
import java.util.stream.IntStream;

/// Draws commands for a server from a seed: what holders, terminals and operators do, right and wrong, once and again. What
/// it chooses among are its own past draws, never a server's answers, so that a server that goes astray cannot lead it.
final class LedgerCommands {

  private static final int SITE = TestServer.SITE;
  private static final int MOST_ACCOUNTS = 40;
  private static final long[] AMOUNTS = {1, 99, 100, 250, 1_000, 3_333, 20_000};
  private static final List<String> OPERATORS = List.of("anna", "bert", "carl");

  private final SplittableRandom random;
  private final List<TestTerminal> terminals;
  private final List<Asked> asked = new ArrayList<>();
  private final List<TransactionId> sales = new ArrayList<>();
  private final List<TransactionId> moves = new ArrayList<>();
  private final List<TransactionId> all = new ArrayList<>();
  private int accounts;
  private int cards;
  private int freezes;
  private int requests;
  private long ids;
  private final GatewayCommands gateways;
  private final GuardedCommands guarded;
  private final MealCommands meals;

  /// One command, the same for every server.
  ///
  /// @param name for the failure text
  /// @param deed what it does; its result is compared by its text
  record Command(String name, Function<TestServer, Object> deed) {

    @Override
    public String toString() {
      return name;
    }
  }

  /// A purchase that a terminal asked about.
  private record Asked(TransactionId id, int card, long amount) {}

  /// @param terminals whose journals grow with the sales that are drawn
  LedgerCommands(long seed, List<TestTerminal> terminals) {
    this.random = new SplittableRandom(seed);
    this.terminals = terminals;
    this.gateways = new GatewayCommands(random.split(), this);
    this.guarded = new GuardedCommands(random.split(), this);
    this.meals = new MealCommands(random.split(), this);
  }

  TransactionId sale() {
    return one(sales);
  }

  /// Something that may be reversed or given back later.
  TransactionId newMove() {
    TransactionId id = id();
    moves.add(id);
    return id;
  }

  Command next() {
    return switch (random.nextInt(61)) {
      case 0 -> accounts < MOST_ACCOUNTS ? open() : recharge();
      case 1 -> issue();
      case 2, 3, 4, 5, 6 -> recharge();
      case 7, 8, 9, 10, 11 -> authorize();
      case 12 -> cancel();
      case 13, 14, 15, 16, 17 -> sell();
      case 18 -> pushAgain();
      case 19, 20 -> refund();
      case 21, 22 -> send();
      case 23 -> giveBack();
      case 24 -> sendAll();
      case 25, 26 -> freeze();
      case 27 -> unfreeze();
      case 28 -> withdraw();
      case 29, 30 -> step();
      case 31 -> adjust();
      case 32 -> decide();
      case 33 -> reverse();
      case 34 -> restrict();
      case 35 -> happen();
      case 36 -> changeCard();
      case 37, 38 -> pass();
      case 39 -> new Command("restart", server -> {
        server.restart();
        return "";
      });
      case 55, 56, 57, 58, 59, 60 -> meals.next();
      case 40, 41, 42, 43, 44, 45, 46, 47, 48, 49 -> gateways.next();
      default -> guarded.next();
    };
  }

  long amount() {
    return AMOUNTS[random.nextInt(AMOUNTS.length)];
  }

  /// Mostly one that exists.
  long account() {
    return 1 + random.nextInt(accounts + 1);
  }

  int card() {
    return 1 + random.nextInt(cards + 1);
  }

  String operator() {
    return OPERATORS.get(random.nextInt(OPERATORS.size()));
  }

  TestTerminal terminal() {
    return terminals.get(random.nextInt(terminals.size()));
  }

  /// A new name, or now and then one that was used before, for the same or for something else.
  TransactionId id() {
    if (!all.isEmpty() && random.nextInt(12) == 0) {
      return all.get(random.nextInt(all.size()));
    }
    ids++;
    var id = new TransactionId(0x0192_0000_0000_7000L + ids, 0x8000_0000_0000_0000L + ids);
    all.add(id);
    return id;
  }

  TransactionId one(List<TransactionId> of) {
    return of.isEmpty() ? id() : of.get(random.nextInt(of.size()));
  }

  private Command open() {
    accounts++;
    long opening = random.nextInt(3) == 0 ? 0 : amount() * 50;
    String holder = "holder " + accounts;
    TransactionId id = id();
    return new Command("open " + holder + " " + opening,
        server -> server.core
            .inTurn(core -> core.accounts().open(SITE, holder, true, opening, id, server.now)));
  }

  private Command issue() {
    cards++;
    int card = cards;
    long account = account();
    return new Command("issue " + card + " to " + account, server -> server.core
        .inTurn(core -> core.cards().issue(SITE, TestServer.token(card), account, server.now)));
  }

  private Command recharge() {
    long account = account();
    long amount = amount() * 20;
    TransactionId id = id();
    moves.add(id);
    return new Command("recharge " + account + " " + amount + " " + id, server -> server.core
        .inTurn(core -> core.accounts().rechargeByCash(SITE, account, amount, id, server.now)));
  }

  private Command authorize() {
    TestTerminal terminal = terminal();
    int card = card();
    long amount = amount();
    TransactionId id = id();
    asked.add(new Asked(id, card, amount));
    return new Command("authorize " + id + " " + card + " " + amount,
        server -> server.authorize(terminal, id, card, amount));
  }

  private Command cancel() {
    TestTerminal terminal = terminal();
    TransactionId id = asked().id();
    return new Command("cancel " + id, server -> server.core.cancel(terminal.id, id, server.now));
  }

  /// One to five records of a terminal in one batch.
  private Command sell() {
    TestTerminal terminal = terminal();
    long from = terminal.head.seq() + 1;
    IntStream.rangeClosed(0, random.nextInt(5)).forEach(_ -> write(terminal));
    IngestRequest batch = terminal.push(from);
    return new Command("push " + from + " to " + terminal.head.seq(), server -> server.push(batch));
  }

  private void write(TestTerminal terminal) {
    long amount = amount();
    TransactionId id = id();
    switch (random.nextInt(10)) {
      case 0, 1 -> terminal.cashSale(id, amount);
      case 2 -> terminal.voidSale(id(), one(sales), amount);
      case 3 -> terminal.decline(id, amount);
      case 4 -> terminal.tillSale(id, TestServer.token(card()), amount, "bill " + random.nextInt(200));
      case 5 -> terminal.cardSale(id, TestServer.token(card()), amount, true);
      default -> id = sellWhatWasAsked(terminal);
    }
    sales.add(id);
  }

  /// Mostly for what was asked, now and then for more, less or with another card.
  private TransactionId sellWhatWasAsked(TestTerminal terminal) {
    Asked before = asked();
    long amount = random.nextInt(4) == 0 ? amount() : before.amount();
    int card = random.nextInt(8) == 0 ? card() : before.card();
    terminal.cardSale(before.id(), TestServer.token(card), amount, false);
    return before.id();
  }

  /// One of the last purchases that were asked about: the older ones have ended.
  private Asked asked() {
    return asked.isEmpty() ? new Asked(id(), card(), amount())
        : asked.get(asked.size() - 1 - random.nextInt(Math.min(20, asked.size())));
  }

  private Command pushAgain() {
    TestTerminal terminal = terminal();
    long to = 1 + random.nextLong(terminal.head.seq());
    IngestRequest batch = terminal.push(Math.max(1, to - random.nextInt(8)), to);
    return new Command("push again to " + to, server -> server.push(batch));
  }

  private Command refund() {
    TransactionId sale = one(sales);
    long amount = amount();
    TransactionId id = id();
    return new Command("refund " + amount + " of " + sale,
        server -> server.core.inTurn(core -> core.refunds().refund(SITE, sale, amount, id, server.now)));
  }

  private TransferLine line() {
    return new TransferLine(account(), account(), amount());
  }

  private Command send() {
    TransferLine line = line();
    String operator = operator();
    TransactionId id = id();
    moves.add(id);
    return new Command("send " + line, server -> server.core
        .inTurn(core -> core.transfers().send(SITE, line, operator, "gift", id, server.now)));
  }

  private Command giveBack() {
    TransactionId sent = one(moves);
    long amount = amount();
    TransactionId id = id();
    return new Command("give back " + amount + " of " + sent, server -> server.core
        .inTurn(core -> core.transfers().giveBack(SITE, sent, amount, "anna", "wrong", id, server.now)));
  }

  private Command sendAll() {
    List<TransferLine> lines = IntStream.rangeClosed(0, random.nextInt(4)).mapToObj(_ -> line()).toList();
    TransactionId id = id();
    return new Command("send all " + lines, server -> server.core.inTurn(
        core -> core.transfers().sendAll(SITE, TransferSubType.BATCH, lines, "bert", "wages", id,
            server.now)));
  }

  private Command freeze() {
    freezes++;
    boolean whole = random.nextInt(12) == 0;
    FreezeKind kind = FreezeKind.values()[random.nextInt(FreezeKind.values().length)];
    FreezeOrder order = whole ? FreezeOrder.ofAccount(account(), kind, "looked into", operator())
        : FreezeOrder.ofAmount(account(), amount(), kind, "looked into", operator());
    long lasts = random.nextBoolean() ? 0 : random.nextLong(7_200_000);
    TransactionId id = id();
    return new Command("freeze " + order + " for " + lasts,
        server -> server.core.inTurn(core -> core.freezes()
            .freeze(SITE, lasts == 0 ? order : order.until(server.now + lasts), id, server.now)));
  }

  private Command unfreeze() {
    long number = 1 + random.nextInt(freezes + 1);
    return new Command("unfreeze " + number, server -> server.core
        .inTurn(core -> core.freezes().unfreeze(SITE, number, true, "all well", "carl", server.now)));
  }

  private Command withdraw() {
    requests++;
    var order = new WithdrawalDesk.Order(account(), amount(),
        random.nextBoolean() ? WithdrawalWay.BANK : WithdrawalWay.DRAWER,
        "moves away", operator());
    TransactionId id = id();
    return new Command("withdraw " + order, server -> server.core
        .inTurn(core -> core.withdrawals().request(SITE, order, id, server.now)));
  }

  private Command step() {
    long number = request();
    String by = operator();
    WithdrawalRules.Event event = switch (random.nextInt(7)) {
      case 0, 1, 2 -> new WithdrawalRules.Event.Approve(by);
      case 3 -> new WithdrawalRules.Event.Reject(by);
      case 4, 5 -> new WithdrawalRules.Event.Paid(by);
      default -> new WithdrawalRules.Event.Failed(by);
    };
    return new Command(event + " of " + number, server -> server.core
        .inTurn(core -> core.withdrawals().step(SITE, number, event, "said so", server.now)));
  }

  /// More than half of all are refused and have no number.
  private long request() {
    return 1 + random.nextInt(requests / 2 + 1);
  }

  private Command adjust() {
    requests++;
    long account = account();
    long amount = random.nextBoolean() ? amount() : -amount();
    String by = operator();
    TransactionId id = id();
    moves.add(id);
    return new Command("adjust " + account + " by " + amount, server -> server.core.inTurn(
        core -> core.adjustments().request(SITE, account, amount, "miscounted", by, id, server.now)));
  }

  private Command decide() {
    long number = request();
    String by = operator();
    return random.nextInt(3) > 0
        ? new Command("approve " + number, server -> server.core
            .inTurn(core -> core.adjustments().approve(SITE, number, by, server.now)))
        : new Command("reject " + number, server -> server.core
            .inTurn(core -> core.adjustments().reject(SITE, number, "no", by, server.now)));
  }

  private Command reverse() {
    TransactionId target = one(moves);
    String by = operator();
    TransactionId id = id();
    if (random.nextBoolean()) {
      return new Command("reverse " + target, server -> server.core
          .inTurn(core -> core.adjustments().reverse(SITE, target, "mistyped", by, id, server.now)));
    }
    requests++;
    return new Command("ask to reverse " + target, server -> server.core
        .inTurn(core -> core.adjustments().requestReversal(SITE, target, "mistyped", by, id, server.now)));
  }

  private Command restrict() {
    long account = account();
    boolean restricted = random.nextInt(6) == 0;
    long most = random.nextInt(4) > 0 ? 0 : amount();
    return new Command("restrict " + account + " " + restricted + " " + most,
        server -> server.core.inTurn(core -> List.of(
            core.accounts().changeRestriction(SITE, account, restricted, server.now),
            core.accounts().changeLimits(SITE, account, most, most * 10, 0, server.now))));
  }

  private Command happen() {
    long account = account();
    AccountEvent event = switch (random.nextInt(16)) {
      case 0 -> new AccountEvent.LossReported("lost");
      case 1 -> new AccountEvent.Closed("left");
      case 2, 3, 4, 5, 6, 7, 8 -> new AccountEvent.LossLifted("found");
      default -> new AccountEvent.Activated();
    };
    return new Command(event + " to " + account, server -> server.core
        .inTurn(core -> core.accounts().apply(SITE, account, event, server.now)));
  }

  private Command changeCard() {
    int card = card();
    return switch (random.nextInt(8)) {
      case 0 -> new Command("lost " + card, server -> server.core
          .inTurn(core -> core.cards().reportLost(SITE, TestServer.token(card), server.now)));
      case 1, 2, 3, 4, 5, 6 -> new Command("found " + card, server -> server.core
          .inTurn(core -> core.cards().found(SITE, TestServer.token(card), server.now)));
      default -> {
        cards++;
        int next = cards;
        yield new Command("reissue " + card + " as " + next, server -> server.core.inTurn(
            core -> core.cards().reissue(SITE, TestServer.token(card), TestServer.token(next), server.now)));
      }
    };
  }

  /// Time goes by: a moment, or long enough for holds and freezes to end.
  private Command pass() {
    long millis = random.nextInt(6) > 0 ? random.nextLong(5_000) : random.nextLong(1_800_000);
    return new Command("pass " + millis + " ms", server -> {
      server.now += millis;
      return server.core.tick(server.now);
    });
  }
}
