package dev.counterfoil.settlement.api;

import dev.counterfoil.settlement.account.RefusedException;
import dev.counterfoil.settlement.core.SettlementCore;
import dev.counterfoil.settlement.operator.Permission;
import dev.counterfoil.settlement.password.HolderPasswords;
import dev.counterfoil.settlement.request.Done;
import dev.counterfoil.settlement.store.AccountPasswordRow;
import java.util.List;
import java.util.function.Function;

/// Passwords of accounts' purchases (PAY-28, ACC-25). Nothing that was typed is kept or logged; hashing takes long and is
/// done on the request's own thread.
final class PasswordRoutes {

  private static final Access MANAGE = new Access.Needs(Permission.ACCOUNT_MANAGE);
  private static final String ID = "accountId";
  private static final int LONGEST_QUESTION = 200;

  private final HolderPasswords passwords;

  PasswordRoutes(HolderPasswords passwords) {
    this.passwords = passwords;
  }

  List<Route> routes() {
    return List.of(
        Route.change(Verb.PUT, "/accounts/{accountId}/password", MANAGE, "PASSWORD_SET", this::set),
        Route.change(Verb.DELETE, "/accounts/{accountId}/password", MANAGE, "PASSWORD_REMOVE",
            call -> change(call, "", "removed")),
        Route.change(Verb.POST, "/accounts/{accountId}/password/unlock", MANAGE, "PASSWORD_UNLOCK",
            PasswordRoutes::unlock),
        Route.change(Verb.PUT, "/accounts/{accountId}/security-question", MANAGE, "SECURITY_QUESTION",
            this::question));
  }

  private Function<SettlementCore, Done> set(Call call) {
    String stored = passwords.stored(call.body().secret("password"))
        .orElseThrow(() -> new RefusedException("PASSWORD_DIGITS", "allowed=" + passwords.allowed()));
    return change(call, stored, "set");
  }

  private static Function<SettlementCore, Done> change(Call call, String stored, String after) {
    long account = call.number(ID);
    return server -> done(
        server.accounts().passwords().set(call.site(), account, stored, call.nowMs()), after);
  }

  private static Function<SettlementCore, Done> unlock(Call call) {
    long account = call.number(ID);
    return server -> done(server.accounts().passwords().unlock(call.site(), account, call.nowMs()),
        "unlocked");
  }

  private Function<SettlementCore, Done> question(Call call) {
    long account = call.number(ID);
    String question = call.body().text("question", LONGEST_QUESTION);
    String answer = passwords.storedAnswer(new String(call.body().secret("answer")));
    return server -> done(
        server.accounts().passwords().question(call.site(), account, question, answer, call.nowMs()),
        "question kept");
  }

  private static Done done(AccountPasswordRow row, String after) {
    return new Done(200,
        Body.object().put(ID, row.account()).put("passwordSet", row.isSet()).toString(),
        "account " + row.account(), "", after);
  }
}
