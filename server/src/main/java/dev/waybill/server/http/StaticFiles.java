package dev.waybill.server.http;

import io.helidon.http.HeaderNames;
import io.helidon.http.Status;
import io.helidon.webserver.http.HttpRules;
import io.helidon.webserver.http.HttpService;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;

/// Files of one folder of the class path. Each is read once.
public final class StaticFiles implements HttpService {

  /// One folder only, no hidden files.
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_-][A-Za-z0-9._-]*");

  private static final Map<String, String> TYPES =
      Map.of(
          "css", "text/css; charset=utf-8",
          "js", "text/javascript; charset=utf-8",
          "html", "text/html; charset=utf-8",
          "svg", "image/svg+xml",
          "png", "image/png",
          "ico", "image/x-icon",
          "woff2", "font/woff2",
          "json", "application/json",
          "txt", "text/plain; charset=utf-8");

  private final String mount;
  private final Class<?> near;
  private final String folder;
  private final Map<String, Optional<Content>> read = new ConcurrentHashMap<>();

  /// @param mount the absolute path at which it will be registered: `/static`
  /// @param near a class of the package that the folder lies in
  /// @param folder its name: `static`
  public StaticFiles(String mount, Class<?> near, String folder) {
    this.mount = mount;
    this.near = near;
    this.folder = folder;
  }

  /// Shared by all who ask, and never changed.
  private static final class Content {
    private final byte[] bytes;
    private final String etag;
    private final String type;

    Content(byte[] bytes, String etag, String type) {
      this.bytes = bytes;
      this.etag = etag;
      this.type = type;
    }
  }

  /// A file's address with its version, which a browser may keep for good.
  ///
  /// @throws IllegalArgumentException if there is no such file
  public String address(String name) {
    Content content =
        content(name).orElseThrow(() -> new IllegalArgumentException("no file " + name));
    return mount + "/" + name + "?v=" + version(content);
  }

  private static String version(Content content) {
    return content.etag.substring(1, 11);
  }

  @Override
  public void routing(HttpRules rules) {
    rules.get("/{name}", this::send);
  }

  private void send(ServerRequest request, ServerResponse response) {
    Content content =
        content(request.path().pathParameters().get("name"))
            .orElseThrow(() -> HttpProblem.notFound("There is no such file."));
    boolean thisVersion =
        request.query().first("v").asOptional().equals(Optional.of(version(content)));
    response
        .headers()
        .set(HeaderNames.ETAG, content.etag)
        .set(
            HeaderNames.CACHE_CONTROL,
            thisVersion ? "public, max-age=31536000, immutable" : "no-cache");
    if (request.headers().values(HeaderNames.IF_NONE_MATCH).contains(content.etag)) {
      response.status(Status.NOT_MODIFIED_304).send();
      return;
    }
    response.headers().set(HeaderNames.CONTENT_TYPE, content.type);
    response.send(content.bytes);
  }

  private Optional<Content> content(String name) {
    // Only what is there is kept, so that asking for names at random fills no memory.
    Optional<Content> known = read.get(name);
    if (known != null) {
      return known;
    }
    String type = TYPES.get(name.substring(name.lastIndexOf('.') + 1));
    if (type == null || !NAME.matcher(name).matches()) {
      return Optional.empty();
    }
    try (InputStream in = near.getResourceAsStream(folder + "/" + name)) {
      if (in == null) {
        return Optional.empty();
      }
      byte[] bytes = in.readAllBytes();
      var content = Optional.of(new Content(bytes, '"' + hash(bytes) + '"', type));
      read.put(name, content);
      return content;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String hash(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes), 0, 16);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
