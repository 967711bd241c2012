package dev.counterfoil.settlement.api;

import dev.counterfoil.settlement.core.SettlementCore;
import dev.counterfoil.settlement.operator.Permission;
import dev.counterfoil.settlement.request.Done;
import dev.counterfoil.settlement.store.AccountRow;
import dev.counterfoil.settlement.store.PriceTerms;
import java.util.List;
import java.util.function.Function;
import tools.jackson.databind.node.ObjectNode;

/// By which terms terminals price what an account buys: the class of its cards and its holder's own discount.
final class TermsRoutes {

  private static final Access MANAGE = new Access.Needs(Permission.ACCOUNT_MANAGE);
  private static final String ID = "accountId";

  private TermsRoutes() {}

  static List<Route> routes() {
    return List.of(Route.change(Verb.PUT, "/accounts/{accountId}/terms", MANAGE, "ACCOUNT_TERMS",
        TermsRoutes::set));
  }

  private static Function<SettlementCore, Done> set(Call call) {
    long account = call.number(ID);
    int cardClass = Math.toIntExact(call.body().number("cardClass", 1, PriceTerms.MOST_CLASS));
    int discount = Math.toIntExact(call.body().number("discountPermille", 0, PriceTerms.MOST_DISCOUNT));
    call.body().reason();
    return server -> {
      String before = told(server.accounts().existing(call.site(), account));
      AccountRow after = server.accounts().changeTerms(call.site(), account,
          new PriceTerms(cardClass, discount), call.nowMs());
      ObjectNode view = Body.object().put(ID, account);
      view.setAll(AccountView.terms(after));
      return new Done(200, view.toString(), "account " + account, before, told(after));
    };
  }

  private static String told(AccountRow row) {
    return "class=" + row.terms().cardClass() + " discount=" + row.terms().discountPermille();
  }
}
