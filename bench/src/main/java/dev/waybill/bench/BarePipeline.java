package dev.waybill.bench;

import dev.waybill.ByteSlice;
import dev.waybill.Fields;
import dev.waybill.Item;
import dev.waybill.Reason;
import dev.waybill.http.Call;
import dev.waybill.http.ConnectionSettings;
import dev.waybill.http.Header;
import dev.waybill.http.HttpCaller;
import dev.waybill.http.Outcome;
import dev.waybill.json.Json;
import dev.waybill.spi.Intake;
import dev.waybill.spi.Source;
import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicLong;
import tools.jackson.core.JsonGenerator;

/// What one would write by hand to send a CSV file to an API, with Waybill's own CSV reader, JSON
/// writer and HTTP client: batches, so many calls at a time, a look at the status, and nothing
/// written down. What a [FullRun] takes longer than this is what the engine and the accounting
/// cost.
final class BarePipeline {

  /// The calls that [FullRun] makes at a time at the most: the destination's default.
  private static final int CALLS_AT_A_TIME = 10;

  private static final List<Header> HEADERS =
      List.of(
          new Header("Content-Type", "application/json"), new Header("Accept", "application/json"));

  private final URI api;
  private final HttpCaller caller;
  private final Semaphore calls = new Semaphore(CALLS_AT_A_TIME);
  private final ConcurrentLinkedDeque<Body> bodies = new ConcurrentLinkedDeque<>();
  private final AtomicLong delivered = new AtomicLong();

  private BarePipeline(URI api, HttpCaller caller) {
    this.api = api;
    this.caller = caller;
  }

  /// Delivers a file, and tells how many records were.
  static long deliver(Path csv, URI api) throws InterruptedException {
    try (HttpCaller caller = HttpCaller.open(ConnectionSettings.defaults())) {
      var pipeline = new BarePipeline(api, caller);
      pipeline.deliver(csv);
      return pipeline.delivered.get();
    }
  }

  private void deliver(Path csv) throws InterruptedException {
    try (Source source = FullRun.open(csv);
        var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var batch = new Collected();
      boolean more = true;
      while (more) {
        more = source.next(batch);
        if (batch.items.size() == FullRun.BATCH || (!more && !batch.items.isEmpty())) {
          List<Item<Fields>> items = batch.items;
          batch = new Collected();
          calls.acquire();
          threads.execute(() -> send(items));
        }
      }
    }
  }

  private static final class Collected implements Intake<Fields> {

    private final List<Item<Fields>> items = new ArrayList<>(FullRun.BATCH);

    @Override
    public void accept(Item<Fields> item) {
      items.add(item);
    }

    @Override
    public void refuse(Item<Fields> item, Reason reason) {
      throw new IllegalStateException(reason.message());
    }
  }

  private void send(List<Item<Fields>> items) {
    Body resting = bodies.pollFirst();
    Body body = resting == null ? new Body() : resting;
    try (JsonGenerator json = Json.generator(body)) {
      json.writeStartArray();
      for (Item<Fields> item : items) {
        Json.write(json, item.payload());
      }
      json.writeEndArray();
    }
    try {
      Outcome outcome = caller.call(new Call("POST", api, HEADERS, body.slice()));
      if (outcome instanceof Outcome.Response answer && answer.status() == 200) {
        delivered.addAndGet(items.size());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      body.reset();
      bodies.offerFirst(body);
      calls.release();
    }
  }

  private static final class Body extends ByteArrayOutputStream {

    private ByteSlice slice() {
      return new ByteSlice(buf, 0, count);
    }
  }
}
