package dev.waybill.flow.live;

import dev.waybill.Batch;
import dev.waybill.Fields;
import dev.waybill.Item;
import dev.waybill.Reason;
import dev.waybill.Reply;
import dev.waybill.Verdict;
import dev.waybill.spi.Destination;
import dev.waybill.spi.Inspectable;
import dev.waybill.spi.SingleSender;
import dev.waybill.spi.Traits;
import dev.waybill.spi.Verifier;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A destination that writes and the one that deletes at the same place, as one. A batch that holds
/// both makes one call all the same: what is written goes first, and what is deleted is sent again.
class Pair implements Destination<Fields>, Inspectable {

  private static final Verdict LATER = new Verdict.Deferred(Reason.of("deleted in the next call"));

  final Destination<Fields> writing;
  private final Destination<Fields> deleting;

  private Pair(Destination<Fields> writing, Destination<Fields> deleting) {
    this.writing = writing;
    this.deleting = deleting;
  }

  /// Both, with the abilities that the writing one has.
  static Destination<Fields> of(Destination<Fields> writing, Destination<Fields> deleting) {
    boolean single = writing instanceof SingleSender;
    boolean verifies = writing instanceof Verifier;
    if (single && verifies) {
      return new SingleAndVerifying(writing, deleting);
    }
    if (single) {
      return new Single(writing, deleting);
    }
    return verifies ? new Verifying(writing, deleting) : new Pair(writing, deleting);
  }

  private static boolean isDeletion(Item<Fields> item) {
    return item.prepared() == Mark.DELETION;
  }

  private Destination<Fields> of(Item<Fields> item) {
    return isDeletion(item) ? deleting : writing;
  }

  @Override
  public Traits traits() {
    Traits some = writing.traits();
    return some.maxItems(Math.min(some.maxItems(), deleting.traits().maxItems()));
  }

  @Override
  public Item<Fields> prepare(Item<Fields> item) {
    return writing.prepare(item);
  }

  @Override
  public long bytesOf(Item<Fields> item) {
    return of(item).bytesOf(item);
  }

  @Override
  public @Nullable String orderKey(Item<Fields> item) {
    return item.key();
  }

  @Override
  public Reply send(Batch<Fields> batch) throws InterruptedException {
    List<Item<Fields>> writes = batch.items().stream().filter(item -> !isDeletion(item)).toList();
    if (writes.isEmpty()) {
      return deleting.send(batch);
    }
    if (writes.size() == batch.size()) {
      return writing.send(batch);
    }
    var part = new Batch<>(batch.number(), writes, batch.attempt(), batch.run());
    return switch (writing.send(part)) {
      case Reply.Answered answered ->
          new Reply.Answered(spread(batch, answered.verdicts()), answered.rest());
      case Reply.Refused(Reason reason, List<Integer> suspects) ->
          new Reply.Refused(reason, positions(batch, suspects));
      case Reply other -> other;
    };
  }

  /// The verdicts of what was written at its places, and between them what is sent later.
  private static List<Verdict> spread(Batch<Fields> batch, List<? extends Verdict> verdicts) {
    var spread = new ArrayList<Verdict>(batch.size());
    int next = 0;
    for (Item<Fields> item : batch.items()) {
      if (isDeletion(item)) {
        spread.add(LATER);
      } else if (next < verdicts.size()) {
        spread.add(verdicts.get(next++));
      } else {
        spread.add(
            new Verdict.InDoubt(Reason.of("the destination's answer says nothing of this item")));
      }
    }
    return spread;
  }

  private static List<Integer> positions(Batch<Fields> batch, List<Integer> suspects) {
    var positions = new ArrayList<Integer>();
    int next = 0;
    for (int i = 0; i < batch.size(); i++) {
      if (!isDeletion(batch.items().get(i))) {
        if (suspects.contains(next)) {
          positions.add(i);
        }
        next++;
      }
    }
    return positions;
  }

  @Override
  public void inspect(Inspector inspector) {
    for (Destination<Fields> each : List.of(writing, deleting)) {
      if (each instanceof Inspectable inspectable) {
        inspectable.inspect(inspector);
      }
    }
  }

  @Override
  public void close() {
    try (writing;
        deleting) {
      // closing is all
    }
  }

  Reply single(Batch<Fields> batch) throws InterruptedException {
    return isDeletion(batch.items().getFirst()) || !(writing instanceof SingleSender<Fields> sender)
        ? deleting.send(batch)
        : sender.sendSingle(batch);
  }

  /// A deletion may be repeated without harm, so it is not asked for.
  Verifier.Findings asked(List<Item<Fields>> items) throws InterruptedException {
    List<Item<Fields>> writes = items.stream().filter(item -> !isDeletion(item)).toList();
    if (writes.isEmpty() || !(writing instanceof Verifier<Fields> verifier)) {
      return new Verifier.Findings.Found(
          items.stream().<Verifier.Presence>map(item -> new Verifier.Presence.Absent()).toList());
    }
    return switch (verifier.find(writes)) {
      case Verifier.Findings.Found(List<Verifier.Presence> presences) -> {
        var spread = new ArrayList<Verifier.Presence>(items.size());
        int next = 0;
        for (Item<Fields> item : items) {
          spread.add(isDeletion(item) ? new Verifier.Presence.Absent() : presences.get(next++));
        }
        yield new Verifier.Findings.Found(spread);
      }
      case Verifier.Findings.Failed failed -> failed;
    };
  }

  private static final class Single extends Pair implements SingleSender<Fields> {
    Single(Destination<Fields> writing, Destination<Fields> deleting) {
      super(writing, deleting);
    }

    @Override
    public Reply sendSingle(Batch<Fields> batch) throws InterruptedException {
      return single(batch);
    }
  }

  private static final class Verifying extends Pair implements Verifier<Fields> {
    Verifying(Destination<Fields> writing, Destination<Fields> deleting) {
      super(writing, deleting);
    }

    @Override
    public Findings find(List<Item<Fields>> items) throws InterruptedException {
      return asked(items);
    }
  }

  private static final class SingleAndVerifying extends Pair
      implements SingleSender<Fields>, Verifier<Fields> {
    SingleAndVerifying(Destination<Fields> writing, Destination<Fields> deleting) {
      super(writing, deleting);
    }

    @Override
    public Reply sendSingle(Batch<Fields> batch) throws InterruptedException {
      return single(batch);
    }

    @Override
    public Findings find(List<Item<Fields>> items) throws InterruptedException {
      return asked(items);
    }
  }
}
