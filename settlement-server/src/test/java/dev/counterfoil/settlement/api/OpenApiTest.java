package dev.counterfoil.settlement.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.counterfoil.proto.v1.Condition;
import dev.counterfoil.proto.v1.DeviceCondition;
import dev.counterfoil.protocol.id.TerminalId;
import dev.counterfoil.settlement.operator.Role;
import dev.counterfoil.settlement.terminals.TerminalWord;
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
      var said = Condition.newBuilder().setStartCause("POWER").setStarts(3).addDevices(
          DeviceCondition.newBuilder().setName("reader").setFault("READER_SILENT").setFailures(2)).build();
      rig.server.core.heard(new TerminalId(0x7000, 1), new TerminalWord("READY", "t/1", said),
          rig.server.now);
      rig.server.core.tick(rig.server.now);
      String finance = rig.operator("wang", Role.FINANCE);
      String admin = rig.operator("boss", Role.SECURITY_ADMIN);
      assertThat(rig.get("/terminals", finance).answer().path("data").path("items").size()).isEqualTo(1);
      var condition = rig.get("/terminals", finance).answer().path("data").path("items").path(0)
          .path("condition");
      assertThat(condition.path("startCause").stringValue()).isEqualTo("POWER");
      assertThat(condition.path("devices").path(0).path("condition").stringValue())
          .isEqualTo("READER_SILENT");
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
