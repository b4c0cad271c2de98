package dev.waybill.jdbc;

import dev.waybill.UserException;
import dev.waybill.spi.Option;
import dev.waybill.spi.Options;
import dev.waybill.spi.Source;
import dev.waybill.spi.SourceProvider;
import java.util.ArrayList;
import java.util.List;

/// Reads a table or query of a MySQL or MariaDB database.
public final class MysqlSourceProvider implements SourceProvider {

  /// Made by `java.util.ServiceLoader`.
  public MysqlSourceProvider() {}

  @Override
  public String name() {
    return "mysql";
  }

  @Override
  public String summary() {
    return "a table or query of a MySQL or MariaDB database: mysql://USER@HOST:PORT/DATABASE";
  }

  @Override
  public boolean recognizes(String location) {
    return MysqlAddress.recognizes(location);
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
    var access = new MysqlAccess(MysqlAddress.parse(locations.getFirst()), options);
    return SqlSource.open(access, Selection.of(options, Quote::backticked));
  }
}
