package dev.counterfoil.settlement.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.counterfoil.settlement.operator.Role;
import dev.counterfoil.settlement.store.SiteRow;
import dev.counterfoil.trace.Requirement;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Every route, every role: what the document says is what the server does. And nobody reaches another site.
class PermissionMatrixTest {

  private static final Path DOCUMENT = Path.of(System.getProperty("counterfoil.root", ".."))
      .resolve("docs/PERMISSIONS.md");

  @TempDir
  Path folder;
  private ApiRig rig;

  @BeforeEach
  void open() throws Exception {
    rig = new ApiRig(folder);
  }

  @AfterEach
  void close() {
    rig.close();
  }

  @Test
  @Requirement({"SEC-05"})
  void everyRouteLetsInWhomTheDocumentNames() throws Exception {
    for (Role role : Role.values()) {
      rig.operator(name(role), role);
    }
    var found = new StringBuilder();
    for (Route route : rig.routes.routes()) {
      found.append("| ").append(route.verb()).append(" | `").append(route.path()).append("` |");
      for (Role role : Role.values()) {
        found.append(" ").append(isLetIn(route, role) ? "x" : "").append(" |");
      }
      found.append('\n');
    }
    assertThat(Files.readString(DOCUMENT)).as("docs/PERMISSIONS.md").contains(found);
  }

  /// Nothing is done by it: keys are missing, and what is named does not exist.
  private boolean isLetIn(Route route, Role role) throws Exception {
    if (route.handler() instanceof Route.Handler.Session) {
      return route.access() instanceof Access.Anybody
          || rig.get("/sessions/current", name(role)).status() == 200;
    }
    var answer = rig.send(route.verb().name(), filled(route), name(role), "{}");
    assertThat(answer.status()).as("%s %s as %s: %s", route.verb(), route.path(), role, answer.answer())
        .isNotEqualTo(401).isNotEqualTo(500);
    return answer.status() != 403;
  }

  @Test
  void withoutASessionEveryRouteButSigningInIsClosed() throws Exception {
    for (Route route : rig.routes.routes()) {
      if (!(route.access() instanceof Access.Anybody)) {
        assertThat(rig.send(route.verb().name(), filled(route), null, "{}").status()).as("%s", route)
            .isEqualTo(401);
      }
    }
  }

  @Test
  void whatBelongsToAnotherSiteIsNotThere() throws Exception {
    String mine = rig.sold(1, 1000, 500).toString();
    rig.server.core.registry().putSite(new SiteRow(2, "other", "CNY"));
    rig.recruitAt(2, "stranger", Role.FINANCE);

    assertThat(rig.get("/accounts", "stranger").answer().path("data").path("items").size()).isZero();
    assertThat(rig.get("/terminals", "stranger").answer().path("data").path("items").size()).isZero();
    assertThat(rig.get("/accounts/1", "stranger").status()).isEqualTo(404);
    assertThat(rig.get("/transactions/" + mine, "stranger").status()).isEqualTo(404);
    assertThat(rig.post("/accounts/1/recharge", "stranger", "{\"amount\":\"5.00\"}").status()).isEqualTo(404);
    assertThat(rig.post("/transactions/" + mine + "/refunds", "stranger",
        "{\"amount\":\"5.00\",\"reason\":\"mine now\"}").status()).isEqualTo(404);
    assertThat(
        rig.post("/accounts/1/freezes", "stranger", "{\"kind\":\"SECURITY\",\"reason\":\"x\"}").status())
        .isEqualTo(404);
    String token = rig.token("stranger");
    assertThat(
        rig.send("GET", "/accounts/1", null, "", "Authorization", "Bearer 1" + token.substring(1)).status())
        .as("a session of site 2 under the number of site 1").isEqualTo(401);
  }

  private static String filled(Route route) {
    return route.path().replace("{transactionId}", "0".repeat(32)).replace("{token}", "0".repeat(40))
        .replaceAll("\\{\\w+}", "999999");
  }

  private static String name(Role role) {
    return Stream.of(role.name().toLowerCase(Locale.ROOT).split("_")).collect(Collectors.joining("."));
  }
}
