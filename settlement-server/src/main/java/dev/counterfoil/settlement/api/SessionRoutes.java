package dev.counterfoil.settlement.api;

import dev.counterfoil.settlement.engine.CoreAccess;
import dev.counterfoil.settlement.operator.Operator;
import dev.counterfoil.settlement.operator.RolePermissions;
import dev.counterfoil.settlement.operator.Permission;
import dev.counterfoil.settlement.signin.SignInService;
import java.util.List;
import java.util.stream.Stream;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// Signing in, in two halves, and everything about the caller's own session.
final class SessionRoutes {

  private static final int LONGEST_NAME = 32;
  private static final int LONGEST_CODE = 32;
  private static final int LONGEST_TICKET = 64;
  private static final int DEFAULT_SITE = 1;

  private final SignInService signIn;
  private final Readers readers;
  private final CoreAccess core;

  SessionRoutes(SignInService signIn, Readers readers, CoreAccess core) {
    this.signIn = signIn;
    this.readers = readers;
    this.core = core;
  }

  List<Route> routes() {
    return List.of(session(Verb.POST, "/sessions", new Access.Anybody(), this::password),
        session(Verb.POST, "/sessions/code", new Access.Anybody(), this::code),
        session(Verb.GET, "/sessions/current", new Access.SignedIn(), call -> whoAmI(call.caller())),
        session(Verb.DELETE, "/sessions/current", new Access.SignedIn(), this::leave),
        session(Verb.PUT, "/sessions/current/password", new Access.SignedIn(), this::changePassword));
  }

  private static Route session(Verb verb, String path, Access access, Route.Signing signing) {
    return new Route(verb, path, access, new Route.Handler.Session(signing));
  }

  private ObjectNode password(Call call) {
    Body body = call.body();
    String name = body.text("name", LONGEST_NAME);
    int site = body.has("site") ? (int) body.number("site", 1, Integer.MAX_VALUE) : DEFAULT_SITE;
    char[] typed = body.secret("password");
    body.refuseUnknown();
    String ticket = readers.read(reads -> signIn.password(reads, site, name, typed));
    return Body.object().put("ticket", ticket).put("secondFactor", "CODE");
  }

  private ObjectNode code(Call call) {
    Body body = call.body();
    String ticket = body.text("ticket", LONGEST_TICKET);
    String code = body.text("code", LONGEST_CODE);
    body.refuseUnknown();
    SignInService.SignedIn in = readers.read(reads -> signIn.code(reads, ticket, code));
    ObjectNode answer = Body.object().put("token", new Bearer(in.operator().site(), in.token()).text())
        .put("idleSeconds", signIn.rules().idle().toSeconds())
        .put("longestSeconds", signIn.rules().longest().toSeconds());
    answer.setAll(operator(in.operator(), in.passwordDue()));
    return answer;
  }

  private ObjectNode whoAmI(Caller caller) {
    return operator(caller.operator(), caller.passwordDue());
  }

  private static ObjectNode operator(Operator operator, boolean passwordDue) {
    ObjectNode node = Body.object().put("operatorId", operator.number()).put("operatorName", operator.name())
        .put("site", operator.site()).put("role", operator.role().name()).put("passwordDue", passwordDue);
    ArrayNode permissions = node.putArray("permissions");
    Stream.of(Permission.values()).filter(each -> RolePermissions.allows(operator.role(), each))
        .forEach(each -> permissions.add(each.name()));
    return node;
  }

  private ObjectNode leave(Call call) {
    call.body().refuseUnknown();
    Caller caller = call.caller();
    core.call(server -> {
      server.operators().loggedOut(call.site(), caller.session(), call.now());
      return caller;
    });
    return Body.object();
  }

  private ObjectNode changePassword(Call call) {
    Body body = call.body();
    char[] old = body.secret("oldPassword");
    char[] next = body.secret("newPassword");
    body.refuseUnknown();
    Caller caller = call.caller();
    readers.read(reads -> {
      signIn.changePassword(reads, caller.operator(), caller.session(), old, next);
      return caller;
    });
    return Body.object();
  }
}
