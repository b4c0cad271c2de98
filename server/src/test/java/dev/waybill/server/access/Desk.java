package dev.waybill.server.access;

import dev.waybill.sql.SqliteSchema;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Set;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;
import org.sqlite.SQLiteDataSource;

/// A room over a database of its own, in a time of its own.
final class Desk implements InstantSource {

  final Path directory;
  final Jdbi jdbi;
  final AccessRoom room;
  private Instant now = Instant.parse("2026-03-01T08:00:00Z");

  Desk(Path directory) {
    this(directory, null);
  }

  Desk(Path directory, @Nullable JwtSettings jwts) {
    this.directory = directory;
    this.jdbi = database(directory);
    this.room = room(new AccessRoom.Settings(jwts, Duration.ofDays(30)), Map.of());
  }

  /// Another process over the same database.
  AccessRoom room(AccessRoom.Settings settings, Map<String, String> environment) {
    return AccessRoom.open(jdbi, directory, environment, settings, this);
  }

  static Jdbi database(Path directory) {
    var source = new SQLiteDataSource();
    Path file = directory.resolve("service.db");
    source.setUrl("jdbc:sqlite:" + file);
    try (Connection connection = source.getConnection()) {
      AccessRoom.TABLES.apply(
          new SqliteSchema("the catalog", file, 0x57415953), connection, Instant.EPOCH);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
    return Jdbi.create(source);
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
    return jdbi.withHandle(handle -> handle.createQuery(sql).mapTo(String.class).one());
  }

  void execute(String sql) {
    jdbi.useHandle(handle -> handle.execute(sql));
  }
}
