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

  /// A name in SQL, exactly as written.
  String quoted(String name);

  /// How a column is read.
  ///
  /// @param index counted from 1
  default Cell cell(ResultSetMetaData meta, int index) throws SQLException {
    return Cell.of(meta, index);
  }

  /// An error in the database's own words.
  String text(SQLException error);
}
