package dev.waybill.server.access;

import dev.waybill.UserException;
import dev.waybill.server.catalog.Tenant;
import dev.waybill.server.store.Store;
import dev.waybill.spi.Permits;
import dev.waybill.sql.Migrations;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// All of this room, behind one door. Safe for use by many threads.
public final class AccessRoom {

  /// Its tables.
  public static final Migrations TABLES = new Migrations(AccessRoom.class, "schema_version_access");

  private final SqlTokens tokens;
  private final SqlSessions sessions;
  private final SqlSecrets secrets;
  private final SqlAuditLog audit;
  private final TokenAccess access;
  private final Settings settings;

  /// How it is set up.
  ///
  /// @param jwts whose JWTs are believed; null for nobody's
  /// @param auditKept for how long the audit log is kept
  /// @param addresses where flows may connect to
  /// @param references what of the machine's own secrets flows may name that were made by REST or
  ///   on the page
  public record Settings(
      @Nullable JwtSettings jwts,
      Duration auditKept,
      AddressPolicy addresses,
      References references) {

    /// No JWTs, no address beyond the usual, no secrets of the machine, and an audit log of 400
    /// days: a year and what it takes to look back on it.
    public static final Settings USUAL =
        new Settings(null, Duration.ofDays(400), AddressPolicy.USUAL, References.NONE);

    public Settings {
      if (!auditKept.isPositive()) {
        throw new UserException("--audit-kept takes a length of time such as 400d.");
      }
    }
  }

  /// Opens the room, and makes its tables if they are not there. The store stays its owner's.
  ///
  /// @param dataDirectory where `secret.key` is, unless the environment has the key
  /// @throws UserException if the database can not be used, or the keys for JWTs not be read
  public static AccessRoom open(
      Store store,
      Path dataDirectory,
      Map<String, String> environment,
      Settings settings,
      InstantSource clock) {
    String key = environment.get(KeyPlace.VARIABLE);
    KeyPlace place =
        key == null || key.isBlank()
            ? new KeyPlace.InFile(dataDirectory.resolve("secret.key"))
            : new KeyPlace.Variable(key);
    store.make(TABLES);
    return new AccessRoom(store, place, settings, clock);
  }

  private AccessRoom(Store store, KeyPlace key, Settings settings, InstantSource clock) {
    this.settings = settings;
    this.tokens = new SqlTokens(store, clock);
    this.audit = new SqlAuditLog(store, settings.auditKept(), clock);
    JwtSettings jwts = settings.jwts();
    var bearers = new Bearers(tokens, jwts == null ? null : new JwtVerifier(jwts, clock));
    this.access = new TokenAccess(bearers, audit);
    this.sessions = new SqlSessions(store, bearers, audit, clock);
    this.secrets = new SqlSecrets(store, new Vault(key), clock);
  }

  public Access access() {
    return access;
  }

  public Tokens tokens() {
    return tokens;
  }

  public Sessions sessions() {
    return sessions;
  }

  public Secrets secrets() {
    return secrets;
  }

  public AuditLog audit() {
    return audit;
  }

  /// What the flows of a tenant may use of the machine.
  public Permits permits(Tenant tenant) {
    return new Permits(secrets.of(tenant, settings.references()), settings.addresses());
  }

  /// What those flows of a tenant may use that the machine's owner put into the flows' folder: all
  /// of its secrets, but no more addresses.
  public Permits permitsOfOwner(Tenant tenant) {
    return new Permits(secrets.of(tenant, References.ALL), settings.addresses());
  }

  /// Whether there are others to come in by than the service's own tokens.
  public boolean believesJwts() {
    return settings.jwts() != null;
  }

  /// Where flows and alerts may connect to.
  public AddressPolicy addresses() {
    return settings.addresses();
  }
}
