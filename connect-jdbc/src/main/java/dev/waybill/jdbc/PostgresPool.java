package dev.waybill.jdbc;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.waybill.UserException;
import dev.waybill.spi.Option;
import dev.waybill.spi.Options;
import dev.waybill.spi.Permits;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Properties;
import org.jspecify.annotations.Nullable;

/// Connections to a PostgreSQL database, one for each call in flight.
final class PostgresPool implements AutoCloseable {

  private static final int MOST_CONNECTIONS = 100;

  private final PostgresAddress address;
  private final Properties properties = new Properties();
  private final int connections;
  private final Duration connectTimeout;
  private final String addressRule;
  private @Nullable HikariDataSource pool;

  PostgresPool(PostgresAddress address, Options options) {
    this.address = address;
    this.connections = options.integer("connections", 1, MOST_CONNECTIONS);
    this.connectTimeout = options.duration("connect-timeout");
    String user = options.has("user") ? options.text("user") : address.user();
    String password = options.has("password") ? options.text("password") : address.password();
    if (user != null) {
      properties.setProperty("user", user);
    }
    if (password != null) {
      properties.setProperty("password", password);
    }
    if (address.url().contains("socketFactory")
        && !options.permits().equals(Permits.everything())) {
      throw new UserException(
          "The address of a PostgreSQL database must name no socketFactory here; leave it out");
    }
    this.addressRule = GuardedSockets.keep(options.permits().addresses());
    if (!address.url().contains("socketFactory")) {
      properties.setProperty("socketFactory", GuardedSockets.class.getName());
      properties.setProperty("socketFactoryArg", addressRule);
    }
    // Parameters in the address win over these. The driver counts in whole seconds.
    setUnlessGiven("connectTimeout", seconds(connectTimeout));
    setUnlessGiven("loginTimeout", seconds(connectTimeout));
    setUnlessGiven("socketTimeout", seconds(options.duration("timeout")));
    setUnlessGiven("tcpKeepAlive", "true");
    setUnlessGiven("ApplicationName", "waybill");
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
    return address.shown();
  }

  /// A connection of its own, outside the pool, without autocommit.
  ///
  /// @throws UserException if there is none to be had
  Connection connectNow() {
    try {
      Connection connection = DriverManager.getConnection(address.url(), properties);
      connection.setAutoCommit(false);
      return connection;
    } catch (SQLException e) {
      throw new UserException(
          "PostgreSQL database "
              + address.shown()
              + " can not be reached: "
              + PostgresErrors.text(e)
              + hint(PostgresErrors.state(e)),
          e);
    }
  }

  private static String hint(String state) {
    if (state.startsWith("28")) {
      return "; check the user and --option password=env:NAME";
    }
    return state.startsWith("08") ? "; check host and port, and whether it runs" : "";
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
      config.setJdbcUrl(address.url());
      config.setDataSourceProperties(properties);
      config.setAutoCommit(false);
      config.setMaximumPoolSize(connections);
      // Connections come when they are needed, and a server that is down is told by the first call.
      config.setMinimumIdle(0);
      config.setInitializationFailTimeout(-1);
      config.setConnectionTimeout(Math.max(250, connectTimeout.toMillis()));
      open = new HikariDataSource(config);
      pool = open;
    }
    return open;
  }

  private void setUnlessGiven(String name, String value) {
    if (!address.url().contains("?" + name + "=") && !address.url().contains("&" + name + "=")) {
      properties.setProperty(name, value);
    }
  }

  private static String seconds(Duration duration) {
    return Long.toString(Math.max(1, duration.toSeconds()));
  }

  @Override
  public synchronized void close() {
    GuardedSockets.forget(addressRule);
    if (pool != null) {
      pool.close();
      pool = null;
    }
  }
}
