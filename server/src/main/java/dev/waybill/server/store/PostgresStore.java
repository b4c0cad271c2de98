package dev.waybill.server.store;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.waybill.sql.PostgresAddress;
import dev.waybill.sql.PostgresSchema;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.util.Properties;

/// Opens a store in a schema of PostgreSQL.
final class PostgresStore {

  private static final String SCHEMA = "waybill_service";

  private static final int CONNECTIONS = 12;

  private PostgresStore() {}

  static Store open(PostgresAddress address) {
    String name = address.masked();
    var schema = new PostgresSchema("the service's tables", name, SCHEMA);
    Properties properties = address.properties("waybill serve", SCHEMA);
    properties.setProperty("options", "-c client_min_messages=warning");
    try (Connection connection = DriverManager.getConnection(address.url(), properties)) {
      schema.make(connection);
      Clock clock = clock(connection);
      var config = new HikariConfig();
      config.setJdbcUrl(address.url());
      config.setDataSourceProperties(properties);
      config.setPoolName("waybill-service");
      config.setMaximumPoolSize(CONNECTIONS);
      config.setMinimumIdle(2);
      var pool = new HikariDataSource(config);
      return new Store(pool, pool, schema, name, Store.Dialect.POSTGRESQL, clock);
    } catch (SQLException | RuntimeException e) {
      throw Store.explain(name, e);
    }
  }

  /// Machines that share the service go by its server's clock: theirs may differ.
  private static Clock clock(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row =
            statement.executeQuery(
                "SELECT (extract(epoch FROM clock_timestamp()) * 1000)::bigint")) {
      row.next();
      Clock local = Clock.systemUTC();
      return Clock.offset(local, Duration.ofMillis(row.getLong(1) - local.millis()));
    }
  }
}
