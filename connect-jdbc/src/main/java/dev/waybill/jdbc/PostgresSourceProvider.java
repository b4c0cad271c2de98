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
    options.addAll(
        List.of(
            Option.of("user", null, "the user, if the address names none"),
            Option.secret("password", "the password, if the address has none"),
            Option.of("connect-timeout", "10s", "how long to wait for a connection"),
            Option.of("timeout", "10m", "how long to wait for the next rows")));
    return List.copyOf(options);
  }

  @Override
  public Source open(List<String> locations, Options options) {
    if (locations.size() != 1) {
      throw new UserException("One database is read at a time, not " + locations.size());
    }
    var login = new PostgresLogin(PostgresAddress.parse(locations.getFirst()), options);
    return SqlSource.open(new PostgresAccess(login), Selection.of(options, Quote::name));
  }
}
