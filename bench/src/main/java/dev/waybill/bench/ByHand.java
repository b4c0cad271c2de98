package dev.waybill.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.utils.SdkAutoCloseable;

/// What one would write with nothing but the SDK: full batches in a loop, so many calls under way
/// at a time, and a look whether all was taken. No retries.
final class ByHand implements Contender {

  private final SdkAutoCloseable client;
  private final Function<List<String>, CompletableFuture<Boolean>> call;
  private final int batchItems;
  private final int inFlight;

  /// @param call sends these and says whether all of them were taken
  ByHand(
      SdkAutoCloseable client,
      Function<List<String>, CompletableFuture<Boolean>> call,
      int batchItems,
      int inFlight) {
    this.client = client;
    this.call = call;
    this.batchItems = batchItems;
    this.inFlight = inFlight;
  }

  @Override
  public String name() {
    return "SDK by hand";
  }

  @Override
  public void deliver(Payloads payloads, int items) throws InterruptedException {
    var room = new Semaphore(inFlight);
    var failure = new AtomicReference<@Nullable Throwable>();
    for (int sent = 0; sent < items; sent += batchItems) {
      int size = Math.min(batchItems, items - sent);
      var batch = new ArrayList<String>(size);
      for (int i = 0; i < size; i++) {
        batch.add(payloads.next());
      }
      room.acquire();
      var unused =
          call.apply(batch)
              .whenComplete(
                  (taken, error) -> {
                    if (error != null) {
                      failure.set(error);
                    } else if (!taken) {
                      failure.set(new IllegalStateException("an item was not taken"));
                    }
                    room.release();
                  });
    }
    room.acquire(inFlight);
    Throwable failed = failure.get();
    if (failed != null) {
      throw new IllegalStateException(failed);
    }
  }

  @Override
  public void close() {
    client.close();
  }
}
