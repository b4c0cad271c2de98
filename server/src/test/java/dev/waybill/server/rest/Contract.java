package dev.waybill.server.rest;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.InputFormat;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// Holds answers against the OpenAPI document, by a validator that is not ours.
final class Contract {

  private final JsonObject document;
  private final SchemaRegistry registry =
      SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12);

  /// @param document the OpenAPI document, as a client reads it
  Contract(JsonObject document) {
    this.document = document;
  }

  /// An operation of the document.
  ///
  /// @param served whether it lies under the API's path
  record Operation(String id, String method, String path, JsonObject said, boolean served) {

    String role() {
      String role = said.text("x-role");
      return role == null ? "" : role;
    }

    @Override
    public String toString() {
      return id;
    }
  }

  static JsonObject part(JsonObject object, String... names) {
    JsonObject found = object;
    for (String name : names) {
      JsonObject next = found.object(name);
      assertThat(next).as(name).isNotNull();
      found = java.util.Objects.requireNonNull(next);
    }
    return found;
  }

  List<Operation> operations() {
    var operations = new ArrayList<Operation>();
    JsonObject paths = part(document, "paths");
    for (String path : paths.members().keySet()) {
      JsonObject item = part(paths, path);
      for (String method : List.of("get", "post", "put", "patch", "delete")) {
        JsonObject operation = item.object(method);
        if (operation != null) {
          operations.add(
              new Operation(
                  operation.required("operationId"),
                  method.toUpperCase(Locale.ROOT),
                  path,
                  operation,
                  !item.has("servers")));
        }
      }
    }
    return operations;
  }

  /// Status, content type and body must be as the document says.
  void requireKept(Operation operation, ApiServer.Reply reply) {
    JsonObject responses = part(operation.said(), "responses");
    String status = Integer.toString(reply.status());
    assertThat(responses.members())
        .as(operation.id() + " answered " + status + ": " + reply.text())
        .containsKey(status);
    JsonObject response = resolved(part(responses, status));
    JsonObject content = response.object("content");
    if (content == null) {
      assertThat(reply.text()).as(operation.id()).isEmpty();
      return;
    }
    String type = reply.header("content-type").replaceAll(";.*", "");
    assertThat(content.members()).as(operation.id()).containsKey(type);
    if (type.equals("application/json")) {
      requireValid(part(content, type, "schema"), operation.id(), reply.text());
    }
  }

  /// The body of a problem must be one.
  void requireProblem(String what, ApiServer.Reply reply) {
    requireValid(
        JsonObject.empty().put("$ref", "#/components/schemas/Problem"), what, reply.text());
    assertThat(reply.json().get("status")).as(what).isEqualTo((long) reply.status());
    assertThat(reply.text()).as(what).doesNotContain("dev.waybill", "java.lang", "Exception");
  }

  void requireValid(JsonObject schema, String what, String json) {
    JsonObject whole =
        schema
            .copy()
            .put("$schema", "https://json-schema.org/draft/2020-12/schema")
            .put("components", document.get("components"));
    var errors =
        registry.getSchema(whole.toString(), InputFormat.JSON).validate(json, InputFormat.JSON);
    assertThat(errors).as(what + " answered " + json).isEmpty();
  }

  private JsonObject resolved(JsonObject object) {
    String reference = object.text("$ref");
    return reference == null ? object : part(document, reference.substring(2).split("/", -1));
  }
}
