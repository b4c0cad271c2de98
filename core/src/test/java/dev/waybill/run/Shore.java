package dev.waybill.run;

import dev.waybill.Batch;
import dev.waybill.Fields;
import dev.waybill.Item;
import dev.waybill.Reply;
import dev.waybill.Verdict;
import dev.waybill.spi.Destination;
import dev.waybill.spi.Traits;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// A destination that notes what it accepted, in order, and answers as a test says.
final class Shore implements Destination<Fields> {
  final List<String> accepted = new CopyOnWriteArrayList<>();
  final List<Batch<Fields>> batches = new CopyOnWriteArrayList<>();
  volatile Function<Item<Fields>, Verdict> verdict = item -> Verdict.Accepted.WITHOUT_ID;
  volatile @Nullable Reply reply;
  private final Traits traits;

  Shore(Traits.Idempotence idempotence) {
    traits = Traits.of(idempotence).suggesting(10, 4, 0);
  }

  @Override
  public Traits traits() {
    return traits;
  }

  @Override
  public Reply send(Batch<Fields> batch) {
    batches.add(batch);
    Reply whole = reply;
    if (whole != null) {
      return whole;
    }
    var verdicts = new ArrayList<Verdict>();
    for (Item<Fields> item : batch.items()) {
      Verdict of = verdict.apply(item);
      if (of instanceof Verdict.Accepted) {
        accepted.add(name(item));
      }
      verdicts.add(of);
    }
    return new Reply.Answered(verdicts);
  }

  @Override
  public void close() {}

  /// `KEY.VERSION`.
  static String name(Item<Fields> item) {
    return item.payload().get("key") + "." + item.payload().get("version");
  }
}
