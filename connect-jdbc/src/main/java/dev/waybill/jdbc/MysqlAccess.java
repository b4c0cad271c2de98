package dev.waybill.jdbc;

import dev.waybill.UserException;
import dev.waybill.spi.Options;
import dev.waybill.spi.Permits;
import java.sql.Connection;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Properties;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.mariadb.jdbc.Driver;

/// The way into a MySQL or MariaDB database that is read.
final class MysqlAccess implements Access {

  /// How long the server waits for us to take the next rows before it breaks the connection off, in
  /// seconds. Its own 60 would end every reading whose destination makes us wait for a minute.
  private static final int LONGEST_PAUSE = 7 * 24 * 60 * 60;

  private static final Pattern CONNECTION_NUMBER = Pattern.compile("^\\(conn=\\d+\\) ");

  private final MysqlAddress address;
  private final Properties properties = new Properties();

  /// @param options with `user`, `password`, `connect-timeout` and `timeout`
  MysqlAccess(MysqlAddress address, Options options) {
    this.address = address;
    if (address.parameters().containsKey("serverSslCert")
        && !options.permits().equals(Permits.everything())) {
      throw new UserException(
          "The address of a MySQL database must name no file serverSslCert here; leave it out");
    }
    address.parameters().forEach(properties::setProperty);
    set("user", options.has("user") ? options.text("user") : address.user());
    set("password", options.has("password") ? options.text("password") : address.password());
    set("connectTimeout", millis(options.duration("connect-timeout")));
    set("socketTimeout", millis(options.duration("timeout")));
    set("socketFactory", GuardedMysqlSockets.class.getName());
    set(GuardedMysqlSockets.RULE, GuardedSockets.keep(options.permits().addresses()));
    set("tcpKeepAlive", "true");
    // A server could ask for any file that we can read.
    set("allowLocalInfile", "false");
    set("yearIsDateType", "false");
    set("rewriteBatchedStatements", "true");
    set("connectionAttributes", "program_name:waybill");
  }

  private void set(String name, @Nullable String value) {
    if (value != null) {
      properties.setProperty(name, value);
    }
  }

  private static String millis(Duration duration) {
    return Long.toString(Math.clamp(duration.toMillis(), 1, Integer.MAX_VALUE));
  }

  @Override
  public String shown() {
    return "The MySQL database " + address.shown();
  }

  /// One snapshot for the whole transaction (MySQL's manual, "Consistent Nonlocking Reads"). Times
  /// that the database keeps in UTC come in UTC.
  @Override
  public Connection snapshot() {
    Connection connection = connect();
    try (var statement = connection.createStatement()) {
      statement.execute("set session time_zone = '+00:00'");
      statement.execute("set session net_write_timeout = " + LONGEST_PAUSE);
      statement.execute("set session transaction isolation level repeatable read");
      statement.execute("start transaction with consistent snapshot, read only");
      return connection;
    } catch (SQLException e) {
      throw new UserException(shown() + " can not be read: " + text(e), e);
    }
  }

  /// Any further statement, a rollback too, would first take in all rows that are left: the
  /// connection is cut instead.
  @Override
  public void breakOff(Connection snapshot) throws SQLException {
    snapshot.abort(Runnable::run);
  }

  @Override
  public Connection writing() {
    Connection connection = connect();
    try {
      connection.setAutoCommit(false);
      return connection;
    } catch (SQLException e) {
      throw new UserException(shown() + " can not be written to: " + text(e), e);
    }
  }

  private Connection connect() {
    try {
      // Not by way of DriverManager, which first loads every driver that there is.
      return new Driver().connect(address.url(), properties);
    } catch (SQLException e) {
      throw new UserException(shown() + " can not be reached: " + text(e) + hint(e), e);
    }
  }

  private static String hint(SQLException error) {
    String state = PostgresErrors.state(error);
    if (state.startsWith("28")) {
      return "; check the user and --source-option password=env:NAME";
    }
    return state.startsWith("08") ? "; check host and port, and whether it runs" : "";
  }

  @Override
  public String quoted(String name) {
    return Quote.backticked(name);
  }

  /// Reasons and keys may have any character, whatever the database's own character set.
  @Override
  public String tableOptions() {
    return " default character set utf8mb4";
  }

  @Override
  public Cell cell(ResultSetMetaData meta, int index) throws SQLException {
    return MysqlCell.of(meta, index);
  }

  @Override
  public String text(SQLException error) {
    String message = error.getMessage();
    return message == null
        ? "the driver gave no message"
        : CONNECTION_NUMBER.matcher(message).replaceFirst("");
  }
}
