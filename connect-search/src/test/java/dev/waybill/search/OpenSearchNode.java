package dev.waybill.search;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.waybill.Fields;
import dev.waybill.json.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.opensearch.Version;
import org.opensearch.common.settings.Settings;
import org.opensearch.env.Environment;
import org.opensearch.node.InternalSettingsPreparer;
import org.opensearch.node.Node;
import org.opensearch.node.NodeValidationException;
import org.opensearch.plugins.PluginInfo;
import org.opensearch.transport.Netty4ModulePlugin;

/// One real OpenSearch node for all tests, inside this JVM; it goes with it.
final class OpenSearchNode {

  private static final int PORT = start();
  private static final HttpClient HTTP =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  private OpenSearchNode() {}

  /// The constructor that takes plugins from the class path is not public.
  private static final class ClassPathNode extends Node {
    ClassPathNode(Environment environment, Collection<PluginInfo> plugins) {
      super(environment, plugins, true);
    }
  }

  private static int start() {
    try {
      int port = freePort();
      Path home = Files.createDirectories(Path.of("target", "opensearch", String.valueOf(port)));
      Settings settings =
          Settings.builder()
              .put("path.home", home.toAbsolutePath().toString())
              .put("cluster.name", "waybill-tests")
              .put("node.name", "only")
              .put("node.processors", 2)
              .put("discovery.type", "single-node")
              .put("transport.type", "netty4")
              .put("transport.port", "0")
              .put("http.type", "netty4")
              .put("http.port", port)
              .put("cluster.routing.allocation.disk.threshold_enabled", false)
              .build();
      var netty =
          new PluginInfo(
              "netty4",
              "HTTP and transport",
              "NA",
              Version.CURRENT,
              "21",
              Netty4ModulePlugin.class.getName(),
              null,
              List.of(),
              false);
      // It would set the number of processors a second time, for a library that is set already.
      System.setProperty("opensearch.set.netty.runtime.available.processors", "false");
      Node node =
          new ClassPathNode(
              InternalSettingsPreparer.prepareEnvironment(settings, Map.of(), null, () -> "only"),
              List.of(netty));
      node.start();
      return port;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (NodeValidationException e) {
      throw new IllegalStateException(e);
    }
  }

  private static int freePort() throws IOException {
    try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  static int port() {
    return PORT;
  }

  static String address(String index) {
    return "opensearch://localhost:" + PORT + "/" + index;
  }

  /// Makes a request past the connector, which must succeed.
  static Fields ask(String method, String path, @Nullable String json) {
    HttpResponse<byte[]> answer = exchange(method, path, json);
    if (answer.statusCode() / 100 != 2) {
      throw new IllegalStateException(
          path + ": " + answer.statusCode() + " " + new String(answer.body(), UTF_8));
    }
    return (Fields) Objects.requireNonNull(Json.read(answer.body()));
  }

  private static HttpResponse<byte[]> exchange(String method, String path, @Nullable String json) {
    try {
      return HTTP.send(
          HttpRequest.newBuilder(URI.create("http://localhost:" + PORT + path))
              .header("Content-Type", "application/json")
              .method(
                  method, json == null ? BodyPublishers.noBody() : BodyPublishers.ofString(json))
              .build(),
          BodyHandlers.ofByteArray());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  /// A new index of contacts: `age` is a number.
  static void makeIndex(String index) {
    ask(
        "PUT",
        "/" + index,
        """
        {"settings":{"number_of_shards":1,"number_of_replicas":0,
                     "index.translog.durability":"async"},
         "mappings":{"properties":{"id":{"type":"keyword"},"email":{"type":"keyword"},
                                   "age":{"type":"integer"}}}}""");
  }

  /// How many documents match; `null` for all.
  static long count(String index, @Nullable String field, String value) {
    ask("POST", "/" + index + "/_refresh", null);
    String query =
        field == null ? "{\"match_all\":{}}" : Json.text(Map.of("term", Map.of(field, value)));
    return ((Number)
            Objects.requireNonNull(
                ask("POST", "/" + index + "/_count", "{\"query\":" + query + "}").get("count")))
        .longValue();
  }

  /// The field `id` of all documents where it begins with this.
  static List<String> ids(String index, String prefix) {
    ask("POST", "/" + index + "/_refresh", null);
    Fields found =
        (Fields)
            Objects.requireNonNull(
                ask(
                        "GET",
                        "/" + index + "/_search?size=10000&_source=id&q=id:" + prefix + "*",
                        null)
                    .get("hits"));
    return ((List<?>) Objects.requireNonNull(found.get("hits")))
        .stream()
            .map(hit -> (Fields) Objects.requireNonNull(((Fields) hit).get("_source")))
            .map(source -> Objects.requireNonNull(source.text("id")))
            .toList();
  }

  /// A document's source; null if it is not there.
  static @Nullable Fields source(String index, String id) {
    HttpResponse<byte[]> answer = exchange("GET", "/" + index + "/_source/" + id, null);
    return answer.statusCode() == 200 ? (Fields) Json.read(answer.body()) : null;
  }
}
