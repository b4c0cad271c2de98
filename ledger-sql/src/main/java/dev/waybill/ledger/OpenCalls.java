package dev.waybill.ledger;

import dev.waybill.Batch;
import dev.waybill.Item;
import dev.waybill.Span;
import dev.waybill.spi.LiveKnowledge.Located;
import dev.waybill.spi.Position;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// The calls that were announced and have not come to their end. One that does before the next
/// commit is never written down.
final class OpenCalls implements AutoCloseable {

  private static final class OpenCall {
    final List<Span> spans;

    /// Where the first item of each span stands; none if the source is not live.
    final List<Position> positions;

    boolean stored;

    OpenCall(List<Span> spans, List<Position> positions, boolean stored) {
      this.spans = spans;
      this.positions = positions;
      this.stored = stored;
    }
  }

  private final Map<Long, OpenCall> byNumber = new LinkedHashMap<>();
  private final List<Long> ended = new ArrayList<>();
  private final PreparedStatement store;
  private final PreparedStatement remove;
  private boolean locating;

  OpenCalls(Connection connection, long run) throws SQLException {
    this.store =
        connection.prepareStatement(
            "INSERT INTO in_doubt (run, batch, first, last, partition, first_offset, first_index)"
                + " VALUES ("
                + run
                + ", ?, ?, ?, ?, ?, ?)");
    this.remove =
        connection.prepareStatement("DELETE FROM in_doubt WHERE run = " + run + " AND batch = ?");
  }

  void load(Connection connection, long run) throws SQLException {
    try (PreparedStatement select =
        connection.prepareStatement(
            "SELECT batch, first, last, partition, first_offset, first_index FROM in_doubt"
                + " WHERE run = ? ORDER BY batch, first")) {
      select.setLong(1, run);
      try (ResultSet row = select.executeQuery()) {
        while (row.next()) {
          OpenCall call =
              byNumber.computeIfAbsent(
                  row.getLong(1),
                  number -> new OpenCall(new ArrayList<>(), new ArrayList<>(), true));
          call.spans.add(new Span(row.getLong(2), row.getLong(3)));
          String partition = row.getString(4);
          if (partition != null) {
            call.positions.add(new Position(partition, row.getLong(5), row.getLong(6)));
          }
        }
      }
    }
  }

  void sends(Batch<?> batch) {
    OpenCall call =
        locating ? located(batch.items()) : new OpenCall(spans(batch.items()), List.of(), false);
    OpenCall before = byNumber.put(batch.number(), call);
    if (before != null && before.stored) {
      if (before.spans.equals(call.spans)) {
        call.stored = true;
      } else {
        ended.add(batch.number());
      }
    }
  }

  /// From now on it is written down where items stand in their live source.
  void locate() {
    locating = true;
  }

  /// Calls of an earlier run, whose items are in doubt still.
  void takeOver(List<Located> calls) {
    for (Located call : calls) {
      OpenCall open =
          byNumber.computeIfAbsent(
              call.number(), number -> new OpenCall(new ArrayList<>(), new ArrayList<>(), false));
      open.spans.add(call.ordinals());
      open.positions.add(call.first());
    }
  }

  /// The ordinals of these items, apart where their positions do not follow each other.
  private static OpenCall located(List<? extends Item<?>> items) {
    var call = new OpenCall(new ArrayList<>(1), new ArrayList<>(1), false);
    long first = 0;
    long next = 0;
    Position position = null;
    for (Item<?> item : items) {
      Position here = Position.of(Objects.requireNonNull(item.origin()));
      if (position == null || item.ordinal() != next || !here.equals(position.plus(next - first))) {
        if (position != null) {
          call.spans.add(new Span(first, next - 1));
        }
        first = item.ordinal();
        position = here;
        call.positions.add(here);
      }
      next = item.ordinal() + 1;
    }
    call.spans.add(new Span(first, next - 1));
    return call;
  }

  /// The ordinals of these items. They may come in any order, and in per-key order they do.
  private static List<Span> spans(List<? extends Item<?>> items) {
    var spans = new ArrayList<Span>(1);
    long first = items.getFirst().ordinal();
    long next = first;
    boolean sorted = true;
    for (Item<?> item : items) {
      long ordinal = item.ordinal();
      if (ordinal != next) {
        sorted &= ordinal > next;
        spans.add(new Span(first, next - 1));
        first = ordinal;
      }
      next = ordinal + 1;
    }
    spans.add(new Span(first, next - 1));
    return sorted ? spans : dev.waybill.Spans.of(spans).asList();
  }

  void concluded(long number) {
    OpenCall call = byNumber.remove(number);
    if (call != null && call.stored) {
      ended.add(number);
    }
  }

  /// Writes what has changed, and forgets the calls all of whose items are settled.
  void write(SettledSpans settled) throws SQLException {
    Iterator<Map.Entry<Long, OpenCall>> calls = byNumber.entrySet().iterator();
    while (calls.hasNext()) {
      var call = calls.next();
      if (allSettled(call.getValue(), settled)) {
        if (call.getValue().stored) {
          ended.add(call.getKey());
        }
        calls.remove();
      }
    }
    removeEnded();
    storeNew();
  }

  private static boolean allSettled(OpenCall call, SettledSpans settled) {
    for (Span span : call.spans) {
      if (!settled.containsAll(span)) {
        return false;
      }
    }
    return true;
  }

  private void removeEnded() throws SQLException {
    for (long number : ended) {
      remove.setLong(1, number);
      remove.addBatch();
    }
    if (!ended.isEmpty()) {
      remove.executeBatch();
      ended.clear();
    }
  }

  private void storeNew() throws SQLException {
    boolean any = false;
    for (var call : byNumber.entrySet()) {
      if (!call.getValue().stored) {
        Iterator<Position> positions = call.getValue().positions.iterator();
        for (Span span : call.getValue().spans) {
          store.setLong(1, call.getKey());
          store.setLong(2, span.first());
          store.setLong(3, span.last());
          bind(positions.hasNext() ? positions.next() : null);
          store.addBatch();
          any = true;
        }
        call.getValue().stored = true;
      }
    }
    if (any) {
      store.executeBatch();
    }
  }

  private void bind(@Nullable Position position) throws SQLException {
    if (position == null) {
      store.setNull(4, Types.VARCHAR);
      store.setNull(5, Types.BIGINT);
      store.setNull(6, Types.BIGINT);
    } else {
      store.setString(4, position.partition());
      store.setLong(5, position.offset());
      store.setLong(6, position.index());
    }
  }

  /// Where the items stand, if their source is live.
  List<Located> located() {
    var all = new ArrayList<Located>();
    byNumber.forEach(
        (number, call) -> {
          for (int i = 0; i < call.positions.size(); i++) {
            all.add(new Located(number, call.spans.get(i), call.positions.get(i)));
          }
        });
    return all;
  }

  Map<Long, List<Span>> inDoubt() {
    var inDoubt = new LinkedHashMap<Long, List<Span>>();
    byNumber.forEach((number, call) -> inDoubt.put(number, List.copyOf(call.spans)));
    return inDoubt;
  }

  @Override
  public void close() throws SQLException {
    store.close();
    remove.close();
  }
}
