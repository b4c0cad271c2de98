package dev.waybill.jdbc;

import dev.waybill.Fields;
import dev.waybill.UserException;
import dev.waybill.spi.Destination;
import dev.waybill.spi.DestinationProvider;
import dev.waybill.spi.Option;
import dev.waybill.spi.Options;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// Delivers into a table of an SQLite file: `sqlite:contacts.db`.
public final class SqliteProvider implements DestinationProvider {

  private static final String SCHEME = "sqlite:";

  /// Made by `java.util.ServiceLoader`.
  public SqliteProvider() {}

  @Override
  public List<String> schemes() {
    return List.of("sqlite");
  }

  @Override
  public String summary() {
    return "a table of an SQLite file: sqlite:FILE";
  }

  @Override
  public List<Option> options() {
    var options = new ArrayList<>(Settings.options("true"));
    options.addAll(SqliteSession.options());
    return List.copyOf(options);
  }

  @Override
  public Destination<Fields> open(String address, Options options, Delivery delivery) {
    String file = address.startsWith(SCHEME) ? address.substring(SCHEME.length()) : address;
    if (file.isBlank()) {
      throw new UserException("The address '" + address + "' names no file: sqlite:FILE");
    }
    var session = new SqliteSession(Path.of(file), options);
    return SqliteDestination.open(session, Settings.of(options, delivery), delivery);
  }

  @Override
  public Destination<Fields> openDeleting(String address, Options options, Delivery delivery) {
    var session = new SqliteSession(Path.of(address.substring(SCHEME.length())), options);
    return new SqliteDeleting(session, Settings.of(options, delivery), delivery);
  }
}
