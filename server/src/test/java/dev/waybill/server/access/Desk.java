package dev.waybill.server.access;

import dev.waybill.server.store.Store;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// A room over a database of its own, in a time of its own.
final class Desk implements InstantSource, AutoCloseable {

  final Path directory;
  final Store store;
  final AccessRoom room;
  private Instant now = Instant.parse("2026-03-01T08:00:00Z");

  Desk(Path directory) {
    this(directory, null);
  }

  Desk(Path directory, @Nullable JwtSettings jwts) {
    this.directory = directory;
    this.store = Store.open(directory.resolve("service.db").toString());
    this.room =
        room(
            new AccessRoom.Settings(
                jwts, Duration.ofDays(30), AddressPolicy.USUAL, References.NONE),
            Map.of());
  }

  /// Another process over the same database.
  AccessRoom room(AccessRoom.Settings settings, Map<String, String> environment) {
    return AccessRoom.open(store, directory, environment, settings, this);
  }

  @Override
  public Instant instant() {
    return now;
  }

  void pass(Duration time) {
    now = now.plus(time);
  }

  /// A token for all sandboxes of `acme`.
  Tokens.Issued token(Role role) {
    return room.tokens().issue(new Grant("nightly", "acme", Set.of(), role, null), "test");
  }

  String column(String sql) {
    return store.read(handle -> handle.createQuery(sql).mapTo(String.class).one());
  }

  void execute(String sql) {
    store.write(handle -> handle.execute(sql));
  }

  @Override
  public void close() {
    store.close();
  }
}
