package dev.waybill.server.access;

import dev.waybill.server.store.Store;
import java.security.SecureRandom;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.Optional;

/// Sessions as rows, by the hash of each cookie, so that every process knows them.
final class SqlSessions implements Sessions {

  static final Duration IDLE = Duration.ofMinutes(30);

  static final Duration LONGEST = Duration.ofHours(12);

  private static final Duration USE_STEP = Duration.ofMinutes(1);

  private static final int COOKIE_BYTES = 32;

  private static final String CLIENT = "page";

  private final Store store;
  private final Bearers bearers;
  private final SqlAuditLog audit;
  private final InstantSource clock;
  private final SignInWaits waits = new SignInWaits();
  private final SecureRandom random = new SecureRandom();

  SqlSessions(Store store, Bearers bearers, SqlAuditLog audit, InstantSource clock) {
    this.store = store;
    this.bearers = bearers;
    this.audit = audit;
    this.clock = clock;
  }

  @Override
  public SignIn signIn(String token, String address) {
    Instant now = clock.instant();
    String given = token.strip();
    String[] names = names(given, address);
    Duration left = waits.left(now, names);
    if (left.isPositive()) {
      return new SignIn.Wait(left);
    }
    Optional<Bearers.Bearer> bearer = bearers.find(given, CLIENT);
    if (bearer.isEmpty()) {
      waits.wrong(now, names);
      return new SignIn.Refused();
    }
    Session session = open(bearer.get(), address, now);
    audit.add(session.caller(), "", "session.begin", "", "done");
    return new SignIn.Done(session);
  }

  /// What is likely one machine or one line: all of an IPv4 address, the first half of an IPv6 one.
  private static String network(String address) {
    if (!address.contains(":")) {
      return address;
    }
    String[] groups = address.split(":", -1);
    var half = new StringBuilder();
    for (int i = 0; i < Math.min(4, groups.length) && !groups[i].isEmpty(); i++) {
      half.append(groups[i]).append(':');
    }
    return half.toString();
  }

  /// Who is to wait after a wrong one. JWTs all begin alike, so that only the address is left.
  private static String[] names(String token, String address) {
    String network = "address " + network(address);
    int open = Math.min(token.length(), TokenText.ID_CHARACTERS);
    return token.startsWith(TokenText.PREFIX)
        ? new String[] {network, "token " + token.substring(0, open)}
        : new String[] {network};
  }

  private Session open(Bearers.Bearer bearer, String address, Instant now) {
    var bytes = new byte[COOKIE_BYTES];
    random.nextBytes(bytes);
    String cookie = HexFormat.of().formatHex(bytes);
    Instant latest = now.plus(LONGEST);
    Instant end = bearer.end() == null || latest.isBefore(bearer.end()) ? latest : bearer.end();
    Caller caller = bearer.caller().from(address);
    tidy(now);
    store.write(
        handle ->
            handle
                .createUpdate(
                    """
                    INSERT INTO access_session
                      (hash, token, name, organisation, sandboxes, role, used_at, ends_at)
                    VALUES (:hash, :token, :name, :organisation, :sandboxes, :role, :now, :end)
                    """)
                .bind("hash", Hashes.sha256(cookie))
                .bind("token", bearer.token())
                .bind("name", caller.name())
                .bind("organisation", caller.organisation())
                .bind("sandboxes", Columns.list(caller.sandboxes()))
                .bind("role", caller.role().name())
                .bind("now", now.toEpochMilli())
                .bind("end", end.toEpochMilli())
                .execute());
    return session(caller, cookie, end);
  }

  /// The form's token follows from the cookie, which only its owner has, and gives nothing of it
  /// away.
  private static Session session(Caller caller, String cookie, Instant end) {
    return new Session(caller, cookie, Hashes.hmac(cookie, "form"), end);
  }

  @Override
  public Optional<Session> find(String cookie, String address) {
    if (cookie.length() != 2 * COOKIE_BYTES) {
      return Optional.empty();
    }
    Instant now = clock.instant();
    String hash = Hashes.sha256(cookie);
    return store
        .read(
            handle ->
                handle
                    .createQuery(
                        """
                        SELECT s.* FROM access_session s
                        LEFT JOIN access_token t ON t.id = s.token
                        WHERE s.hash = :hash AND s.ends_at > :now AND s.used_at > :idle
                          AND (s.token IS NULL OR (t.id IS NOT NULL AND t.withdrawn_at IS NULL))
                        """)
                    .bind("hash", hash)
                    .bind("now", now.toEpochMilli())
                    .bind("idle", now.minus(IDLE).toEpochMilli())
                    .map((row, context) -> found(row, address))
                    .findOne())
        .map(
            row -> {
              if (!row.usedAt().plus(USE_STEP).isAfter(now)) {
                use(hash, now);
              }
              return session(row.caller(), cookie, row.end());
            });
  }

  private record Found(Caller caller, Instant usedAt, Instant end) {}

  private static Found found(ResultSet row, String address) throws SQLException {
    return new Found(
        new Caller(
            row.getString("name"),
            row.getString("organisation"),
            Columns.list(row.getString("sandboxes")),
            Role.valueOf(row.getString("role")),
            CLIENT,
            address),
        Columns.instant(row, "used_at"),
        Columns.instant(row, "ends_at"));
  }

  private void use(String hash, Instant now) {
    store.write(
        handle ->
            handle
                .createUpdate("UPDATE access_session SET used_at = :now WHERE hash = :hash")
                .bind("now", now.toEpochMilli())
                .bind("hash", hash)
                .execute());
  }

  @Override
  public void signOut(Session session) {
    store.write(
        handle ->
            handle
                .createUpdate("DELETE FROM access_session WHERE hash = :hash")
                .bind("hash", Hashes.sha256(session.cookie()))
                .execute());
    audit.add(session.caller(), "", "session.end", "", "done");
  }

  /// Removes what is over.
  private void tidy(Instant now) {
    store.write(
        handle ->
            handle
                .createUpdate(
                    "DELETE FROM access_session WHERE ends_at <= :now OR used_at <= :idle")
                .bind("now", now.toEpochMilli())
                .bind("idle", now.minus(IDLE).toEpochMilli())
                .execute());
  }
}
