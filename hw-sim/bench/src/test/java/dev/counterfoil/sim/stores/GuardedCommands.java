package dev.counterfoil.sim.stores;

import dev.counterfoil.protocol.crypto.Sha256;
import dev.counterfoil.protocol.id.Hash;
import dev.counterfoil.protocol.id.TransactionId;
import dev.counterfoil.settlement.core.TestServer;
import dev.counterfoil.settlement.operator.ApprovalContent;
import dev.counterfoil.settlement.operator.GuardedAction;
import dev.counterfoil.settlement.operator.Operator;
import dev.counterfoil.settlement.operator.Role;
import dev.counterfoil.settlement.subsidy.Grant;
import dev.counterfoil.sim.stores.LedgerCommands.Command;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.TreeMap;

/// Draws what takes two operators, rightly and wrongly: refunds that one asks for and another one approves, rejects or takes
/// back; and subsidies, some of which end.
final class GuardedCommands {

  private static final int SITE = TestServer.SITE;
  private static final int RECENT = 6;
  private static final List<Operator> STAFF = List.of(new Operator(SITE, 1, "anna", Role.CASHIER, true),
      new Operator(SITE, 2, "bert", Role.FINANCE, true), new Operator(SITE, 3, "carl", Role.FINANCE, true),
      new Operator(SITE, 4, "dora", Role.AUDITOR, true));

  private final SplittableRandom random;
  private final LedgerCommands draws;
  private final List<Wanted> wanted = new ArrayList<>();

  /// A refund that somebody asked for; its place in the list is its number, less one.
  private record Wanted(TransactionId sale, long amount, Operator by) {

    ApprovalContent content() {
      var values = new TreeMap<String, String>();
      values.put("amount", Long.toString(amount));
      return new ApprovalContent(SITE, GuardedAction.REFUND, "transaction " + sale, values);
    }
  }

  GuardedCommands(SplittableRandom random, LedgerCommands draws) {
    this.random = random;
    this.draws = draws;
  }

  Command next() {
    return switch (random.nextInt(8)) {
      case 0, 1 -> ask();
      case 2, 3, 4 -> wanted.isEmpty() ? ask() : approve();
      case 5 -> wanted.isEmpty() ? ask() : end();
      default -> grant();
    };
  }

  private Operator anybody() {
    return STAFF.get(random.nextInt(STAFF.size()));
  }

  private Command ask() {
    var one = new Wanted(draws.sale(), draws.amount(), anybody());
    // What is refused has no number.
    if (one.by().may(GuardedAction.REFUND.toRequest())) {
      wanted.add(one);
    }
    return new Command(one + " asked for", server -> server.core.inTurn(core -> core.approvals()
        .request(one.content(), "{\"amount\":" + one.amount() + "}", one.by(), at(server))));
  }

  private static Instant at(TestServer server) {
    return Instant.ofEpochMilli(server.now);
  }

  private int recent() {
    return wanted.size() - random.nextInt(Math.min(RECENT, wanted.size()));
  }

  private Command approve() {
    int number = recent();
    Wanted one = wanted.get(number - 1);
    Operator by = anybody();
    Hash seen = random.nextInt(8) == 0 ? Sha256.hash(new byte[1]) : one.content().hash();
    TransactionId id = draws.id();
    return new Command(by.name() + " approves " + number + " " + one,
        server -> server.core.inTurn(core -> core.approvals().approve(SITE, number, by, seen, one.content(),
            at(server), () -> core.refunds().refund(SITE, one.sale(), one.amount(), id, server.now))));
  }

  private Command end() {
    int number = recent();
    Operator by = anybody();
    return random.nextBoolean()
        ? new Command(by.name() + " rejects " + number,
            server -> server.core.inTurn(core -> core.approvals().reject(SITE, number, by, at(server))))
        : new Command(by.name() + " takes back " + number,
            server -> server.core.inTurn(core -> core.approvals().withdraw(SITE, number, by, at(server))));
  }

  private Command grant() {
    long lasts = random.nextBoolean() ? 0 : 1 + random.nextLong(7_200_000);
    long account = draws.account();
    long amount = draws.amount() * 3;
    String name = "meal/" + random.nextInt(40);
    String by = draws.operator();
    TransactionId id = draws.id();
    return new Command("grant " + name + " of " + amount + " to " + account,
        server -> server.core.inTurn(core -> core.subsidies().grant(SITE, new Grant(account, name, amount,
            lasts == 0 ? 0 : server.now + lasts, name.length() % 2, "a hard month", by), id, server.now)));
  }
}
