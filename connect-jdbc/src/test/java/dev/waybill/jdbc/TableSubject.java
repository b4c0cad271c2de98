package dev.waybill.jdbc;

import dev.waybill.FieldNames;
import dev.waybill.Fields;
import dev.waybill.Item;
import dev.waybill.spi.Destination;
import dev.waybill.spi.DestinationProvider;
import dev.waybill.spi.DestinationProvider.Delivery;
import dev.waybill.spi.Options;
import dev.waybill.testkit.Subject;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A table under test by the contract of all destinations; its far side is read by plain JDBC.
abstract class TableSubject implements Subject<Fields> {

  static final String TABLE =
      "create table contacts (id integer primary key, email varchar(60) not null)";

  private static final FieldNames NAMES = FieldNames.of("id", "email");

  private final DestinationProvider provider;
  private final Map<String, String> options;
  private @Nullable Connection truth;

  TableSubject(DestinationProvider provider, Map<String, String> options) {
    this.provider = provider;
    this.options = options;
  }

  abstract String address();

  abstract Connection connect() throws SQLException;

  @Override
  public Destination<Fields> open() throws SQLException {
    var delivery = new Delivery(NAMES, List.of(), List.of("id"), "contacts");
    return provider.open(address(), Options.of("it", provider.options(), options), delivery);
  }

  @Override
  public Item<Fields> valid(long ordinal) {
    return item(ordinal, "c" + ordinal + "@example.org");
  }

  @Override
  public Optional<Item<Fields>> invalid(long ordinal) {
    return Optional.of(item(ordinal, ""));
  }

  private static Item<Fields> item(long ordinal, String email) {
    return Item.of(ordinal, Fields.of(NAMES, Long.toString(ordinal), email));
  }

  @Override
  public int timesApplied(Item<Fields> item) throws SQLException {
    return (int) count(" where id = " + item.payload().text("id"));
  }

  @Override
  public long applied() throws SQLException {
    return count("");
  }

  private long count(String condition) throws SQLException {
    if (truth == null) {
      truth = connect();
    }
    try (var statement = truth.createStatement();
        var rows = statement.executeQuery("select count(*) from contacts" + condition)) {
      rows.next();
      return rows.getLong(1);
    }
  }

  @Override
  public void close() throws IOException {
    if (truth != null) {
      try {
        truth.close();
      } catch (SQLException e) {
        throw new IOException(e);
      }
    }
  }
}
