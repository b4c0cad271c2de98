package dev.waybill.akamai;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.waybill.FieldNames;
import dev.waybill.Fields;
import dev.waybill.json.Json;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/// A small entity API on loopback: one entity type whose `email` is unique and whose `givenName` is
/// required. It checks the credentials by its own reckoning.
final class CaptureServer {

  /// What goes wrong with the next call that writes.
  enum Fault {
    NONE,
    DROP_BEFORE,
    DROP_AFTER,
    THROTTLE
  }

  static final String CLIENT = "client-0123456789";
  static final String SECRET = "secret-0123456789-é";
  static final String TOKEN = "token-0123456789";

  private static final Pattern CONDITION = Pattern.compile("email='([^']*)'");

  private final Map<String, Map<String, @Nullable Object>> entities = new LinkedHashMap<>();
  private final AtomicLong calls = new AtomicLong();
  private final int port;
  private HttpServer server;
  private Fault fault = Fault.NONE;

  CaptureServer() throws IOException {
    this.server = start(0);
    this.port = server.getAddress().getPort();
  }

  private HttpServer start(int at) throws IOException {
    var started = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), at), 0);
    started.createContext("/", this::handle);
    started.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    started.start();
    return started;
  }

  String uri() {
    return "http://127.0.0.1:" + port;
  }

  void stop() {
    server.stop(0);
  }

  void restart() throws IOException {
    server = start(port);
  }

  long calls() {
    return calls.get();
  }

  synchronized void next(Fault next) {
    fault = next;
  }

  synchronized int count() {
    return entities.size();
  }

  synchronized @Nullable Map<String, @Nullable Object> entity(String email) {
    return entities.get(email);
  }

  private void handle(HttpExchange exchange) throws IOException {
    calls.incrementAndGet();
    var form = form(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
    String operation = exchange.getRequestURI().getPath();
    Object answer;
    synchronized (this) {
      if (!isAllowed(exchange, operation, form)) {
        answer = error(402, "invalid_client", "the client is not known");
      } else if (fault == Fault.DROP_BEFORE) {
        fault = Fault.NONE;
        throw new IOException("dropped");
      } else if (fault == Fault.THROTTLE) {
        fault = Fault.NONE;
        answer = error(510, "rate_limit_exceeded", "too many calls");
      } else {
        answer = answer(operation, form);
        if (fault == Fault.DROP_AFTER) {
          fault = Fault.NONE;
          throw new IOException("dropped");
        }
      }
    }
    byte[] body = Json.bytes(answer);
    exchange.getResponseHeaders().set("Content-Type", "application/json");
    exchange.sendResponseHeaders(200, body.length);
    exchange.getResponseBody().write(body);
    exchange.close();
  }

  private static Map<String, String> form(String body) {
    var form = new TreeMap<String, String>();
    for (String pair : body.split("&", -1)) {
      int equals = pair.indexOf('=');
      form.put(
          URLDecoder.decode(pair.substring(0, equals), StandardCharsets.UTF_8),
          URLDecoder.decode(pair.substring(equals + 1), StandardCharsets.UTF_8));
    }
    return form;
  }

  private static boolean isAllowed(
      HttpExchange exchange, String operation, Map<String, String> form) {
    String header = exchange.getRequestHeaders().getFirst("Authorization");
    if (header == null) {
      return CLIENT.equals(form.get("client_id")) && SECRET.equals(form.get("client_secret"));
    }
    if (header.startsWith("Signature ")) {
      var lines = new StringBuilder(operation + "\n");
      lines.append(exchange.getRequestHeaders().getFirst("Date")).append('\n');
      form.forEach((name, value) -> lines.append(name).append('=').append(value).append('\n'));
      return header.equals("Signature " + CLIENT + ":" + base64(hmac(lines.toString())));
    }
    return header.equals("OAuth " + TOKEN)
        || header.equals(
            "Basic " + base64((CLIENT + ":" + SECRET).getBytes(StandardCharsets.UTF_8)));
  }

  private static byte[] hmac(String lines) {
    try {
      Mac mac = Mac.getInstance("HmacSHA1");
      mac.init(new SecretKeySpec(SECRET.getBytes(StandardCharsets.UTF_8), "HmacSHA1"));
      return mac.doFinal(lines.getBytes(StandardCharsets.UTF_8));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String base64(byte[] bytes) {
    return Base64.getEncoder().encodeToString(bytes);
  }

  private Object answer(String operation, Map<String, String> form) {
    if (!"user".equals(form.get("type_name"))) {
      return error(222, "unknown_entity_type", "there is no such entity type");
    }
    return switch (operation) {
      case "/entity.bulkCreate" -> {
        var results = new ArrayList<@Nullable Object>();
        for (Object entity : (List<?>) json(form, "all_attributes")) {
          results.add(create((Fields) entity));
        }
        yield Map.of("stat", "ok", "uuid_results", results);
      }
      case "/entity.update", "/entity.replace" -> change(form);
      case "/entity.find" -> {
        var results = new ArrayList<Object>();
        var match = CONDITION.matcher(form.getOrDefault("filter", ""));
        while (match.find()) {
          var entity = entities.get(match.group(1));
          if (entity != null) {
            results.add(
                Map.of("email", match.group(1), "uuid", String.valueOf(entity.get("uuid"))));
          }
        }
        yield Map.of("stat", "ok", "result_count", results.size(), "results", results);
      }
      case "/entity" -> {
        var entity = entities.get(String.valueOf(json(form, "key_value")));
        yield entity == null
            ? error(310, "record_not_found", "there is no such record")
            : Map.of("stat", "ok", "result", entity);
      }
      default -> error(100, "missing_argument", "there is no operation " + operation);
    };
  }

  private static Object json(Map<String, String> form, String name) {
    Object value = Json.read(form.getOrDefault(name, ""));
    if (value == null) {
      throw new IllegalArgumentException(name + " is null");
    }
    return value;
  }

  private Object create(Fields fields) {
    String email = String.valueOf(fields.get("email"));
    if (fields.get("givenName") == null) {
      return error(362, "missing_required_attribute", "givenName is required");
    }
    if (entities.containsKey(email)) {
      return error(361, "unique_violation", "Attempted to update a duplicate value");
    }
    var entity = new LinkedHashMap<String, @Nullable Object>();
    FieldNames names = fields.names();
    for (int i = 0; i < fields.size(); i++) {
      entity.put(names.name(i), fields.value(i));
    }
    String uuid = UUID.randomUUID().toString();
    entity.put("uuid", uuid);
    entities.put(email, entity);
    return uuid;
  }

  private Object change(Map<String, String> form) {
    var entity = entities.get(String.valueOf(json(form, "key_value")));
    if (entity == null) {
      return error(310, "record_not_found", "there is no such record");
    }
    Object value = json(form, "attributes");
    if (value instanceof Fields fields) {
      for (int i = 0; i < fields.size(); i++) {
        entity.put(fields.names().name(i), fields.value(i));
      }
    } else {
      entity.put(form.getOrDefault("attribute_name", ""), value);
    }
    return Map.of("stat", "ok");
  }

  private static Map<String, Object> error(int code, String name, String description) {
    return Map.of("stat", "error", "code", code, "error", name, "error_description", description);
  }
}
