package dev.counterfoil.settlement.api;

import dev.counterfoil.protocol.card.CardToken;
import dev.counterfoil.protocol.id.TransactionId;
import dev.counterfoil.protocol.money.Money;
import dev.counterfoil.settlement.account.RefusedException;
import dev.counterfoil.settlement.authorization.PasswordTry;
import dev.counterfoil.settlement.authorization.PredebitDesk;
import dev.counterfoil.settlement.authorization.PredebitSettlement;
import dev.counterfoil.settlement.circuit.GuardedOperation;
import dev.counterfoil.settlement.core.SettlementCore;
import dev.counterfoil.settlement.operator.Permission;
import dev.counterfoil.settlement.password.HolderPasswords;
import dev.counterfoil.settlement.request.Done;
import dev.counterfoil.settlement.secret.PasswordCheck;
import dev.counterfoil.settlement.store.AccountPasswordRow;
import dev.counterfoil.settlement.store.AuthorizationOutcome;
import dev.counterfoil.settlement.store.CardRow;
import dev.counterfoil.settlement.store.PredebitRow;
import dev.counterfoil.settlement.store.SaleSubType;
import dev.counterfoil.settlement.store.SettlementReads;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.function.Function;
import tools.jackson.databind.node.ObjectNode;

/// `/predebits`: provisional charges at a counter or cabinet, settled with the final amount later (PAY-24). Passwords are
/// compared on the request's thread, a few at a time.
final class PredebitRoutes {

  private static final Access VIEW = new Access.Needs(Permission.ACCOUNT_VIEW);
  private static final Access CHARGE = new Access.Needs(Permission.CHARGE);
  private static final String ID = "transactionId";
  private static final int COMPARED_AT_ONCE = 2;

  private final Function<byte[], CardToken> tokens;
  private final HolderPasswords passwords;
  private final Readers readers;
  private final Semaphore comparing = new Semaphore(COMPARED_AT_ONCE);

  /// @param tokens makes a token of a card's number, with the installation's card key
  PredebitRoutes(Function<byte[], CardToken> tokens, HolderPasswords passwords, Readers readers) {
    this.tokens = tokens;
    this.passwords = passwords;
    this.readers = readers;
  }

  List<Route> routes() {
    return List.of(Route.read("/predebits", VIEW, PredebitRoutes::list),
        Route.read("/predebits/{transactionId}", VIEW, PredebitRoutes::one),
        Route.guarded(Verb.POST, "/predebits", CHARGE, "PREDEBIT", GuardedOperation.CONSUME_CHARGE,
            this::open),
        Route.guarded(Verb.POST, "/predebits/{transactionId}/settlement", CHARGE, "PREDEBIT_SETTLE",
            GuardedOperation.CONSUME_CHARGE, PredebitRoutes::settle),
        Route.change(Verb.POST, "/predebits/{transactionId}/cancellation", CHARGE, "PREDEBIT_CANCEL",
            PredebitRoutes::cancel));
  }

  private static ObjectNode list(Call call, SettlementReads reads) {
    Page page = Page.of(call.query());
    PredebitRow.State state = call.query().choice("state", PredebitRow.State.class, PredebitRow.State.HELD);
    return page.of(reads.predebits().predebits(call.site(), state, page.after(), page.limit()),
        PredebitRow::number, PredebitRoutes::view);
  }

  private static ObjectNode one(Call call, SettlementReads reads) {
    TransactionId id = call.transactionIn(ID);
    return reads.predebits().predebit(call.site(), id).map(PredebitRoutes::view)
        .or(() -> reads.authorizations(call.site(), List.of(id)).stream()
            .filter(row -> row.outcome() == AuthorizationOutcome.DECLINED)
            .map(row -> declined(id, row.amount(), row.reason())).findFirst())
        .orElseThrow(() -> new ApiException("PREDEBIT_UNKNOWN", "transactionId=" + id));
  }

