package dev.waybill.server.catalog;

import java.time.Instant;

/// Who made a thing and who changed it last.
///
/// @param version counts the changes from 1; the etag is made of it
/// @param createdClient the `x-api-key` by which it was made; `page`, `folder` or `schedule` for
///   those
public record Stamp(
    long version,
    Instant createdAt,
    Instant updatedAt,
    String createdBy,
    String updatedBy,
    String createdClient) {

  /// That of a thing that is made.
  public static Stamp first(Instant now, String by, String client) {
    return new Stamp(1, now, now, by, by, client);
  }

  /// That of the next version.
  public Stamp next(Instant now, String by) {
    return new Stamp(version + 1, createdAt, now, createdBy, by, createdClient);
  }
}
