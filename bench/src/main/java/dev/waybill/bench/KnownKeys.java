package dev.waybill.bench;

import dev.waybill.Fields;
import dev.waybill.Item;
import dev.waybill.Reason;
import dev.waybill.flow.launch.Connectors;
import dev.waybill.ledger.KeyHash;
import dev.waybill.ledger.Prints;
import dev.waybill.spi.Intake;
import dev.waybill.spi.Options;
import dev.waybill.spi.Source;
import dev.waybill.spi.SourceProvider;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/// The state of a flow's keys as it would be had every record been delivered; written in bulk, in a
/// hundredth of the time.
final class KnownKeys {

  private static final int ROWS_AT_ONCE = 10_000;

  private KnownKeys() {}

  /// Fills the state of the ledger's one flow.
  static void fill(Path ledger, Path csv) throws SQLException {
    SourceProvider provider = Connectors.found().source(null, List.of(csv.toString()));
    Options options = Options.of(provider.name(), provider.options(), Map.of());
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + ledger);
        var statement = connection.createStatement();
        Source source = provider.open(List.of(csv.toString()), options)) {
      statement.execute("pragma synchronous = off");
      statement.execute(
          "create temp table known (hash integer, check_hash integer, fingerprint integer, key text)");
      connection.setAutoCommit(false);
      try (var insert = connection.prepareStatement("insert into known values (?, ?, ?, ?)")) {
        var rows = new Rows(insert);
        while (source.next(rows)) {
          // the rows take it
        }
        insert.executeBatch();
      }
      // In the order of the table's own key, or every row would change a page of its own.
      statement.execute(
          "insert into key_accepted_1 (hash, check_hash, fingerprint, key, run)"
              + " select hash, check_hash, fingerprint, key, 1 from known order by hash");
      connection.commit();
    }
  }

  private static final class Rows implements Intake<Fields> {

    private final PreparedStatement insert;
    private final Prints prints = new Prints();
    private int rows;

    Rows(PreparedStatement insert) {
      this.insert = insert;
    }

    @Override
    public void accept(Item<Fields> item) {
      String key = Objects.requireNonNull(item.payload().text("id"));
      KeyHash hash = prints.key(key);
      try {
        insert.setLong(1, hash.hash());
        insert.setLong(2, hash.check());
        insert.setLong(3, prints.record(item.payload()));
        insert.setString(4, key);
        insert.addBatch();
        if (++rows % ROWS_AT_ONCE == 0) {
          insert.executeBatch();
        }
      } catch (SQLException e) {
        throw new IllegalStateException(e);
      }
    }

    @Override
    public void refuse(Item<Fields> item, Reason reason) {
      throw new IllegalStateException(reason.message());
    }
  }
}
