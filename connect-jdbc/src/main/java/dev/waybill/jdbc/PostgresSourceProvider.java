package dev.waybill.jdbc;

import dev.waybill.UserException;
import dev.waybill.spi.Option;
import dev.waybill.spi.Options;
import dev.waybill.spi.Source;
import dev.waybill.spi.SourceProvider;
import java.util.ArrayList;
import java.util.List;

/// Reads a table or query of a PostgreSQL database.
public final class PostgresSourceProvider implements SourceProvider {

  /// Made by `java.util.ServiceLoader`.
  public PostgresSourceProvider() {}

  @Override
  public String name() {
    return "postgresql";
  }

  @Override
  public String summary() {
    return "a table or query of a PostgreSQL database: postgresql://USER@HOST:PORT/DATABASE";
  }

  @Override
  public boolean recognizes(String location) {
    return location.startsWith("postgresql://")
        || location.startsWith("postgres://")
        || location.startsWith("jdbc:postgresql:");
  }

  @Override
  public List<Option> options() {
    var options = new ArrayList<>(Selection.options());
    options.addAll(PostgresLogin.options());
    return List.copyOf(options);
  }

  @Override
  public Source open(List<String> locations, Options options) {
    if (locations.size() != 1) {
      throw new UserException("One database is read at a time, not " + locations.size());
    }
    var login = PostgresLogin.of(locations.getFirst(), options);
    return SqlSource.open(new PostgresAccess(login), Selection.of(options, Quote::name));
  }

  /// Some rows of a table, no matter which.
  ///
  /// @param most so many at most
  public static Source some(PostgresLogin login, String schema, String table, int most) {
    String sql = "select * from " + Quote.name(schema) + "." + Quote.name(table) + " limit " + most;
    return SqlSource.open(new PostgresAccess(login), new Selection(sql, table, most));
  }
}
