package dev.waybill.ledger;

import dev.waybill.UserException;
import dev.waybill.spi.SourceIdentity;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Which runs there are.
final class RunQueries {

  private static final String SELECT =
      "SELECT r.number, r.id, r.parent, r.flow, r.started_at, r.source, r.destination, r.policy,"
          + " r.job, r.finished_at, r.outcome, r.reason, r.report, p.delivered, p.rejected,"
          + " p.unknown, p.unprocessed, p.calls, p.retries, p.failed_calls, p.throttled_calls,"
          + " p.throttled_ms, "
          + Lease.HELD
          + " FROM run r JOIN progress p ON p.run = r.number ";

  private static final int FIRST_OF_LEASE = 23;

  /// So many are shown of those that a prefix may mean.
  private static final int MOST_MEANT = 5;

  private final Connection connection;
  private final Instant now;
  private final ProcessTable processes;

  RunQueries(Connection connection, Instant now, ProcessTable processes) {
    this.connection = connection;
    this.now = now;
    this.processes = processes;
  }

  /// How a run stands is partly a matter of the clock and of this machine's processes, so the
  /// choice among the unfinished is made here.
  List<RunRecord> runs(RunQuery query) throws SQLException {
    String flow = query.flow();
    try (PreparedStatement select =
        connection.prepareStatement(
            SELECT
                + "WHERE "
                + (flow == null ? "1 = 1" : "r.flow = ?")
                + " AND "
                + outcomes(query)
                + " ORDER BY r.started_at DESC, r.number DESC")) {
      if (flow != null) {
        select.setString(1, flow);
      }
      var runs = new ArrayList<RunRecord>();
      try (ResultSet row = select.executeQuery()) {
        while (runs.size() < query.limit() && row.next()) {
          RunRecord run = record(row);
          if (query.statuses().contains(run.status())) {
            runs.add(run);
          }
        }
      }
      return runs;
    }
  }

  private static String outcomes(RunQuery query) {
    var wanted = new ArrayList<String>();
    for (RunStatus status : query.statuses()) {
      wanted.add(
          switch (status) {
            case RUNNING, INTERRUPTED -> "r.outcome IS NULL";
            case FINISHED -> "r.outcome = 'finished'";
            case GIVEN_UP -> "r.outcome = 'given up'";
          });
    }
    return wanted.isEmpty() ? "1 = 0" : "(" + String.join(" OR ", wanted) + ")";
  }

  RunRecord find(String prefix, String ledger) throws SQLException {
    if (prefix.equals("last")) {
      return runs(RunQuery.newest(1)).stream()
          .findFirst()
          .orElseThrow(() -> new UserException("the ledger %s has no runs yet".formatted(ledger)));
    }
    List<RunRecord> meant = beginning(prefix);
    if (meant.isEmpty()) {
      throw unknown(prefix, ledger);
    }
    if (meant.size() > 1 && !meant.getFirst().id().equals(prefix)) {
      List<String> ids = meant.stream().map(RunRecord::id).toList();
      throw new UserException(
          "more than one run begins with %s (%s); give more of its id"
              .formatted(prefix, String.join(", ", ids)));
    }
    return meant.getFirst();
  }

  private List<RunRecord> beginning(String prefix) throws SQLException {
    return select(
        "WHERE substr(r.id, 1, ?) = ? ORDER BY r.id LIMIT " + MOST_MEANT, prefix.length(), prefix);
  }

  static UserException unknown(String id, String ledger) {
    return new UserException(
        "the ledger %s knows no run %s; list those it knows with: waybill runs"
            .formatted(ledger, id));
  }

  /// The run of exactly this id.
  @Nullable RunRecord run(String id) throws SQLException {
    List<RunRecord> runs = select("WHERE r.id = ?", id);
    return runs.isEmpty() ? null : runs.getFirst();
  }

  @Nullable Long number(String id) throws SQLException {
    try (PreparedStatement select =
        connection.prepareStatement("SELECT number FROM run WHERE id = ?")) {
      select.setString(1, id);
      try (ResultSet row = select.executeQuery()) {
        return row.next() ? (Long) row.getLong(1) : null;
      }
    }
  }

  Lineage lineage(RunRecord run) throws SQLException {
    var ancestors = new ArrayList<RunRecord>();
    RunRecord ancestor = run;
    while (ancestor != null && ancestor.header().parent() != null) {
      ancestor = run(Objects.requireNonNull(ancestor.header().parent()));
      if (ancestor != null) {
        ancestors.add(ancestor);
      }
    }
    return new Lineage(
        ancestors, select("WHERE r.parent = ? ORDER BY r.started_at, r.number", run.id()));
  }

  private List<RunRecord> select(String where, Object... values) throws SQLException {
    try (PreparedStatement select = connection.prepareStatement(SELECT + where)) {
      for (int i = 0; i < values.length; i++) {
        select.setObject(i + 1, values[i]);
      }
      var runs = new ArrayList<RunRecord>();
      try (ResultSet row = select.executeQuery()) {
        while (row.next()) {
          runs.add(record(row));
        }
      }
      return runs;
    }
  }

  private RunRecord record(ResultSet row) throws SQLException {
    Lease.Held held = Lease.held(row, FIRST_OF_LEASE);
    return new RunRecord(
        header(row),
        status(row.getString(11), held),
        counts(row),
        held == null ? null : held.asHolder(),
        Times.time(row.getString(10)),
        row.getString(12),
        row.getString(13));
  }

  private RunStatus status(@Nullable String outcome, Lease.@Nullable Held held) {
    return switch (outcome) {
      case null ->
          held != null && held.isLive(now, processes) ? RunStatus.RUNNING : RunStatus.INTERRUPTED;
      case "finished" -> RunStatus.FINISHED;
      default -> RunStatus.GIVEN_UP;
    };
  }

  private static RunCounts counts(ResultSet row) throws SQLException {
    return new RunCounts(
        row.getLong(14),
        row.getLong(15),
        row.getLong(16),
        row.getLong(17),
        row.getLong(18),
        row.getLong(19),
        row.getLong(20),
        row.getLong(21),
        Duration.ofMillis(row.getLong(22)));
  }

  private RunHeader header(ResultSet row) throws SQLException {
    long number = row.getLong(1);
    return new RunHeader(
        row.getString(2),
        row.getString(3),
        row.getString(4),
        Instant.parse(row.getString(5)),
        identity(number),
        row.getString(6),
        row.getString(7),
        row.getString(8),
        row.getString(9),
        keyColumns(number));
  }

  private SourceIdentity identity(long run) throws SQLException {
    var parts = new ArrayList<SourceIdentity.Part>();
    try (PreparedStatement select =
        connection.prepareStatement(
            "SELECT name, size, fingerprint FROM source_part WHERE run = ? ORDER BY number")) {
      select.setLong(1, run);
      try (ResultSet row = select.executeQuery()) {
        while (row.next()) {
          parts.add(new SourceIdentity.Part(row.getString(1), row.getLong(2), row.getString(3)));
        }
      }
    }
    return new SourceIdentity(parts);
  }

  private List<String> keyColumns(long run) throws SQLException {
    var names = new ArrayList<String>();
    try (PreparedStatement select =
        connection.prepareStatement("SELECT name FROM key_column WHERE run = ? ORDER BY number")) {
      select.setLong(1, run);
      try (ResultSet row = select.executeQuery()) {
        while (row.next()) {
          names.add(row.getString(1));
        }
      }
    }
    return names;
  }
}
