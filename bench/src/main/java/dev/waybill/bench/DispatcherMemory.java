package dev.waybill.bench;

import dev.waybill.Batch;
import dev.waybill.Reply;
import dev.waybill.run.Dispatcher;
import dev.waybill.run.Undelivered;
import dev.waybill.spi.Destination;
import dev.waybill.spi.Traits;
import dev.waybill.spi.Traits.Idempotence;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;

/// Ten million submits to a destination that takes everything at once: how many a second, and that
/// they pass under a small heap. To be run with `-Xmx128m`.
public final class DispatcherMemory {

  private static final int ITEMS = 10_000_000;

  private DispatcherMemory() {}

  /// Prints one line for the submits and one for the memory.
  public static void main(String[] arguments) throws InterruptedException {
    var destination = new Instant();
    long start = System.nanoTime();
    try (var dispatcher = Dispatcher.to(destination).open()) {
      for (int i = 0; i < ITEMS; i++) {
        dispatcher.submit(payload(i));
      }
      List<Undelivered<byte[]>> undelivered = dispatcher.flush();
      double seconds = (System.nanoTime() - start) / 1e9;
      long delivered = dispatcher.tally().delivered();
      if (!undelivered.isEmpty() || delivered != ITEMS || destination.items.sum() != ITEMS) {
        throw new IllegalStateException(
            "%,d told as delivered, %,d received, %,d handed back"
                .formatted(delivered, destination.items.sum(), undelivered.size()));
      }
      System.out.printf(
          "%,d submitted and delivered in %,d calls, %,.0f a second%n",
          delivered, dispatcher.tally().calls(), ITEMS / seconds);
    }
    printMemory();
  }

  /// 100 bytes that nobody shares, so that a payload that is kept would show.
  private static byte[] payload(int i) {
    var bytes = new byte[100];
    bytes[0] = (byte) i;
    return bytes;
  }

  private static void printMemory() {
    long collections = 0;
    long millis = 0;
    for (var collector : ManagementFactory.getGarbageCollectorMXBeans()) {
      collections += collector.getCollectionCount();
      millis += collector.getCollectionTime();
    }
    System.gc();
    Runtime runtime = Runtime.getRuntime();
    System.out.printf(
        "heap at most %,d MiB, in use at the end %,d MiB; %,d collections took %,d ms%n",
        runtime.maxMemory() >> 20,
        (runtime.totalMemory() - runtime.freeMemory()) >> 20,
        collections,
        millis);
  }

  private static final class Instant implements Destination<byte[]> {

    private final LongAdder items = new LongAdder();

    @Override
    public Traits traits() {
      return Traits.of(Idempotence.IDEMPOTENT);
    }

    @Override
    public Reply send(Batch<byte[]> batch) {
      items.add(batch.size());
      return Reply.accepted(batch.size());
    }

    @Override
    public void close() {}
  }
}
