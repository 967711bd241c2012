package dev.counterfoil.settlement.api;

import dev.counterfoil.protocol.money.Money;
import dev.counterfoil.settlement.account.AccountEvent;
import dev.counterfoil.settlement.core.SettlementCore;
import dev.counterfoil.settlement.operator.Permission;
import dev.counterfoil.settlement.request.Done;
import dev.counterfoil.settlement.store.AccountEventRow;
import dev.counterfoil.settlement.store.AccountProfileRow;
import dev.counterfoil.settlement.store.AccountRow;
import dev.counterfoil.settlement.store.SettlementReads;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import tools.jackson.databind.node.ObjectNode;

/// Applications (ACC-08) and everything that happens to an account's state afterwards (SM-01), but for freezing, which has
/// its own routes.
final class AccountStateRoutes {

  private static final Access VIEW = new Access.Needs(Permission.ACCOUNT_VIEW);
  private static final Access MANAGE = new Access.Needs(Permission.ACCOUNT_MANAGE);
  private static final String ID = "accountId";
  private static final int MOST_EVENTS = 500;

  private AccountStateRoutes() {}

  static List<Route> routes() {
    return Stream.concat(
        Stream.of(Route.read("/applications", VIEW, AccountStateRoutes::applications),
            Route.read("/accounts/{accountId}/events", VIEW, AccountStateRoutes::events),
            Route.change(Verb.POST, "/accounts/{accountId}/unrestrict", MANAGE, "ACCOUNT_UNRESTRICT",
                AccountStateRoutes::unrestrict)),
        Stream.of(
            event("approve", "ACCOUNT_APPROVE", _ -> new AccountEvent.Approved()),
            event("reject", "ACCOUNT_REJECT", body -> new AccountEvent.Rejected(body.reason())),
            event("activate", "ACCOUNT_ACTIVATE", _ -> new AccountEvent.Activated()),
            event("lost", "ACCOUNT_LOST", body -> new AccountEvent.LossReported(body.reasonOrNone())),
            event("found", "ACCOUNT_FOUND", body -> new AccountEvent.LossLifted(body.reasonOrNone())),
            event("close", "ACCOUNT_CLOSE", body -> new AccountEvent.Closed(body.reason()))))
        .toList();
  }

  private static ObjectNode applications(Call call, SettlementReads reads) {
    Page page = Page.of(call.query());
    return page.of(reads.profiles().applications(call.site(), page.after(), page.limit()),
        AccountProfileRow::account, profile -> reads.account(call.site(), profile.account())
            .map(row -> AccountView.summary(row).put("openedAt", Views.time(profile.openedMs())))
            .orElseThrow());
  }

  private static ObjectNode events(Call call, SettlementReads reads) {
    AccountRow row = AccountRoutes.known(call, reads);
    int last = (int) call.query().number("last", MOST_EVENTS, 1, MOST_EVENTS);
    return Page.whole(reads.profiles().accountEvents(call.site(), row.account(), last),
        AccountStateRoutes::view);
  }

  private static ObjectNode view(AccountEventRow row) {
    return Body.object().put("eventId", row.entry()).put(ID, row.account()).put("at", Views.time(row.atMs()))
        .put("event", row.event()).put("before", row.before().name()).put("after", row.after().name())
        .put("detail", row.detail());
  }

  private static Route event(String verb, String action, Function<Body, AccountEvent> read) {
    return Route.change(Verb.POST, "/accounts/{accountId}/" + verb, MANAGE, action, call -> {
      long account = call.number(ID);
      AccountEvent event = read.apply(call.body());
      return server -> {
        String before = server.accounts().existing(call.site(), account).status().name();
        AccountRow after = server.accounts().apply(call.site(), account, event, call.nowMs()).row();
        return new Done(200, AccountView.summary(after).toString(), "account " + account, before,
            after.status().name());
      };
    });
  }

  private static Function<SettlementCore, Done> unrestrict(Call call) {
    long account = call.number(ID);
    call.body().reason();
    return server -> {
      boolean before = server.accounts().existing(call.site(), account).restricted();
      AccountRow after = server.accounts().changeRestriction(call.site(), account, false, call.nowMs());
      return new Done(200, AccountView.summary(after).toString(), "account " + account,
          "restricted=" + before, "restricted=false");
    };
  }

  /// A limit as the trail shows it.
  static String limits(AccountRow row) {
    return "single=" + Money.decimal(row.perTapMinor()) + " daily=" + Money.decimal(row.perDayMinor())
        + " monthly=" + Money.decimal(row.perMonthMinor());
  }
}
