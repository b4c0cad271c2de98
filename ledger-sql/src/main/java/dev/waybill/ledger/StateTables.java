package dev.waybill.ledger;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;

/// The tables of one flow's keys, by its number.
record StateTables(long number) {

  /// By the hash as the row's number: the fastest that SQLite has.
  String accepted() {
    return "key_accepted_" + number;
  }

  /// Keys that share their hash with another one. Almost always empty.
  String twins() {
    return "key_twin_" + number;
  }

  String trouble() {
    return "key_trouble_" + number;
  }

  String open() {
    return "key_open_" + number;
  }

  void create(Connection connection, Map<String, String> words) throws SQLException {
    String integer = words.getOrDefault("integer", "bigint");
    String clustered = words.getOrDefault("clustered", "");
    String state = " NOT NULL, fingerprint " + integer + " NOT NULL, key text NOT NULL, run ";
    run(
        connection,
        List.of(
            "CREATE TABLE "
                + accepted()
                + " (hash "
                + integer
                + " PRIMARY KEY, check_hash "
                + integer
                + state
                + integer
                + " NOT NULL)",
            "CREATE TABLE "
                + twins()
                + " (hash "
                + integer
                + " NOT NULL, check_hash "
                + integer
                + state
                + integer
                + " NOT NULL, PRIMARY KEY (hash, check_hash)) "
                + clustered,
            "CREATE TABLE "
                + trouble()
                + (" (hash #, check_hash #, key text NOT NULL, operation text NOT NULL, status text"
                        + " NOT NULL, fingerprint #, code text, message text NOT NULL, first_at"
                        + " text NOT NULL, last_at text NOT NULL, last_run #, failures #, PRIMARY"
                        + " KEY (hash, check_hash)) ")
                    .replace("#", integer + " NOT NULL")
                + clustered,
            "CREATE TABLE "
                + open()
                + " (hash #, check_hash #, key text NOT NULL, operation text NOT NULL, PRIMARY KEY (hash, check_hash)) "
                    .replace("#", integer + " NOT NULL")
                + clustered));
  }

  void drop(Connection connection) throws SQLException {
    run(
        connection,
        List.of(
            "DROP TABLE " + accepted(),
            "DROP TABLE " + twins(),
            "DROP TABLE " + trouble(),
            "DROP TABLE " + open(),
            "DELETE FROM keyed_flow WHERE number = " + number));
  }

  private static void run(Connection connection, List<String> statements) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      for (String sql : statements) {
        statement.execute(sql);
      }
    }
  }
}
