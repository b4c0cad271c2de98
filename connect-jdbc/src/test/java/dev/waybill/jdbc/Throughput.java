package dev.waybill.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.OperatingSystemMXBean;
import dev.waybill.Batch;
import dev.waybill.FieldNames;
import dev.waybill.Fields;
import dev.waybill.Item;
import dev.waybill.Reply;
import dev.waybill.spi.Destination;
import dev.waybill.spi.DestinationProvider;
import dev.waybill.spi.DestinationProvider.Delivery;
import dev.waybill.spi.Options;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Measures rows per second and asserts nothing about them; not run by a build. The command is in
/// docs/destinations.
final class Throughput {

  private static final int ROWS = 400_000;
  private static final FieldNames NAMES = FieldNames.of("id", "email", "name", "age", "born");

  @Test
  void sqlite(@TempDir Path folder) throws Exception {
    for (String mode : List.of("insert", "upsert")) {
      for (int size : new int[] {100, 1_000, 10_000}) {
        for (int round = 1; round <= 2; round++) {
          String address = "sqlite:" + folder.resolve(mode + size + "-" + round + ".db");
          measure("SQLite", new SqliteProvider(), address, mode, size, 1);
        }
      }
    }
  }

  @Test
  void postgres() throws Exception {
    for (String mode : List.of("insert", "upsert")) {
      for (int size : new int[] {100, 1_000, 10_000}) {
        for (int inFlight : new int[] {1, 2, 4}) {
          PostgresServer.empty();
          var provider = new PostgresProvider();
          measure("PostgreSQL", provider, PostgresServer.address(), mode, size, inFlight);
        }
      }
    }
  }

  private static void measure(
      String database,
      DestinationProvider provider,
      String address,
      String mode,
      int size,
      int inFlight)
      throws InterruptedException, ExecutionException, SQLException, IOException {
    List<Batch<Fields>> batches = batches(size);
    var delivery =
        new Delivery(
            NAMES,
            batches.getFirst().items().stream().map(Item::payload).toList(),
            List.of("id"),
            "t");
    var options =
        Options.of(database, provider.options(), Map.of("mode", mode, "create-table", "true"));
    long start;
    long startOfWork;
    try (Destination<Fields> destination = provider.open(address, options, delivery)) {
      destination.send(batches.getFirst());
      startOfWork = processorTime();
      start = System.nanoTime();
      send(destination, batches.subList(1, batches.size()), inFlight);
    }
    double seconds = (System.nanoTime() - start) / 1e9;
    // The time of the processor counts too: on a busy machine it is the steadier figure.
    double work = (processorTime() - startOfWork) / 1e3;
    System.out.printf(
        "%-10s %s, %6d rows a batch, %d in flight: %4.0f k rows/s, %.1f µs of this process a row%n",
        database, mode, size, inFlight, (ROWS - size) / seconds / 1_000, work / (ROWS - size));
  }

  private static long processorTime() {
    var system = ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
    return system.getProcessCpuTime();
  }

  private static void send(
      Destination<Fields> destination, List<Batch<Fields>> batches, int inFlight)
      throws InterruptedException, ExecutionException {
    var free = new Semaphore(inFlight);
    var replies = new ArrayList<Future<Reply>>();
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (Batch<Fields> batch : batches) {
        free.acquire();
        replies.add(
            threads.submit(
                () -> {
                  try {
                    return destination.send(batch);
                  } finally {
                    free.release();
                  }
                }));
      }
    }
    for (Future<Reply> reply : replies) {
      assertThat(reply.get()).isInstanceOf(Reply.Answered.class);
    }
  }

  private static List<Batch<Fields>> batches(int size) {
    var batches = new ArrayList<Batch<Fields>>();
    for (int from = 0; from < ROWS; from += size) {
      var items = new ArrayList<Item<Fields>>(size);
      for (int i = from; i < from + size; i++) {
        items.add(
            Item.of(
                i + 1L,
                Fields.of(
                    NAMES,
                    Integer.toString(i),
                    "contact" + i + "@example.org",
                    "A name of some length " + i,
                    Integer.toString(i % 90 + 1),
                    "1990-01-" + (10 + i % 20))));
      }
      batches.add(new Batch<>(batches.size() + 1L, items, 1, "b" + from));
    }
    return batches;
  }
}
