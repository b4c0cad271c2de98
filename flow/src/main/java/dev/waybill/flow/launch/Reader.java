package dev.waybill.flow.launch;

import dev.waybill.Fields;
import dev.waybill.Item;
import dev.waybill.Reason;
import dev.waybill.UserException;
import dev.waybill.mapping.Mapping;
import dev.waybill.run.Supply;
import dev.waybill.spi.Intake;
import dev.waybill.spi.Source;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/// Reads those of a job's records that are wanted, mapped. Some of the first are read ahead, for
/// the destination to see what is to come.
///
/// Read by one thread at a time; [#bytesRead] may be asked by any.
final class Reader implements Supply<Fields> {

  /// Records and bytes read ahead, at most: enough for the types of columns to show.
  private static final int SAMPLE_ITEMS = 1_000;

  private static final long SAMPLE_BYTES = 4L << 20;

  private final Source source;
  private final Wanted wanted;
  private final Queue<Entry> sample = new ArrayDeque<>();
  private @Nullable UserException sampleFailure;
  private boolean took;
  private long lastRead;
  private final AtomicLong bytesRead = new AtomicLong();
  private final Intake<Fields> door;
  private Intake<Fields> taker = new Sampler();

  /// A record of the sample.
  ///
  /// @param refusal why it was refused; null if it was not
  private record Entry(Item<Fields> item, @Nullable Reason refusal) {}

  Reader(Source source, Mapping mapping, Wanted wanted) {
    this.source = source;
    this.wanted = wanted;
    this.door = new Door(mapping.over(new Passage()));
  }

  /// Reads some records ahead.
  ///
  /// @throws UserException if not even the first can be read
  void readAhead() {
    var intake = new Sampler();
    try {
      boolean more = true;
      while (more && sample.size() < SAMPLE_ITEMS && intake.bytes < SAMPLE_BYTES) {
        more = read(intake);
      }
    } catch (UserException e) {
      if (sample.isEmpty()) {
        throw e;
      }
      sampleFailure = e;
    }
  }

  /// The mapped records that were read ahead, but for those that were refused.
  List<Item<Fields>> sample() {
    return sample.stream().filter(entry -> entry.refusal() == null).map(Entry::item).toList();
  }

  /// The records that were read ahead and refused, with the reasons.
  List<Reason> refusals() {
    return sample.stream().map(Entry::refusal).filter(reason -> reason != null).toList();
  }

  @Override
  public boolean next(Intake<Fields> intake) {
    Entry entry = sample.poll();
    if (entry == null) {
      if (sampleFailure != null) {
        throw sampleFailure;
      }
      return read(intake);
    }
    if (entry.refusal() == null) {
      intake.accept(entry.item());
    } else {
      intake.refuse(entry.item(), entry.refusal());
    }
    return true;
  }

  private boolean read(Intake<Fields> intake) {
    taker = intake;
    took = false;
    while (!took) {
      if (lastRead >= wanted.last() || !source.next(door)) {
        bytesRead.lazySet(source.bytesRead());
        return false;
      }
    }
    bytesRead.lazySet(source.bytesRead());
    return true;
  }

  long bytesRead() {
    return bytesRead.get();
  }

  private final class Sampler implements Intake<Fields> {

    private long bytes;

    @Override
    public void accept(Item<Fields> item) {
      sample.add(new Entry(item, null));
      bytes += item.sourceBytes();
    }

    @Override
    public void refuse(Item<Fields> item, Reason reason) {
      sample.add(new Entry(item, reason));
      bytes += item.sourceBytes();
    }
  }

  /// Hands on to whoever takes at the moment, so that there is one mapping for all.
  private final class Passage implements Intake<Fields> {

    @Override
    public void accept(Item<Fields> item) {
      taker.accept(item);
    }

    @Override
    public void refuse(Item<Fields> item, Reason reason) {
      taker.refuse(item, reason);
    }
  }

  /// Lets through only what is wanted.
  private final class Door implements Intake<Fields> {

    private final Intake<Fields> next;

    Door(Intake<Fields> next) {
      this.next = next;
    }

    @Override
    public void accept(Item<Fields> item) {
      if (isWanted(item)) {
        next.accept(item);
      }
    }

    @Override
    public void refuse(Item<Fields> item, Reason reason) {
      if (isWanted(item)) {
        next.refuse(item, reason);
      }
    }

    private boolean isWanted(Item<Fields> item) {
      took = wanted.has(item.ordinal());
      lastRead = item.ordinal();
      return took;
    }
  }
}