  private Function<SettlementCore, Done> open(Call call) {
    Body body = call.body();
    CardToken card = tokens.apply(CardRoutes.uid(body.text("uid", 40)));
    long amount = body.amount("amount");
    String password = body.has("password") ? new String(body.secret("password")) : "";
    var wish = new PredebitDesk.Wish((int) body.number("terminal", 1, Integer.MAX_VALUE), card, amount,
        password, body.choice("subType", SaleSubType.class, SaleSubType.POS),
        body.text("consumerIp", 45, ""), call.operator());
    Optional<PasswordTry> tried = password.isEmpty() || !passwords.rules().demand(amount) ? Optional.empty()
        : compared(call.site(), card, password);
    return server -> switch (server.predebits().open(call.site(), wish, tried, call.transaction(),
        call.nowMs())) {
      case PredebitDesk.Answer.Held(PredebitRow row) -> done(201, row, "");
      case PredebitDesk.Answer.Declined(TransactionId id, long asked, String reason) ->
        new Done(200, declined(id, asked, reason).toString(), "terminal " + wish.terminal(), "",
            "declined " + Money.decimal(asked) + " " + reason);
    };
  }

  private Optional<PasswordTry> compared(int site, CardToken card, String password) {
    Optional<String> stored = readers.read(reads -> reads.card(site, card).map(CardRow::account)
        .flatMap(account -> reads.profiles().password(site, account)).filter(AccountPasswordRow::isSet)
        .map(AccountPasswordRow::password));
    if (stored.isPresent() && !comparing.tryAcquire()) {
      throw new RefusedException("SYSTEM_BUSY", "too many passwords are being compared; try again");
    }
    try {
      return stored.map(hash -> new PasswordTry(hash, isRight(hash, password.toCharArray())));
    } finally {
      stored.ifPresent(_ -> comparing.release());
    }
  }

  private boolean isRight(String stored, char[] typed) {
    try {
      return passwords.hashes().verify(stored, typed) != PasswordCheck.Match.WRONG;
    } finally {
      Arrays.fill(typed, '\0');
    }
  }

  private static Function<SettlementCore, Done> settle(Call call) {
    TransactionId id = call.transactionIn(ID);
    var wish = new PredebitSettlement.Final(call.body().amount("amount"),
        call.body().flag("takeWhatIsThere", false), call.operator());
    return server -> done(200, server.predebitSettlement().settle(call.site(), id, wish, call.nowMs()),
        PredebitRow.State.HELD.name());
  }

  private static Function<SettlementCore, Done> cancel(Call call) {
    TransactionId id = call.transactionIn(ID);
    return server -> done(200,
        server.predebitSettlement().cancel(call.site(), id, call.operator(), call.nowMs()),
        PredebitRow.State.HELD.name());
  }

  private static Done done(int status, PredebitRow row, String before) {
    String after = row.state() == PredebitRow.State.SETTLED ? "SETTLED " + Money.decimal(row.taken())
        : row.state().name() + " " + Money.decimal(row.held());
    return new Done(status, view(row).toString(),
        "account " + row.account() + " transaction " + row.transaction(), before, after);
  }

  private static ObjectNode view(PredebitRow row) {
    ObjectNode node = Body.object().put(ID, row.transaction().toString()).put("state", row.state().name())
        .put("accountId", row.account()).put("terminal", row.terminal())
        .put("held", Money.decimal(row.held())).put("currency", row.asset())
        .put("subType", row.subType().name()).put("openedAt", Views.time(row.openedMs()))
        .put("openedBy", row.operator()).put("settleBefore", Views.time(row.dueMs()));
    if (row.endedMs() != 0) {
      node.put("charged", Money.decimal(row.taken()))
          .put("back", Money.decimal(Math.max(0, row.held() - row.taken())))
          .put("unpaid", Money.decimal(row.unpaid())).put("endedAt", Views.time(row.endedMs()))
          .put("endedBy", row.endedBy());
    }
    return node;
  }

  private static ObjectNode declined(TransactionId id, long amount, String reason) {
    return Body.object().put(ID, id.toString()).put("state", "DECLINED").put("held", "0.00")
        .put("asked", Money.decimal(amount)).put("reason", reason);
  }
}
