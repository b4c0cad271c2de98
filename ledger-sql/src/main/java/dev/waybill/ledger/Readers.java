package dev.waybill.ledger;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/// Connections for questions that are answered in a moment. Some are kept open between two of them,
/// for opening one costs more than most questions do. Safe for use by many threads.
final class Readers implements AutoCloseable {

  /// As many questions as are asked at a time by a page that many look at.
  private static final int MOST_IDLE = 8;

  /// What has rested for longer is not trusted: a server may have been restarted meanwhile.
  private static final long STALE_NANOS = 30_000_000_000L;

  private final Database database;
  private final Deque<Idle> idle = new ArrayDeque<>();
  private boolean closed;

  private record Idle(Connection connection, long since) {}

  Readers(Database database) {
    this.database = database;
  }

  /// A question to the database, which commits by itself.
  interface Question<R> {
    R ask(Connection connection) throws SQLException;
  }

  <R> R ask(Question<R> question) throws SQLException {
    Connection connection = take();
    try {
      R answer = question.ask(connection);
      connection.setAutoCommit(true);
      giveBack(connection);
      return answer;
    } catch (SQLException | RuntimeException | Error e) {
      discard(connection);
      throw e;
    }
  }

  private Connection take() throws SQLException {
    for (Idle last = latest(); last != null; last = latest()) {
      if (System.nanoTime() - last.since() < STALE_NANOS) {
        return last.connection();
      }
      discard(last.connection());
    }
    return database.connect();
  }

  private synchronized @Nullable Idle latest() {
    return idle.pollLast();
  }

  private void giveBack(Connection connection) {
    if (!keeps(connection)) {
      discard(connection);
    }
  }

  private synchronized boolean keeps(Connection connection) {
    return !closed && idle.size() < MOST_IDLE && idle.add(new Idle(connection, System.nanoTime()));
  }

  private static void discard(Connection connection) {
    try {
      connection.close();
    } catch (SQLException e) {
      // It is of no use any more, or the question is answered.
    }
  }

  @Override
  public synchronized void close() {
    closed = true;
    idle.forEach(one -> discard(one.connection()));
    idle.clear();
  }
}
