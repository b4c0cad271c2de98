package dev.waybill.bench;

import dev.waybill.Batch;
import dev.waybill.Item;
import dev.waybill.Reason;
import dev.waybill.Reply;
import dev.waybill.spi.AsyncDestination;
import dev.waybill.spi.Traits;
import dev.waybill.spi.Traits.Idempotence;
import java.util.concurrent.CompletableFuture;

/// The same far side for Waybill.
record FlinkDestination(FlinkService service) implements AsyncDestination<String> {

  private static final Reason THROTTLED = Reason.of("429", "too many calls");
  private static final Reason REFUSED = Reason.of("400", "a record is bad");

  @Override
  public Traits traits() {
    return Traits.of(Idempotence.IDEMPOTENT);
  }

  @Override
  public CompletableFuture<Reply> begin(Batch<String> batch) {
    return service
        .call(batch.items().stream().map(Item::payload).toList())
        .thenApply(
            answer ->
                switch (answer) {
                  case ACCEPTED -> Reply.accepted(batch.size());
                  case THROTTLED -> new Reply.Throttled(THROTTLED, FlinkService.retryAfter());
                  case REFUSED -> new Reply.Refused(REFUSED);
                });
  }

  @Override
  public void close() {}
}
