package dev.waybill.server.access;

import dev.waybill.UserException;
import dev.waybill.server.store.Store;
import java.security.SecureRandom;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.statement.StatementContext;

/// Tokens as rows, by the hash of each.
final class SqlTokens implements Tokens {

  /// The time of last use is written when it is this much out of date, so that reading stays
  /// reading.
  static final Duration USE_STEP = Duration.ofMinutes(1);

  private final Store store;
  private final InstantSource clock;
  private final SecureRandom random = new SecureRandom();

  SqlTokens(Store store, InstantSource clock) {
    this.store = store;
    this.clock = clock;
  }

  @Override
  public Issued issue(Grant grant, String by) {
    TokenText text = TokenText.make(random);
    Instant now = clock.instant();
    Instant end = grant.lifetime() == null ? null : now.plus(grant.lifetime());
    var token =
        new Token(
            text.id(),
            grant.name(),
            grant.organisation(),
            grant.sandboxes(),
            grant.role(),
            Instant.ofEpochMilli(now.toEpochMilli()),
            by,
            end == null ? null : Instant.ofEpochMilli(end.toEpochMilli()),
            null,
            null);
    store.write(
        handle ->
            handle
                .createUpdate(
                    """
                    INSERT INTO access_token
                      (id, hash, name, organisation, sandboxes, role, created_at, created_by, expires_at)
                    VALUES (:id, :hash, :name, :organisation, :sandboxes, :role, :now, :by, :end)
                    """)
                .bind("id", token.id())
                .bind("hash", text.hash())
                .bind("name", token.name())
                .bind("organisation", token.organisation())
                .bind("sandboxes", Columns.list(token.sandboxes()))
                .bind("role", token.role().name())
                .bind("now", now.toEpochMilli())
                .bind("by", by)
                .bind("end", Columns.millis(end))
                .execute());
    return new Issued(token, text.text());
  }

  /// The good token that this is; notes that it is used.
  Optional<Token> find(String given) {
    Instant now = clock.instant();
    return TokenText.parse(given)
        .flatMap(this::row)
        .filter(token -> token.isGood(now))
        .map(token -> used(token, now));
  }

  private Optional<Token> row(TokenText text) {
    return store
        .read(
            handle ->
                handle
                    .createQuery("SELECT * FROM access_token WHERE id = :id")
                    .bind("id", text.id())
                    .map((row, context) -> new Hashed(token(row, context), row.getString("hash")))
                    .findOne())
        .filter(found -> Hashes.equal(found.hash(), text.hash()))
        .map(Hashed::token);
  }

  private record Hashed(Token token, String hash) {}

  private Token used(Token token, Instant now) {
    Instant before = token.usedAt();
    if (before == null || !before.plus(USE_STEP).isAfter(now)) {
      try {
        store.write(
            handle ->
                handle
                    .createUpdate("UPDATE access_token SET used_at = :now WHERE id = :id")
                    .bind("now", now.toEpochMilli())
                    .bind("id", token.id())
                    .execute());
      } catch (UserException e) {
        // A database that can only be read at the moment shall not keep anybody out.
        return token;
      }
    }
    return token;
  }

  @Override
  public List<Token> all() {
    return store.read(
        handle ->
            handle
                .createQuery("SELECT * FROM access_token ORDER BY created_at DESC, id")
                .map(SqlTokens::token)
                .list());
  }

  @Override
  public List<Token> of(String organisation) {
    return store.read(
        handle ->
            handle
                .createQuery(
                    "SELECT * FROM access_token WHERE organisation = :organisation"
                        + " ORDER BY created_at DESC, id")
                .bind("organisation", organisation)
                .map(SqlTokens::token)
                .list());
  }

  @Override
  public boolean withdraw(String organisation, String id) {
    return store.write(
            handle ->
                handle
                    .createUpdate(
                        "UPDATE access_token SET withdrawn_at = :now"
                            + " WHERE id = :id AND organisation = :organisation"
                            + " AND withdrawn_at IS NULL")
                    .bind("now", clock.instant().toEpochMilli())
                    .bind("id", id)
                    .bind("organisation", organisation)
                    .execute())
        == 1;
  }

  private static Token token(ResultSet row, StatementContext context) throws SQLException {
    return new Token(
        row.getString("id"),
        row.getString("name"),
        row.getString("organisation"),
        Columns.list(row.getString("sandboxes")),
        Role.valueOf(row.getString("role")),
        Columns.instant(row, "created_at"),
        row.getString("created_by"),
        Columns.maybe(row, "expires_at"),
        Columns.maybe(row, "withdrawn_at"),
        Columns.maybe(row, "used_at"));
  }
}
