package dev.waybill.debezium;

import dev.waybill.jdbc.PostgresLogin;
import dev.waybill.spi.LiveSource;
import dev.waybill.spi.LiveSourceProvider;
import dev.waybill.spi.Option;
import dev.waybill.spi.Options;
import java.util.ArrayList;
import java.util.List;

/// Reads the changes of a table of a PostgreSQL database, as they are made.
public final class PostgresChangesProvider implements LiveSourceProvider {

  private static final String NAME = "postgresql-changes";

  /// Made by `java.util.ServiceLoader`.
  public PostgresChangesProvider() {}

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public String summary() {
    return "the changes of a table of a PostgreSQL database, live:"
        + " postgresql-changes://USER@HOST:PORT/DATABASE";
  }

  @Override
  public boolean recognizes(String location) {
    return location.startsWith(NAME + "://");
  }

  @Override
  public List<Option> options() {
    var options = new ArrayList<>(Subscription.options());
    options.addAll(PostgresLogin.options());
    return List.copyOf(options);
  }

  @Override
  public LiveSource open(String location, Options options) {
    String address = "postgresql" + location.substring(NAME.length());
    return PostgresChanges.open(Subscription.of(PostgresLogin.of(address, options), options));
  }
}
