package dev.waybill.debezium;

import dev.waybill.jdbc.PostgresErrors;
import java.io.IOException;
import java.sql.SQLException;
import org.apache.kafka.connect.errors.RetriableException;

/// What an error means for reading on.
final class Trouble {

  private Trouble() {}

  /// Whether it passes by itself, such as a server that restarts.
  static boolean passes(Throwable error) {
    for (Throwable e = error; e != null; e = e.getCause()) {
      if (e instanceof SQLException known) {
        String state = PostgresErrors.state(known);
        // A connection, the server's means, a lock or a slot in use, a shutdown.
        return state.isEmpty() || state.matches("(08|53|55006|55P03|57).*");
      }
      if (e instanceof IOException) {
        return true;
      }
    }
    return error instanceof RetriableException;
  }

  /// In the words of who knows best: the server, or whatever lies deepest.
  static String text(Throwable error) {
    String text = error.getClass().getSimpleName();
    for (Throwable e = error; e != null; e = e.getCause()) {
      if (e instanceof SQLException known) {
        return PostgresErrors.text(known);
      }
      text = e.getMessage() == null ? text : e.getMessage();
    }
    return text;
  }
}
