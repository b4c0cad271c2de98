package dev.waybill.ledger;

import dev.waybill.run.ReasonDigest;
import dev.waybill.run.Report;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Writes down that a run has ended, and why what was not delivered was not.
final class Ending {

  private final Connection connection;
  private final long run;

  Ending(Connection connection, long run) {
    this.connection = connection;
    this.run = run;
  }

  /// Writes the outcome and the reasons; the caller commits.
  ///
  /// @param resumed whether the report tells of the last of several lives, so that the reasons of
  ///   all are to be reckoned up
  void write(Report report, String text, Instant now, boolean resumed) throws SQLException {
    String reason = reason(report);
    try (PreparedStatement update =
        connection.prepareStatement(
            "UPDATE run SET finished_at = ?, outcome = ?, reason = ?, report = ? WHERE number = ?")) {
      update.setString(1, Times.text(now));
      update.setString(2, report.givenUp() ? "given up" : "finished");
      update.setString(3, reason);
      update.setString(4, text);
      update.setLong(5, run);
      update.executeUpdate();
    }
    writeReasons(resumed ? new ItemQueries(connection, run).digest() : report.reasons());
  }

  private static @Nullable String reason(Report report) {
    if (!report.givenUp()) {
      return null;
    }
    return Stream.of(
            report.stopped() == null ? null : report.stopped().toString(),
            report.unread(),
            report.unwritten())
        .filter(Objects::nonNull)
        .findFirst()
        .orElse(null);
  }

  private void writeReasons(List<ReasonDigest.Group> groups) throws SQLException {
    try (PreparedStatement insert =
            connection.prepareStatement(
                "INSERT INTO reason_group (run, number, disposition, code, pattern, items)"
                    + " VALUES (?, ?, ?, ?, ?, ?)");
        PreparedStatement examples =
            connection.prepareStatement(
                "INSERT INTO reason_example (run, group_number, number, ordinal, line, key, message)"
                    + " VALUES (?, ?, ?, ?, ?, ?, ?)")) {
      int number = 0;
      for (ReasonDigest.Group group : groups) {
        number++;
        insert.setLong(1, run);
        insert.setInt(2, number);
        insert.setString(3, Dispositions.name(group.disposition()));
        insert.setString(4, group.code());
        insert.setString(5, group.pattern());
        insert.setLong(6, group.count());
        insert.addBatch();
        addExamples(examples, number, group.examples());
      }
      insert.executeBatch();
      examples.executeBatch();
    }
  }

  private void addExamples(PreparedStatement insert, int group, List<ReasonDigest.Example> examples)
      throws SQLException {
    int number = 0;
    for (ReasonDigest.Example example : examples) {
      number++;
      insert.setLong(1, run);
      insert.setInt(2, group);
      insert.setInt(3, number);
      insert.setLong(4, example.ordinal());
      insert.setLong(5, example.line());
      insert.setString(6, example.key());
      insert.setString(7, example.message());
      insert.addBatch();
    }
  }
}
