package dev.waybill.sim;

import dev.waybill.Fields;
import dev.waybill.Reply;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// The service behind the server: lets the connections take turns.
final class Simulator {

  private final SimulatedService service;
  private final LongSupplier clock;
  private final ReentrantLock turn = new ReentrantLock();
  private long unseen;

  Simulator(SimulatedService service, LongSupplier clock) {
    this.service = service;
    this.clock = clock;
  }

  /// An outcome, and which call it was.
  record Numbered(Outcome outcome, long number) {

    Answer answer(HttpResponse response) {
      return new Answer(response, outcome.fault(), outcome.took(), number);
    }
  }

  /// Whether nothing of a record matters but that it is there.
  boolean countsOnly() {
    Behaviour behaviour = service.behaviour();
    return behaviour.keep() == Behaviour.Keep.COUNTS
        && behaviour.bad() instanceof BadItems.Share
        && behaviour.keyField() == null;
  }

  Numbered receive(List<Fields> records, String idempotencyKey) {
    Call call = RecordCall.of(records, service.behaviour().keyField(), idempotencyKey);
    return inTurn(() -> service.receive(call, clock.getAsLong()));
  }

  Numbered receive(int count, String idempotencyKey) {
    return inTurn(
        () -> {
          unseen += count;
          return service.receive(
              new CountedCall(count, unseen - count + 1, idempotencyKey), clock.getAsLong());
        });
  }

  Numbered perform(int size, Function<BitSet, Reply> work) {
    return inTurn(() -> service.perform(size, clock.getAsLong(), work));
  }

  /// Takes a record away, inside the work of a call; whether it was there.
  boolean remove(String key) {
    return service.truth().remove(key);
  }

  /// The records that are kept.
  List<Fields> records() {
    return truth(
        truth -> truth.records().values().stream().map(GroundTruth.StoredRecord::fields).toList());
  }

  /// Looks at the truth while nobody changes it.
  <R> R truth(Function<GroundTruth, R> reader) {
    turn.lock();
    try {
      return reader.apply(service.truth());
    } finally {
      turn.unlock();
    }
  }

  /// The truth as `GET /truth` tells it.
  ///
  /// @param byKey whether to tell how often each key was applied
  Map<String, Object> truth(boolean byKey) {
    return truth(
        truth -> {
          Map<String, Object> all = new LinkedHashMap<>(truth.totals());
          if (byKey) {
            var copies = new LinkedHashMap<String, Integer>();
            truth.records().forEach((key, record) -> copies.put(key, record.copies()));
            all.put("appliedByKey", copies);
          }
          return all;
        });
  }

  private Numbered inTurn(Supplier<Outcome> work) {
    turn.lock();
    try {
      return new Numbered(work.get(), service.truth().calls());
    } finally {
      turn.unlock();
    }
  }

  /// Records that came over the wire. Without a key field, a record's whole text tells it apart.
  @SuppressWarnings("ArrayRecordComponent") // never compared
  private record RecordCall(
      List<Fields> records, List<@Nullable String> keys, long[] identities, String idempotencyKey)
      implements Call {

    static RecordCall of(List<Fields> records, @Nullable String field, String idempotencyKey) {
      var keys = new ArrayList<@Nullable String>(records.size());
      long[] identities = new long[records.size()];
      for (int i = 0; i < identities.length; i++) {
        Fields record = records.get(i);
        String key = field == null ? record.toString() : record.text(field);
        keys.add(key);
        identities[i] = Hash.of(key == null ? record.toString() : key);
      }
      return new RecordCall(records, keys, identities, idempotencyKey);
    }

    @Override
    public int size() {
      return records.size();
    }

    @Override
    public long ordinal(int index) {
      return 0;
    }

    @Override
    public @Nullable String key(int index) {
      return keys.get(index);
    }

    @Override
    public Fields record(int index) {
      return records.get(index);
    }

    @Override
    public long identity(int index) {
      return identities[index];
    }
  }

  /// Records of which only the number is known.
  private record CountedCall(int size, long first, String idempotencyKey) implements Call {

    @Override
    public long ordinal(int index) {
      return 0;
    }

    @Override
    public @Nullable String key(int index) {
      return null;
    }

    @Override
    public @Nullable Fields record(int index) {
      return null;
    }

    @Override
    public long identity(int index) {
      return Hash.mix(first + index);
    }
  }
}
