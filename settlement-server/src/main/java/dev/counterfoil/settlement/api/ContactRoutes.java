package dev.counterfoil.settlement.api;

import dev.counterfoil.settlement.contact.ContactSeal;
import dev.counterfoil.settlement.core.SettlementCore;
import dev.counterfoil.settlement.operator.Permission;
import dev.counterfoil.settlement.request.Done;
import dev.counterfoil.settlement.store.AccountRow;
import dev.counterfoil.settlement.store.ContactRow;
import dev.counterfoil.settlement.store.SettlementReads;
import java.util.List;
import java.util.function.Function;
import java.util.regex.Pattern;
import tools.jackson.databind.node.ObjectNode;

/// How a holder is reached. Sealed in the database, never in the trail, found by its exact digits (SEC-02).
final class ContactRoutes {

  private static final Access VIEW = new Access.Needs(Permission.ACCOUNT_VIEW);
  private static final Access MANAGE = new Access.Needs(Permission.ACCOUNT_MANAGE);
  private static final Pattern PHONE = Pattern.compile("\\+?[0-9]{3,20}");
  private static final int LONGEST = 200;
  private static final String ID = "accountId";

  private final ContactSeal seal;

  ContactRoutes(ContactSeal seal) {
    this.seal = seal;
  }

  List<Route> routes() {
    return List.of(Route.read("/accounts/{accountId}/contact", VIEW, this::one),
        Route.change(Verb.PUT, "/accounts/{accountId}/contact", MANAGE, "CONTACT_SET", this::set),
        Route.read("/contacts", VIEW, this::find));
  }

  private ObjectNode one(Call call, SettlementReads reads) {
    AccountRow account = AccountRoutes.known(call, reads);
    String phone = reads.office().contact(call.site(), account.account()).map(seal::open).orElse("");
    return Body.object().put(ID, account.account()).put("phone", phone);
  }

  private Function<SettlementCore, Done> set(Call call) {
    long account = call.number(ID);
    String phone = phone(call.body().hidden("phone", LONGEST));
    ContactRow row = seal.seal(call.site(), account, phone);
    return server -> {
      server.contacts().put(row);
      return new Done(200, Body.object().put(ID, account).toString(), "account " + account, "",
          phone.isEmpty() ? "no telephone" : "telephone set");
    };
  }

  private ObjectNode find(Call call, SettlementReads reads) {
    String phone = phone(call.query().text("phone")
        .orElseThrow(() -> new ApiException("FIELD_MISSING", "query=phone")));
    List<Long> accounts = seal.phoneKeys(phone).stream()
        .flatMap(key -> reads.office().contactsByPhone(call.site(), key).stream()).map(ContactRow::account)
        .distinct().sorted().toList();
    return Page.whole(accounts, account -> AccountView.summary(reads.account(call.site(), account)
        .orElseThrow()));
  }

  /// A telephone number does not belong into an error text.
  private static String phone(String text) {
    String digits = text.replace(" ", "").replace("-", "");
    if (!digits.isEmpty() && !PHONE.matcher(digits).matches()) {
      throw new ApiException("FIELD_INVALID", "field=phone allowed=3 to 20 digits, a plus sign before them");
    }
    return digits;
  }
}
