package dev.counterfoil.settlement.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.counterfoil.settlement.operator.Role;
import java.nio.file.Path;
import java.time.LocalDate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/// Ordered meals over HTTP, as a canteen's own booking page would use it.
class MealOrderApiTest {

  @TempDir
  private Path folder;
  private ApiRig rig;
  private String cashier;

  @BeforeEach
  void open() throws Exception {
    rig = new ApiRig(folder);
    cashier = rig.operator("li.wei", Role.CASHIER);
    rig.sold(1, 5_000, 700);
  }

  @AfterEach
  void close() {
    rig.close();
  }

  private static JsonNode done(ApiRig.Exchange exchange) {
    assertThat(exchange.answer().path("code").stringValue()).as("%s", exchange).isEqualTo("OK");
    return exchange.answer().path("data");
  }

  private static String code(ApiRig.Exchange exchange) {
    return exchange.answer().path("code").stringValue();
  }

  private LocalDate today() {
    return rig.server.core.meals().today(rig.server.now);
  }

  private String lunch(LocalDate day) {
    return "{\"day\":\"" + day + "\",\"mealPeriod\":2,\"dish\":\"红烧肉\",\"copies\":2,\"total\":\"27.00\"}";
  }

  @Test
  void anOrderIsPlacedListedAndCancelledAndStandsInTheTrail() throws Exception {
    JsonNode placed = done(rig.post("/accounts/1/orders", cashier, lunch(today())));
    assertThat(placed.path("state").stringValue()).isEqualTo("OPEN");
    assertThat(placed.path("total").stringValue()).isEqualTo("27.00");
    assertThat(placed.path("operator").stringValue()).isEqualTo("li.wei");
    done(rig.post("/accounts/1/orders", cashier,
        "{\"day\":\"" + today().plusDays(1) + "\",\"mealPeriod\":1,\"dish\":\"粥\"}"));

    assertThat(done(rig.get("/orders", cashier)).path("items").size()).isEqualTo(2);
    assertThat(done(rig.get("/orders?until=" + today(), cashier)).path("items").size()).isEqualTo(1);
    assertThat(done(rig.get("/accounts/1/orders?from=" + today().plusDays(1), cashier)).path("items").path(0)
        .path("total").stringValue()).isEqualTo("0.00");

    JsonNode cancelled = done(rig.post("/orders/1/cancellation", cashier, "{}"));
    assertThat(cancelled.path("state").stringValue()).isEqualTo("CANCELLED");
    assertThat(cancelled.path("cancelledBy").stringValue()).isEqualTo("li.wei");
    String admin = rig.operator("boss", Role.SECURITY_ADMIN);
    assertThat(done(rig.get("/audit?limit=500", admin)).toString()).contains("ORDER_ADD", "ORDER_CANCEL");
  }

  @Test
  void whatIsWrongIsToldByCode() throws Exception {
    done(rig.post("/accounts/1/orders", cashier, lunch(today())));

    assertThat(code(rig.post("/accounts/1/orders", cashier, lunch(today())))).isEqualTo("ORDER_EXISTS");
    assertThat(code(rig.post("/accounts/1/orders", cashier, lunch(today().minusDays(1)))))
        .isEqualTo("ORDER_DAY_PAST");
    assertThat(code(rig.post("/accounts/99/orders", cashier, lunch(today())))).isEqualTo("ACCOUNT_UNKNOWN");
    assertThat(code(rig.post("/accounts/1/orders", cashier, lunch(today()).replace("27.00", "1000.01"))))
        .isEqualTo("ORDER_AMOUNT");
    assertThat(code(rig.post("/accounts/1/orders", cashier,
        lunch(today().plusDays(1)).replace("红烧肉", "一二三四五六七八九十一二三四五六七八九十一"))))
        .isEqualTo("ORDER_DISH_NAME");
    assertThat(code(rig.post("/accounts/1/orders", cashier, lunch(today()).replace("\":2,", "\":6,"))))
        .isEqualTo("FIELD_INVALID");
    assertThat(code(rig.get("/orders?from=yesterday", cashier))).isEqualTo("FIELD_INVALID");
    assertThat(code(rig.get("/orders/9", cashier))).isEqualTo("ORDER_UNKNOWN");
    assertThat(code(rig.post("/orders/9/cancellation", cashier, "{}"))).isEqualTo("ORDER_UNKNOWN");
    done(rig.post("/orders/1/cancellation", cashier, "{}"));
    assertThat(code(rig.post("/orders/1/cancellation", cashier, "{}"))).isEqualTo("ORDER_NOT_OPEN");
  }

  @Test
  void oneThatWasCollectedNamesItsRecord() throws Exception {
    done(rig.post("/accounts/1/orders", cashier, lunch(today())));
    var terminal = rig.server.terminal();
    terminal.mealSale(rig.server.transaction(), dev.counterfoil.settlement.core.TestServer.token(1), 2_700,
        1);
    rig.server.acknowledged(terminal.push(2));

    JsonNode order = done(rig.get("/orders/1", cashier));

    assertThat(order.path("state").stringValue()).isEqualTo("COLLECTED");
    assertThat(order.path("record").longValue()).isEqualTo(2);
    assertThat(code(rig.post("/orders/1/cancellation", cashier, "{}"))).isEqualTo("ORDER_NOT_OPEN");
  }
}
