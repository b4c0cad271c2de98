package dev.waybill.server.rest;

import dev.waybill.server.http.EventStream;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/// What a request is answered with.
sealed interface Answer {

  /// JSON.
  ///
  /// @param etag of the one thing that it is; null if it is none
  /// @param location where a thing that was made is; null if none was
  /// @param target the thing's id for the audit log; null if it stands in the path
  record Body(
      int status,
      JsonObject body,
      @Nullable String etag,
      @Nullable String location,
      @Nullable String target)
      implements Answer {}

  /// 204.
  record Nothing() implements Answer {}

  /// A file to download.
  record Download(Path file, String name, String type) implements Answer {}

  /// Events until they end.
  record Events(EventStream.Feed feed) implements Answer {}

  static Answer ok(JsonObject body) {
    return new Body(200, body, null, null, null);
  }

  /// A thing, in the `items` of which there is only it.
  static Answer thing(JsonObject item, String etag) {
    return new Body(
        200, JsonObject.empty().put("items", java.util.List.of(item.members())), etag, null, null);
  }

  /// A new thing.
  static Answer created(String kind, String id, String etag) {
    return new Body(201, version(id, etag), etag, "/" + kind + "/" + id, id);
  }

  /// A thing that was changed, or a new one that stands for it.
  static Answer changed(String id, String etag) {
    return new Body(200, version(id, etag), etag, null, id);
  }

  private static JsonObject version(String id, String etag) {
    return JsonObject.empty().put("id", id).put("etag", etag);
  }
}
