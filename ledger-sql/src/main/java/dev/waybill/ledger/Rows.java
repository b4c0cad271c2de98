package dev.waybill.ledger;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Spliterator;
import java.util.Spliterators.AbstractSpliterator;
import java.util.function.Consumer;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/// Rows of the database as a stream, which holds the connection until it is closed.
final class Rows {

  private Rows() {}

  interface Query<T> {
    Cursor<T> open(Connection connection) throws SQLException;
  }

  static <T> Stream<T> stream(Database database, Query<T> query) {
    Connection connection = null;
    try {
      connection = database.connectToStream();
      Cursor<T> cursor = query.open(connection);
      Connection open = connection;
      return StreamSupport.stream(spliterator(database, cursor), false)
          .onClose(() -> close(database, open));
    } catch (SQLException e) {
      close(database, connection);
      throw database.explain(e);
    } catch (RuntimeException e) {
      close(database, connection);
      throw e;
    }
  }

  private static <T> Spliterator<T> spliterator(Database database, Cursor<T> cursor) {
    return new AbstractSpliterator<>(Long.MAX_VALUE, Spliterator.ORDERED | Spliterator.NONNULL) {
      @Override
      public boolean tryAdvance(Consumer<? super T> action) {
        T next;
        try {
          next = cursor.next();
        } catch (SQLException e) {
          throw database.explain(e);
        }
        if (next == null) {
          return false;
        }
        action.accept(next);
        return true;
      }
    };
  }

  private static void close(Database database, @Nullable Connection connection) {
    if (connection == null) {
      return;
    }
    try (connection) {
      if (!connection.getAutoCommit()) {
        connection.rollback();
      }
    } catch (SQLException e) {
      throw database.explain(e);
    }
  }
}
