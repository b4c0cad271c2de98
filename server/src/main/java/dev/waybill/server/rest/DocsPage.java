package dev.waybill.server.rest;

import dev.waybill.json.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The OpenAPI document as a page: plain HTML that needs no script.
final class DocsPage {

  private static final List<String> METHODS = List.of("get", "post", "put", "patch", "delete");

  private final JsonObject document;
  private final StringBuilder html = new StringBuilder(64 << 10);

  private DocsPage(JsonObject document) {
    this.document = document;
  }

  /// @param style the address of the style sheet
  static String of(JsonObject document, String style) {
    var page = new DocsPage(document);
    page.head(style);
    page.sections();
    page.schemas();
    page.html.append("</main></body></html>\n");
    return page.html.toString();
  }

  private void head(String style) {
    JsonObject info = part(document, "info");
    html.append("<!doctype html><html lang=\"en\"><head><meta charset=\"utf-8\">")
        .append("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">");
    element("title", info.required("title"));
    html.append("<link rel=\"stylesheet\" href=\"")
        .append(escaped(style))
        .append("\"></head><body><main>");
    element("h1", info.required("title"));
    element("p", info.required("description"));
    html.append(
        "<p class=\"note\">Every operation but those of the service itself takes the headers"
            + " <code>Authorization: Bearer …</code>, <code>x-api-key</code> and"
            + " <code>x-gw-ims-org-id</code>; <code>x-sandbox-name</code> chooses the sandbox. As"
            + " JSON: <a href=\"/openapi.json\">openapi.json</a>.</p><nav><ul>");
    for (JsonObject tag : document.objects("tags")) {
      String name = tag.required("name");
      html.append("<li><a href=\"#").append(anchor(name)).append("\">");
      html.append(escaped(name)).append("</a></li>");
    }
    html.append("<li><a href=\"#schemas\">Schemas</a></li></ul></nav>");
  }

  private void sections() {
    for (JsonObject tag : document.objects("tags")) {
      String name = tag.required("name");
      html.append("<section><h2 id=\"").append(anchor(name)).append("\">");
      html.append(escaped(name)).append("</h2>");
      element("p", tag.required("description"));
      part(document, "paths").members().forEach((path, ignored) -> operations(name, path));
      html.append("</section>");
    }
  }

  private void operations(String tag, String path) {
    JsonObject item = part(part(document, "paths"), path);
    for (String method : METHODS) {
      JsonObject operation = item.object(method);
      if (operation != null && operation.texts("tags").contains(tag)) {
        operation(path, method, operation);
      }
    }
  }

  private void operation(String path, String method, JsonObject operation) {
    html.append("<details id=\"").append(escaped(operation.required("operationId"))).append("\">");
    html.append("<summary><span class=\"method\">")
        .append(method.toUpperCase(java.util.Locale.ROOT));
    html.append("</span><span class=\"path\">").append(escaped(path)).append("</span> ");
    html.append(escaped(operation.required("summary")));
    String role = operation.text("x-role");
    if (role != null) {
      html.append("<span class=\"role\">").append(escaped(role)).append("</span>");
    }
    html.append("</summary>");
    String description = operation.text("description");
    if (description != null) {
      element("p", description);
    }
    parameters(operation.objects("parameters"));
    JsonObject body = operation.object("requestBody");
    if (body != null) {
      html.append("<h3>Body</h3>");
      content(body);
    }
    html.append("<h3>Answers</h3><table>");
    part(operation, "responses")
        .members()
        .forEach((status, ignored) -> answer(status, part(part(operation, "responses"), status)));
    html.append("</table></details>");
  }

  private void parameters(List<JsonObject> given) {
    var parameters = new ArrayList<JsonObject>();
    given.forEach(parameter -> parameters.add(resolved(parameter)));
    if (parameters.isEmpty()) {
      return;
    }
    html.append("<h3>Parameters</h3><table>");
    for (JsonObject parameter : parameters) {
      html.append("<tr><th><code>").append(escaped(parameter.required("name")));
      html.append("</code></th><td>").append(escaped(parameter.required("in")));
      html.append(Boolean.TRUE.equals(parameter.get("required")) ? ", required" : "");
      html.append("</td><td>");
      String description = parameter.text("description");
      html.append(description == null ? "" : marked(description));
      JsonObject schema = parameter.object("schema");
      if (schema != null && schema.has("enum")) {
        html.append(" One of ")
            .append(escaped(String.join(", ", schema.texts("enum"))))
            .append('.');
      }
      html.append("</td></tr>");
    }
    html.append("</table>");
  }

  private void answer(String status, JsonObject given) {
    JsonObject answer = resolved(given);
    html.append("<tr><th>").append(escaped(status)).append("</th><td>");
    html.append(escaped(answer.required("description"))).append("</td><td>");
    content(answer);
    html.append("</td></tr>");
  }

  private void content(JsonObject owner) {
    JsonObject content = owner.object("content");
    if (content == null) {
      return;
    }
    content
        .members()
        .forEach(
            (type, ignored) -> {
              html.append("<code>").append(escaped(type)).append("</code> ");
              JsonObject schema = part(content, type).object("schema");
              String reference = schema == null ? null : schema.text("$ref");
              if (reference != null) {
                String name = reference.substring(reference.lastIndexOf('/') + 1);
                html.append("<a href=\"#schema-").append(escaped(name)).append("\">");
                html.append(escaped(name)).append("</a>");
              }
            });
  }

  private void schemas() {
    html.append("<section><h2 id=\"schemas\">Schemas</h2>");
    part(part(document, "components"), "schemas")
        .members()
        .forEach(
            (name, schema) -> {
              html.append("<details id=\"schema-").append(escaped(name)).append("\"><summary>");
              html.append(escaped(name)).append("</summary><pre>");
              pretty(schema, 0);
              html.append("</pre></details>");
            });
    html.append("</section>");
  }

  private void pretty(@Nullable Object value, int depth) {
    String indent = "  ".repeat(depth + 1);
    switch (value) {
      case Map<?, ?> map when !map.isEmpty() -> {
        html.append('{');
        String comma = "\n";
        for (Map.Entry<?, ?> entry : map.entrySet()) {
          html.append(comma).append(indent);
          html.append(escaped(Json.text(String.valueOf(entry.getKey())))).append(": ");
          pretty(entry.getValue(), depth + 1);
          comma = ",\n";
        }
        html.append('\n').append("  ".repeat(depth)).append('}');
      }
      case null, default -> html.append(escaped(Json.text(value)));
    }
  }

  private JsonObject resolved(JsonObject object) {
    String reference = object.text("$ref");
    if (reference == null) {
      return object;
    }
    JsonObject found = document;
    for (String name : reference.substring(2).split("/", -1)) {
      found = part(found, name);
    }
    return found;
  }

  private static JsonObject part(JsonObject object, String name) {
    JsonObject part = object.object(name);
    if (part == null) {
      throw new IllegalStateException("the OpenAPI document has no " + name);
    }
    return part;
  }

  private void element(String name, String text) {
    html.append('<').append(name).append('>').append(marked(text));
    html.append("</").append(name).append('>');
  }

  /// What stands between back quotes becomes code.
  private static String marked(String text) {
    return escaped(text).replaceAll("`([^`]+)`", "<code>$1</code>");
  }

  private static String anchor(String name) {
    return escaped(name.toLowerCase(java.util.Locale.ROOT).replace(' ', '-'));
  }

  private static String escaped(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;");
  }
}
