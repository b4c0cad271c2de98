package dev.waybill.bench;

import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.sqs.SqsAsyncClient;
import software.amazon.awssdk.services.sqs.batchmanager.SqsAsyncBatchManager;

/// The SDK's own batches for SQS. It takes whatever comes, without a bound; here, as many messages
/// as a dispatcher has under way.
final class ByBatchManager implements Contender {

  private final SqsAsyncClient client;
  private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();
  private final SqsAsyncBatchManager manager;
  private final String url;
  private final int held;

  ByBatchManager(SqsAsyncClient client, String url, int held) {
    this.client = client;
    this.manager = SqsAsyncBatchManager.builder().client(client).scheduledExecutor(timer).build();
    this.url = url;
    this.held = held;
  }

  @Override
  public String name() {
    return "SqsAsyncBatchManager";
  }

  @Override
  public void deliver(Payloads payloads, int items) throws InterruptedException {
    var room = new Semaphore(held);
    var failure = new AtomicReference<@Nullable Throwable>();
    for (int i = 0; i < items; i++) {
      room.acquire();
      String text = payloads.next();
      var unused =
          manager
              .sendMessage(message -> message.queueUrl(url).messageBody(text))
              .whenComplete(
                  (answer, error) -> {
                    if (error != null) {
                      failure.set(error);
                    }
                    room.release();
                  });
    }
    room.acquire(held);
    Throwable failed = failure.get();
    if (failed != null) {
      throw new IllegalStateException(failed);
    }
  }

  @Override
  public void close() {
    manager.close();
    client.close();
    timer.shutdownNow();
  }
}
