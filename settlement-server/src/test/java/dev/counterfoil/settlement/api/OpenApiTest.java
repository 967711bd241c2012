package dev.counterfoil.settlement.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.counterfoil.settlement.operator.Role;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The document has every route of the server and no other. That every answer of every test is one that the document
/// promises is checked where the tests send their requests.
class OpenApiTest {

  @TempDir
  Path folder;

  @Test
  void theDocumentHasEveryRouteAndNoOther() throws Exception {
    try (var rig = new ApiRig(folder)) {
      assertThat(OpenApi.operations()).containsExactlyInAnyOrderElementsOf(
          rig.routes.routes().stream().map(route -> route.verb() + " " + route.path()).toList());
    }
  }

  @Test
  void whatTheOfficeLooksAtIsAsPromised() throws Exception {
    try (var rig = new ApiRig(folder)) {
      rig.sold(1, 1000, 1_500);
      String finance = rig.operator("wang", Role.FINANCE);
      String admin = rig.operator("boss", Role.SECURITY_ADMIN);
      assertThat(rig.get("/terminals", finance).answer().path("data").path("items").size()).isEqualTo(1);
      assertThat(rig.get("/operators", admin).answer().path("data").path("items").size()).isEqualTo(2);
      assertThat(rig.get("/audit", admin).answer().path("data").path("items").size()).isPositive();
      long exception = rig.get("/exceptions", finance).answer().path("data").path("items").path(0)
          .path("exceptionId").longValue();
      assertThat(rig.post("/exceptions/" + exception + "/resolve", finance, "{\"resolution\":\"paid later\"}")
          .status())
          .isEqualTo(200);
      assertThat(
          rig.get("/exceptions?all=1", finance).answer().path("data").path("items").path(0).path("open")
              .booleanValue())
          .isFalse();
    }
  }

  @Test
  void anAnswerThatIsNotPromisedIsFound() {
    String good = "{\"code\":\"OK\",\"message\":\"Done.\",\"data\":{\"items\":[]}}";
    assertThat(OpenApi.problems("GET", "/terminals", 200, good)).isEmpty();
    assertThat(OpenApi.problems("GET", "/terminals", 200, good.replace("items", "things"))).isNotEmpty();
    assertThat(OpenApi.problems("GET", "/terminals", 200, good.replace("}}", "},\"more\":1}"))).isNotEmpty();
    assertThat(OpenApi.problems("GET", "/terminals", 404, good)).as("a refusal is none").isNotEmpty();
    assertThat(OpenApi.problems("GET", "/terminals", 404, "{\"code\":\"X_Y\",\"message\":\"m\"}")).isEmpty();
  }
}
