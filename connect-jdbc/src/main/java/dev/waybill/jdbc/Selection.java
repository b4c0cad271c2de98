package dev.waybill.jdbc;

import dev.waybill.UserException;
import dev.waybill.spi.Option;
import dev.waybill.spi.Options;
import java.util.Arrays;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// What is read of a database: the rows of a table, or what a query gives.
///
/// @param sql the statement
/// @param name what the rows are called: the table without its schema; null for a query
/// @param fetchSize rows that the driver holds at a time, where it reads in portions
record Selection(String sql, @Nullable String name, int fetchSize) {

  /// Where the driver chooses itself how many rows it holds.
  static final int NO_PORTIONS = 0;

  private static final int MOST_FETCHED = 100_000;

  /// The options of every database that is read.
  static List<Option> options() {
    return List.of(
        Option.of("table", null, "the table or view to read, in whole; short: --from-table NAME"),
        Option.of("query", null, "the query to read, in place of a table; short: --query SQL"),
        Option.of("fetch-size", "1000", "rows that are fetched at a time"));
  }

  /// @param quote how this database writes a name that is to be taken as it stands
  static Selection of(Options options, UnaryOperator<String> quote) {
    return of(options, quote, options.integer("fetch-size", 1, MOST_FETCHED));
  }

  /// @param quote how this database writes a name that is to be taken as it stands
  static Selection of(Options options, UnaryOperator<String> quote, int fetchSize) {
    String table = options.text("table");
    String query = options.text("query");
    if (table != null && query == null) {
      List<String> parts = Arrays.asList(table.strip().split("\\.", -1));
      String quoted = parts.stream().map(quote).collect(Collectors.joining("."));
      return new Selection("select * from " + quoted, parts.getLast(), fetchSize);
    }
    if (query != null && table == null) {
      return new Selection(query.strip().replaceFirst(";\\s*$", ""), null, fetchSize);
    }
    throw new UserException(
        table == null
            ? "A database holds many tables: say what to read, by --from-table NAME or --query SQL"
            : "Either a table or a query is read: give one of --from-table and --query");
  }
}
