package dev.waybill.jdbc;

import dev.waybill.Fields;
import dev.waybill.spi.Destination;
import dev.waybill.spi.DestinationProvider;
import dev.waybill.spi.Option;
import dev.waybill.spi.Options;
import java.util.ArrayList;
import java.util.List;

/// Delivers into a table of a PostgreSQL database: `postgresql://user@host/database`.
public final class PostgresProvider implements DestinationProvider {

  /// Made by `java.util.ServiceLoader`.
  public PostgresProvider() {}

  @Override
  public List<String> schemes() {
    return List.of("postgresql", "postgres", "jdbc");
  }

  @Override
  public String summary() {
    return "a table of a PostgreSQL database: postgresql://USER@HOST:PORT/DATABASE";
  }

  @Override
  public List<Option> options() {
    var options = new ArrayList<>(Settings.options("false"));
    options.addAll(PostgresPool.options());
    return List.copyOf(options);
  }

  @Override
  public Destination<Fields> open(String address, Options options, Delivery delivery) {
    var pool = new PostgresPool(PostgresAddress.parse(address), options);
    return PostgresDestination.open(pool, Settings.of(options, delivery), delivery);
  }

  @Override
  public Destination<Fields> openDeleting(String address, Options options, Delivery delivery) {
    var pool = new PostgresPool(PostgresAddress.parse(address), options);
    return new PostgresDeleting(pool, Settings.of(options, delivery), delivery);
  }
}
