package dev.waybill.server.rest;

import io.helidon.http.Method;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/// The OpenAPI 3.1 document: of the routes, and of what `openapi.yaml` says of each.
final class OpenApi {

  private static final Pattern PATH_PARAMETER = Pattern.compile("\\{([a-z]+)}");

  private final JsonObject source;
  private final List<Route> routes;

  private OpenApi(JsonObject source, List<Route> routes) {
    this.source = source;
    this.routes = routes;
  }

  /// The document.
  ///
  /// @param url where the API begins: `/data/foundation/flowservice`
  static JsonObject document(List<Route> routes, String url) {
    try (InputStream in = OpenApi.class.getResourceAsStream("openapi.yaml")) {
      Object tree = new Load(LoadSettings.builder().build()).loadFromInputStream(in);
      var members = new LinkedHashMap<String, @Nullable Object>();
      ((Map<?, ?>) tree).forEach((name, value) -> members.put(String.valueOf(name), value));
      return new OpenApi(JsonObject.over(members).copy(), routes).document(url);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private JsonObject document(String url) {
    return JsonObject.empty()
        .put("openapi", "3.1.0")
        .put("info", source.get("info"))
        .put("servers", List.of(JsonObject.empty().put("url", url).members()))
        .put("tags", source.get("tags"))
        .put(
            "security",
            List.of(
                JsonObject.empty()
                    .put("bearer", List.of())
                    .put("apiKey", List.of())
                    .put("organisation", List.of())
                    .members()))
        .put("paths", paths())
        .put("components", components());
  }

  private JsonObject paths() {
    var paths = JsonObject.empty();
    for (Route route : routes) {
      JsonObject path = paths.has(route.path()) ? part(paths, route.path()) : JsonObject.empty();
      path.put(route.method().text().toLowerCase(Locale.ROOT), operation(route));
      paths.put(route.path(), path);
    }
    part(source, "paths").members().forEach(paths::put);
    return paths;
  }

  private static JsonObject part(JsonObject object, String name) {
    JsonObject part = object.object(name);
    if (part == null) {
      throw new IllegalStateException("openapi.yaml does not have " + name);
    }
    return part;
  }

  private JsonObject operation(Route route) {
    JsonObject said = part(part(source, "operations"), route.id());
    JsonObject operation =
        JsonObject.empty()
            .put("operationId", route.id())
            .put("tags", List.of(said.required("tag")))
            .put("summary", said.required("summary"))
            .put("description", said.text("description"))
            .put("x-role", route.role().name().toLowerCase(Locale.ROOT))
            .put("parameters", parameters(route, said));
    String body = said.text("body");
    if (body != null) {
      operation.put(
          "requestBody", JsonObject.empty().put("required", true).put("content", json(body)));
    }
    return operation.put("responses", responses(route, said, body != null));
  }

  private static JsonObject json(String schema) {
    return content("application/json", reference("schemas", schema));
  }

  private static JsonObject content(String type, JsonObject schema) {
    return JsonObject.empty().put(type, JsonObject.empty().put("schema", schema));
  }

  private static JsonObject reference(String kind, String name) {
    return JsonObject.empty().put("$ref", "#/components/" + kind + "/" + name);
  }

  private List<Object> parameters(Route route, JsonObject said) {
    var parameters = new ArrayList<Object>();
    var match = PATH_PARAMETER.matcher(route.path());
    while (match.find()) {
      parameters.add(
          JsonObject.empty()
              .put("name", match.group(1))
              .put("in", "path")
              .put("required", true)
              .put("schema", JsonObject.empty().put("type", "string"))
              .members());
    }
    parameters.add(reference("parameters", "sandbox").members());
    if (route.method().equals(Method.PATCH)) {
      parameters.add(reference("parameters", "ifMatchRequired").members());
    } else if (route.method().equals(Method.DELETE) || route.parameters().contains("op")) {
      parameters.add(reference("parameters", "ifMatch").members());
    }
    for (String name : route.parameters().stream().sorted().toList()) {
      parameters.add(
          name.equals("op") ? op(said).members() : reference("parameters", name).members());
    }
    return parameters;
  }

  private static JsonObject op(JsonObject said) {
    return JsonObject.empty()
        .put("name", "op")
        .put("in", "query")
        .put("required", true)
        .put("schema", JsonObject.empty().put("type", "string").put("enum", said.texts("op")));
  }

  private static JsonObject responses(Route route, JsonObject said, boolean hasBody) {
    String status = said.has("status") ? said.required("status") : "200";
    String answer = said.text("answer");
    String type = said.text("type");
    JsonObject success = JsonObject.empty().put("description", success(status));
    if (answer != null) {
      success.put("content", json(answer));
    } else if (type != null) {
      success.put("content", content(type, JsonObject.empty().put("type", "string")));
    }
    var responses = JsonObject.empty().put(status, success);
    problem(responses, "400");
    problem(responses, "401");
    problem(responses, "403");
    problem(responses, "404");
    if (route.method().equals(Method.PATCH)
        || route.method().equals(Method.DELETE)
        || route.parameters().contains("op")) {
      problem(responses, "412");
    }
    if (hasBody) {
      problem(responses, "413");
    }
    problem(responses, "429");
    problem(responses, "500");
    problem(responses, "503");
    return responses;
  }

  private static void problem(JsonObject responses, String status) {
    responses.put(status, reference("responses", "Problem"));
  }

  private static String success(String status) {
    return switch (status) {
      case "201" -> "Made.";
      case "204" -> "Done; there is nothing to say.";
      default -> "Done.";
    };
  }

  private JsonObject components() {
    var parameters = JsonObject.empty();
    part(source, "parameters")
        .members()
        .forEach(
            (name, value) ->
                parameters.put(
                    name, parameter(name, "query", false, part(part(source, "parameters"), name))));
    parameters.put(
        "sandbox",
        header("x-sandbox-name", false, "The sandbox; without it the organisation's default one."));
    parameters.put("ifMatch", header("If-Match", false, "The etag; 412 if it is not the thing's."));
    parameters.put(
        "ifMatchRequired", header("If-Match", true, "The etag; 412 if it is not the thing's."));
    return JsonObject.empty()
        .put("securitySchemes", securitySchemes())
        .put("parameters", parameters)
        .put(
            "responses",
            JsonObject.empty()
                .put(
                    "Problem",
                    JsonObject.empty()
                        .put("description", "What is wrong, and what to do.")
                        .put("content", json("Problem"))))
        .put("schemas", source.get("schemas"));
  }

  private static JsonObject parameter(String name, String in, boolean required, JsonObject said) {
    return JsonObject.empty()
        .put("name", name)
        .put("in", in)
        .put("required", required)
        .put("description", said.text("description"))
        .put("schema", said.get("schema"));
  }

  private static JsonObject header(String name, boolean required, String description) {
    return parameter(
        name,
        "header",
        required,
        JsonObject.empty()
            .put("description", description)
            .put("schema", JsonObject.empty().put("type", "string")));
  }

  private static JsonObject securitySchemes() {
    return JsonObject.empty()
        .put(
            "bearer",
            JsonObject.empty()
                .put("type", "http")
                .put("scheme", "bearer")
                .put("description", "A token of the service's own, or a JWT of its issuer."))
        .put("apiKey", key("x-api-key", "Any name by which the client is to be known."))
        .put("organisation", key("x-gw-ims-org-id", "The organisation that the token is for."));
  }

  private static JsonObject key(String name, String description) {
    return JsonObject.empty()
        .put("type", "apiKey")
        .put("in", "header")
        .put("name", name)
        .put("description", description);
  }
}
