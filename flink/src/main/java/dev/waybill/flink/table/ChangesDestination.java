package dev.waybill.flink.table;

import dev.waybill.Batch;
import dev.waybill.Fields;
import dev.waybill.Item;
import dev.waybill.Reason;
import dev.waybill.Reply;
import dev.waybill.Verdict;
import dev.waybill.spi.Destination;
import dev.waybill.spi.Traits;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Writes and deletions into one destination, each call of one sort. From a batch with both the
/// sort of the first item goes now, and the others are deferred to a call of their own.
///
/// @param writing takes records
/// @param deleting takes keys of records
record ChangesDestination(Destination<Fields> writing, Destination<Fields> deleting)
    implements Destination<Fields> {

  private static final Reason NEXT_CALL =
      Reason.of("writes and deletions go in calls of their own");

  @Override
  public Traits traits() {
    return writing.traits();
  }

  @Override
  public Reply send(Batch<Fields> batch) throws InterruptedException {
    boolean deletes = Deletion.key(batch.items().getFirst().payload()) != null;
    var now = new ArrayList<Item<Fields>>();
    for (Item<Fields> item : batch.items()) {
      Fields key = Deletion.key(item.payload());
      if ((key != null) == deletes) {
        now.add(key == null ? item : item.as(item.key(), key));
      }
    }
    var call = new Batch<>(batch.number(), List.copyOf(now), batch.attempt(), batch.run());
    Reply reply = (deletes ? deleting : writing).send(call);
    return now.size() == batch.size() ? reply : widened(reply, batch, deletes);
  }

  /// What a call with a part of a batch says of the whole.
  private static Reply widened(Reply reply, Batch<Fields> batch, boolean deletes) {
    return switch (reply) {
      case Reply.Answered answered -> {
        var verdicts = new ArrayList<Verdict>(batch.size());
        int next = 0;
        for (Item<Fields> item : batch.items()) {
          boolean sent = (Deletion.key(item.payload()) != null) == deletes;
          verdicts.add(sent ? answered.verdicts().get(next++) : new Verdict.Deferred(NEXT_CALL));
        }
        yield new Reply.Answered(verdicts, answered.rest());
      }
      // Its suspects are positions in the call; without them the batch is parted by search.
      case Reply.Refused refused -> new Reply.Refused(refused.reason());
      case Reply.TooLarge tooLarge -> tooLarge;
      case Reply.Throttled throttled -> throttled;
      case Reply.Unavailable unavailable -> unavailable;
      case Reply.InDoubt inDoubt -> inDoubt;
      case Reply.Fatal fatal -> fatal;
    };
  }

  @Override
  public Item<Fields> prepare(Item<Fields> item) {
    return Deletion.key(item.payload()) == null ? writing.prepare(item) : item;
  }

  @Override
  public long bytesOf(Item<Fields> item) {
    Fields key = Deletion.key(item.payload());
    return key == null ? writing.bytesOf(item) : deleting.bytesOf(item.as(item.key(), key));
  }

  @Override
  public @Nullable String orderKey(Item<Fields> item) {
    return item.key();
  }

  @Override
  public void close() {
    try (writing;
        deleting) {
      // closing is all
    }
  }
}
