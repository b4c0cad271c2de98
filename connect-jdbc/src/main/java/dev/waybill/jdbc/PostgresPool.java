package dev.waybill.jdbc;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.waybill.UserException;
import dev.waybill.spi.Option;
import dev.waybill.spi.Options;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Connections to a PostgreSQL database, one for each call in flight.
final class PostgresPool implements AutoCloseable {

  private static final int MOST_CONNECTIONS = 100;

  private final PostgresLogin login;
  private final int connections;
  private @Nullable HikariDataSource pool;

  PostgresPool(PostgresAddress address, Options options) {
    this.login = new PostgresLogin(address, options);
    this.connections = options.integer("connections", 1, MOST_CONNECTIONS);
  }

  static List<Option> options() {
    return List.of(
        Option.of("user", null, "the user, if the address names none"),
        Option.secret("password", "the password, if the address has none"),
        Option.of("connections", "4", "connections at a time, each with a batch in flight"),
        Option.of("connect-timeout", "10s", "how long to wait for a connection"),
        Option.of("timeout", "60s", "how long to wait for an answer of the database"));
  }

  int connections() {
    return connections;
  }

  String shown() {
    return login.shown();
  }

  /// A connection of its own, outside the pool, without autocommit.
  ///
  /// @throws UserException if there is none to be had
  Connection connectNow() {
    return login.connect();
  }

  /// A connection from the pool, without autocommit.
  Connection connection() throws SQLException {
    return pool().getConnection();
  }

  /// Says that a connection is of no more use. COPY goes past the pool, which therefore does not
  /// notice when one breaks.
  void discard(Connection connection) {
    pool().evictConnection(connection);
  }

  private synchronized HikariDataSource pool() {
    HikariDataSource open = pool;
    if (open == null) {
      var config = new HikariConfig();
      config.setPoolName("waybill");
      config.setDataSource(login.source());
      config.setAutoCommit(false);
      config.setMaximumPoolSize(connections);
      // Connections come when they are needed, and a server that is down is told by the first call.
      config.setMinimumIdle(0);
      config.setInitializationFailTimeout(-1);
      config.setConnectionTimeout(Math.max(250, login.connectTimeout().toMillis()));
      open = new HikariDataSource(config);
      pool = open;
    }
    return open;
  }

  @Override
  public synchronized void close() {
    if (pool != null) {
      pool.close();
      pool = null;
    }
  }
}
