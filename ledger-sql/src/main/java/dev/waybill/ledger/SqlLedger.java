package dev.waybill.ledger;

import dev.waybill.Disposition;
import dev.waybill.Span;
import dev.waybill.UserException;
import dev.waybill.ledger.Readers.Question;
import dev.waybill.ledger.SqlJournal.Ground;
import dev.waybill.run.ReasonDigest;
import dev.waybill.spi.Recovery;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// A ledger in a database. Each journal and each stream has a connection of its own; all other
/// questions share some.
final class SqlLedger implements Ledger {

  private final Database database;
  private final Readers readers;
  private final Clock clock;
  private final ProcessTable processes;
  private final Set<SqlJournal<?>> journals = ConcurrentHashMap.newKeySet();
  private final Heartbeat heartbeat = new Heartbeat(this::beat);

  SqlLedger(Database database, Clock clock, ProcessTable processes) {
    this.database = database;
    this.readers = new Readers(database);
    this.clock = clock;
    this.processes = processes;
  }

  @Override
  public <T> RunJournal<T> begin(RunHeader header) {
    return onItsOwnConnection(
        connection -> {
          var run = new RunKey(header.id(), Beginning.write(connection, header));
          return this.<T>journal(connection, run, header);
        });
  }

  @Override
  public <T> Resumed<T> resume(String id) {
    return onItsOwnConnection(
        connection -> {
          if (!Lease.lock(connection, id)) {
            throw RunQueries.unknown(id, database.name());
          }
          RunQueries queries = queries(connection);
          RunRecord record = known(queries.run(id), id);
          if (record.finishedAt() != null) {
            throw new UserException(
                "run %s ended at %s and can not be resumed; send what did not arrive with: waybill retry %s"
                    .formatted(id, Times.text(record.finishedAt()), id));
          }
          var run = new RunKey(id, known(queries.number(id), id));
          SqlJournal<T> journal = journal(connection, run, record.header());
          Recovery recovery = journal.recover();
          return new Resumed<>(record.header(), recovery, journal.lengths(), journal);
        });
  }

  private <T> SqlJournal<T> journal(Connection connection, RunKey run, RunHeader header)
      throws SQLException {
    Lease lease = Lease.take(connection, run, clock, processes);
    var ground = new Ground(database, connection, run, clock);
    boolean keepsBytes = !header.identity().canBeReadAgain();
    return new SqlJournal<>(ground, lease, keepsBytes, journals::remove);
  }

  /// In one transaction on a connection that the journal made in it then owns.
  private <R> R onItsOwnConnection(Question<R> question) {
    Connection connection = null;
    try {
      connection = database.connect();
      connection.setAutoCommit(false);
      R answer = question.ask(connection);
      connection.commit();
      track(answer);
      return answer;
    } catch (SQLException e) {
      close(connection);
      throw database.explain(e);
    } catch (RuntimeException e) {
      close(connection);
      throw e;
    }
  }

  private static void close(@Nullable Connection connection) {
    if (connection != null) {
      try (connection) {
        connection.rollback();
      } catch (SQLException e) {
        // What went wrong before is told.
      }
    }
  }

  private void track(Object answer) {
    switch (answer) {
      case SqlJournal<?> journal -> journals.add(journal);
      case Resumed<?> resumed -> track(resumed.journal());
      default -> throw new IllegalStateException("no journal");
    }
    heartbeat.start();
  }

  /// Says of all runs that this process lives.
  void beat() {
    journals.forEach(SqlJournal::beat);
  }

  @Override
  public List<RunRecord> runs(RunQuery query) {
    return ask(connection -> queries(connection).runs(query));
  }

  @Override
  public RunRecord find(String prefix) {
    return ask(connection -> queries(connection).find(prefix, database.name()));
  }

  @Override
  public Optional<RunRecord> run(String id) {
    return ask(connection -> Optional.ofNullable(queries(connection).run(id)));
  }

  @Override
  public ItemPage page(String id, ItemQuery query) {
    return ask(
        connection -> {
          RunQueries queries = queries(connection);
          Instant finishedAt = known(queries.run(id), id).finishedAt();
          long run = known(queries.number(id), id);
          return new ItemPages(
                  connection, run, query, finishedAt == null ? clock.instant() : finishedAt)
              .page();
        });
  }

  @Override
  public Lineage lineage(String id) {
    return ask(
        connection -> {
          RunQueries queries = queries(connection);
          return queries.lineage(known(queries.run(id), id));
        });
  }

  @Override
  public List<ReasonDigest.Group> reasons(String id) {
    return ask(
        connection -> {
          RunQueries queries = queries(connection);
          boolean ended = known(queries.run(id), id).finishedAt() != null;
          long run = known(queries.number(id), id);
          return ended
              ? ReasonQueries.groups(connection, run)
              : new ItemQueries(connection, run).digest();
        });
  }

  @Override
  public List<ReasonHistory> reasons(Collection<String> ids) {
    return ask(connection -> ReasonQueries.histories(connection, List.copyOf(ids)));
  }

  @Override
  public Stream<ItemRecord> items(String id, Set<Disposition> dispositions) {
    return Rows.stream(database, connection -> of(connection, id).items(dispositions));
  }

  @Override
  public Stream<UnsentItems> unsent(String id) {
    return Rows.stream(database, connection -> of(connection, id).unsent());
  }

  @Override
  public Stream<Span> delivered(String id) {
    return Rows.stream(database, connection -> of(connection, id).delivered());
  }

  @Override
  public FlowState state(KeyedFlow flow) {
    return ask(connection -> new FlowStates(database, clock).of(connection, flow));
  }

  @Override
  public Optional<FlowState> state(String flow) {
    return ask(connection -> new FlowStates(database, clock).find(connection, flow));
  }

  @Override
  public LiveState live(LiveFlow flow) {
    return ask(connection -> new LiveStates(database, clock).of(connection, flow));
  }

  @Override
  public List<FlowState> states() {
    return ask(new FlowStates(database, clock)::all);
  }

  private ItemQueries of(Connection connection, String id) throws SQLException {
    return new ItemQueries(connection, known(queries(connection).number(id), id));
  }

  private RunQueries queries(Connection connection) {
    return new RunQueries(connection, clock.instant(), processes);
  }

  private <R> R known(@Nullable R found, String id) {
    if (found == null) {
      throw RunQueries.unknown(id, database.name());
    }
    return found;
  }

  private <R> R ask(Question<R> question) {
    try {
      return readers.ask(question);
    } catch (SQLException e) {
      throw database.explain(e);
    }
  }

  @Override
  public void close() {
    heartbeat.close();
    List.copyOf(journals).forEach(SqlJournal::close);
    readers.close();
  }
}
