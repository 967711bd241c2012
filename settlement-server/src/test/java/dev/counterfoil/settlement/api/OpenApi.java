package dev.counterfoil.settlement.api;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.networknt.schema.Error;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// docs/openapi.yaml, and whether an answer is one that it promises.
final class OpenApi {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final JsonNode DOCUMENT = read();
  private static final SchemaRegistry REGISTRY = SchemaRegistry
      .withDefaultDialect(SpecificationVersion.DRAFT_2020_12);
  private static final Map<String, Schema> SCHEMAS = new HashMap<>();

  private OpenApi() {}

  private static JsonNode read() {
    Path file = Path.of(System.getProperty("counterfoil.root", "..")).resolve("docs/openapi.yaml");
    try {
      return new YAMLMapper().readTree(Files.readString(file));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Every operation of the document, such as `GET /accounts`.
  static List<String> operations() {
    List<String> all = new ArrayList<>();
    DOCUMENT.path("paths").fields()
        .forEachRemaining(path -> path.getValue().fieldNames().forEachRemaining(verb -> {
          if (!verb.equals("parameters")) {
            all.add(verb.toUpperCase(Locale.ROOT) + " " + path.getKey());
          }
        }));
    return all;
  }

  /// What the document calls an operation.
  static String operationId(String method, String path) {
    return DOCUMENT.path("paths").path(path).path(method.toLowerCase(Locale.ROOT)).path("operationId")
        .asText();
  }

  /// What is wrong with an answer; empty if nothing is, or if the document has no such path.
  ///
  /// @param path as it was asked for, with everything behind the question mark
  static List<String> problems(String method, String path, int status, String answer) {
    Optional<String> schema = pathOf(path.replaceFirst("\\?.*", ""))
        .map(known -> DOCUMENT.path("paths").path(known).path(method.toLowerCase(Locale.ROOT))
            .path("responses"))
        .filter(responses -> !responses.isMissingNode())
        .map(responses -> responses.path(Integer.toString(status)))
        .map(response -> response.isMissingNode() ? "Refusal" : name(response));
    return validate(schema.orElse("Refusal"), answer);
  }

  private static String name(JsonNode response) {
    return response.at("/content/application~1json/schema/$ref").asText().replaceFirst(".*/", "");
  }

  /// A path without parameters goes before one with some.
  private static Optional<String> pathOf(String asked) {
    List<String> known = new ArrayList<>();
    DOCUMENT.path("paths").fieldNames().forEachRemaining(known::add);
    return known.stream().filter(path -> asked.matches(path.replaceAll("\\{\\w+}", "[^/]+")))
        .min((a, b) -> Boolean.compare(a.contains("{"), b.contains("{")));
  }

  private static synchronized List<String> validate(String name, String answer) {
    try {
      return SCHEMAS.computeIfAbsent(name, OpenApi::schema).validate(JSON.readTree(answer)).stream()
          .map(Error::toString).toList();
    } catch (JsonProcessingException e) {
      return List.of("no JSON: " + e.getMessage());
    }
  }

  /// The document's components at the root, so that its references hold.
  private static Schema schema(String name) {
    ObjectNode root = JSON.createObjectNode();
    root.put("$ref", "#/components/schemas/" + name);
    root.set("components", DOCUMENT.path("components"));
    return REGISTRY.getSchema(root);
  }
}
