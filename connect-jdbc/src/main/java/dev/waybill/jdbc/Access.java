package dev.waybill.jdbc;

import dev.waybill.UserException;
import java.sql.Connection;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;

/// The way into a database that is read, and what is particular to it.
interface Access {

  /// How messages name it, without secrets: `shop at db.example.org:5432`.
  String shown();

  /// A connection on which a transaction that reads is open: all that it reads is as of one moment.
  ///
  /// @throws UserException if there is none to be had
  Connection snapshot();

  /// A connection for writing, without autocommit.
  ///
  /// @throws UserException if there is none to be had, or writing would wait for the reading
  Connection writing();

  /// Ends the reading where all rows were read.
  default void close(Connection snapshot) throws SQLException {
    try (snapshot) {
      snapshot.rollback();
    }
  }

  /// Ends the reading where rows are left.
  default void breakOff(Connection snapshot) throws SQLException {
    close(snapshot);
  }

  /// What stands behind the columns where a table is made.
  default String tableOptions() {
    return "";
  }

  /// A name in SQL, exactly as written.
  String quoted(String name);

  /// How a column is read.
  ///
  /// @param index counted from 1
  default Cell cell(ResultSetMetaData meta, int index) throws SQLException {
    return StandardCell.of(meta, index);
  }

  /// An error in the database's own words.
  String text(SQLException error);
}
