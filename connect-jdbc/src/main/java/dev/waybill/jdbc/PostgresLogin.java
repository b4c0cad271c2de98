package dev.waybill.jdbc;

import dev.waybill.UserException;
import dev.waybill.spi.Option;
import dev.waybill.spi.Options;
import dev.waybill.spi.Permits;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Properties;
import javax.sql.DataSource;
import org.postgresql.Driver;

/// What the driver needs to let us into a PostgreSQL database. Also for those who read its changes.
public final class PostgresLogin {

  private final PostgresAddress address;
  private final Properties properties = new Properties();
  private final Duration connectTimeout;

  /// @param options with `user`, `password`, `connect-timeout` and `timeout`
  PostgresLogin(PostgresAddress address, Options options) {
    this.address = address;
    this.connectTimeout = options.duration("connect-timeout");
    String user = options.has("user") ? options.text("user") : address.user();
    String password = options.has("password") ? options.text("password") : address.password();
    if (user != null) {
      properties.setProperty("user", user);
    }
    if (password != null) {
      properties.setProperty("password", password);
    }
    if (!isGiven("socketFactory")) {
      properties.setProperty("socketFactory", GuardedSockets.class.getName());
      properties.setProperty(
          "socketFactoryArg", GuardedSockets.keep(options.permits().addresses()));
    } else if (!options.permits().equals(Permits.everything())) {
      throw new UserException(
          "The address of a PostgreSQL database must name no socketFactory here; leave it out");
    }
    // Parameters in the address win over these. The driver counts in whole seconds.
    setUnlessGiven("connectTimeout", seconds(connectTimeout));
    setUnlessGiven("loginTimeout", seconds(connectTimeout));
    setUnlessGiven("socketTimeout", seconds(options.duration("timeout")));
    setUnlessGiven("tcpKeepAlive", "true");
    setUnlessGiven("ApplicationName", "waybill");
  }

  /// The options that it takes.
  public static List<Option> options() {
    return List.of(
        Option.of("user", null, "the user, if the address names none"),
        Option.secret("password", "the password, if the address has none"),
        Option.of("connect-timeout", "10s", "how long to wait for a connection"),
        Option.of("timeout", "10m", "how long to wait for the next rows"));
  }

  /// Reads address and options; connects to nothing yet.
  ///
  /// @param address `postgresql://USER@HOST:PORT/DATABASE`
  /// @param options with those of [#options]
  /// @throws UserException if the address is none
  public static PostgresLogin of(String address, Options options) {
    return new PostgresLogin(PostgresAddress.parse(address), options);
  }

  /// The address as the driver takes it, without user and password.
  public String url() {
    return address.url();
  }

  /// As messages show it: `shop at db.example.org:5432`.
  public String shown() {
    return address.shown();
  }

  /// What the driver is told beside the address.
  public Properties properties() {
    return properties;
  }

  Duration connectTimeout() {
    return connectTimeout;
  }

  /// A connection without autocommit.
  ///
  /// @throws UserException if there is none to be had
  public Connection connect() {
    try {
      Connection connection = open();
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

  /// Not by way of DriverManager, which first loads every driver that there is, DuckDB's too.
  private Connection open() throws SQLException {
    return Objects.requireNonNull(new Driver().connect(address.url(), properties));
  }

  /// Opens connections as [#connect] does, for a pool.
  DataSource source() {
    return new LoginSource(this::open);
  }

  private static String hint(String state) {
    if (state.startsWith("28")) {
      return "; check the user and --option password=env:NAME";
    }
    return state.startsWith("08") ? "; check host and port, and whether it runs" : "";
  }

  private void setUnlessGiven(String name, String value) {
    if (!isGiven(name)) {
      properties.setProperty(name, value);
    }
  }

  private boolean isGiven(String name) {
    return address.url().contains("?" + name + "=") || address.url().contains("&" + name + "=");
  }

  private static String seconds(Duration duration) {
    return Long.toString(Math.max(1, duration.toSeconds()));
  }
}
