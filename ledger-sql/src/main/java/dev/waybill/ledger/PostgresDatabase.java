package dev.waybill.ledger;

import dev.waybill.UserException;
import dev.waybill.sql.PostgresAddress;
import dev.waybill.sql.PostgresSchema;
import dev.waybill.sql.Schema;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.util.Objects;
import java.util.Properties;
import org.postgresql.Driver;

/// A schema named `waybill` in a database of PostgreSQL.
final class PostgresDatabase implements Database {

  private final String url;
  private final Properties properties;
  private final PostgresSchema schema;

  PostgresDatabase(PostgresAddress address, Durability durability) throws SQLException {
    this.url = address.url();
    this.schema = new PostgresSchema("the ledger", address.masked(), "waybill");
    this.properties = address.properties("waybill ledger", schema.schema());
    properties.setProperty(
        "options",
        "-c client_min_messages=warning -c synchronous_commit="
            + (durability == Durability.POWER ? "on" : "off"));
    try (Connection connection = connect()) {
      schema.make(connection);
    }
  }

  @Override
  public String name() {
    return schema.database();
  }

  @Override
  public Connection connect() throws SQLException {
    // Not by way of DriverManager, which first loads every driver that there is.
    return Objects.requireNonNull(new Driver().connect(url, properties));
  }

  /// The driver fetches piece by piece only within a transaction.
  @Override
  public Connection connectToStream() throws SQLException {
    Connection connection = connect();
    connection.setAutoCommit(false);
    return connection;
  }

  @Override
  public Schema schema() {
    return schema;
  }

  @Override
  public ItemRows itemRows(Connection connection, long run) {
    return new PostgresItemRows(connection, run);
  }

  /// Machines that share a ledger go by its server's clock: theirs may differ.
  @Override
  public Clock clock(Connection connection, Clock local) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row =
            statement.executeQuery(
                "SELECT (extract(epoch FROM clock_timestamp()) * 1000)::bigint")) {
      row.next();
      return Clock.offset(local, Duration.ofMillis(row.getLong(1) - local.millis()));
    }
  }

  @Override
  public UserException explain(SQLException error) {
    return new UserException(sentence(name(), error), error);
  }

  static UserException explain(PostgresAddress address, SQLException error) {
    return new UserException(sentence(address.masked(), error), error);
  }

  /// By the class of the state (https://www.postgresql.org/docs/current/errcodes-appendix.html).
  private static String sentence(String name, SQLException error) {
    String state = error.getSQLState() == null ? "" : error.getSQLState();
    if (state.startsWith("53100")) {
      return "the disk of the ledger %s is full; make room, and resume the run".formatted(name);
    }
    String said = error.getMessage();
    String family = state.length() < 2 ? "" : state.substring(0, 2);
    return switch (family) {
      case "08", "57" ->
          "the ledger %s can not be reached, or broke off (%s); see that it runs, and resume the run"
              .formatted(name, said);
      case "28" ->
          "the ledger %s does not let you in (%s); check user and password".formatted(name, said);
      case "3D" -> "the database of the ledger %s is not there; create it first".formatted(name);
      case "42" ->
          "the ledger %s can not be used (%s); the user needs the right to create a schema or to write the one named waybill"
              .formatted(name, said);
      default -> "the ledger %s can not be used: %s".formatted(name, said);
    };
  }
}
