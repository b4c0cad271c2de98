package dev.waybill.delivery;

import dev.waybill.Disposition;
import dev.waybill.Item;
import dev.waybill.Reason;
import java.time.Duration;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;

/// What can become of a group of items that a call did not settle: another attempt, a look-up, a
/// call for each item, a search for the bad ones, or the end.
final class Fate<T> {

  private final Policy policy;
  private final Nature<T> nature;
  private final RandomGenerator random;
  private final Accounts<T> accounts;
  private final Queue<T> queue;
  private final Gate gate;

  /// The splits, by the group whose end each waits for.
  private final IdentityHashMap<Work<T>, Split<T>> splits = new IdentityHashMap<>();

  private long lastNumber;
  private long now;

  Fate(
      Policy policy,
      Nature<T> nature,
      RandomGenerator random,
      Accounts<T> accounts,
      Queue<T> queue,
      Gate gate,
      long lastNumber) {
    this.policy = policy;
    this.nature = nature;
    this.random = random;
    this.accounts = accounts;
    this.queue = queue;
    this.gate = gate;
    this.lastNumber = lastNumber;
  }

  void advance(long time) {
    now = time;
  }

  /// The name for a new group of items.
  long nextNumber() {
    return ++lastNumber;
  }

  /// Some of a group's items as a group of their own, with all that is known of them.
  Work<T> part(Work<T> work, BitSet members) {
    int size = members.cardinality();
    var items = new ArrayList<Item<T>>(size);
    int[] calls = new int[size];
    for (int i = members.nextSetBit(0); i >= 0; i = members.nextSetBit(i + 1)) {
      calls[items.size()] = work.attempts(i);
      items.add(work.items.get(i));
    }
    var part = new Work<>(nextNumber(), items, nature.bytes(items), calls);
    part.failures = work.failures;
    part.rejections = work.rejections;
    part.doubted = work.doubted;
    part.doubtedSince = work.doubtedSince;
    part.sentAt = work.sentAt;
    part.troubledNanos = work.troubledNanos;
    part.troubledAt = work.troubledAt;
    part.awayNanos = work.awayNanos;
    part.step = work.step == Work.Step.LOOKUP ? Work.Step.BATCH : work.step;
    return part;
  }

  /// It goes before all else.
  void sendNext(Work<T> work, Reason reason) {
    work.reason = reason;
    queue.addFirst(work);
  }

  /// It goes again after a wait, and nothing is counted against it.
  void sendLater(Work<T> work, Reason reason, int times) {
    work.reason = reason;
    queue.addLater(work, now + policy.backoff().nanos(times, random));
  }

  /// An attempt failed, and certainly nothing was applied by it.
  void failed(Work<T> work, Reason reason) {
    work.reason = reason;
    work.troubled(now, gate);
    if (counts(work)) {
      work.failures++;
    }
    if (isSpent(work, work.failures)) {
      leave(work, reason);
    } else if (singlesHelp(work)) {
      sendSingly(work, reason);
    } else if (halvingHelps(work)) {
      halve(work, reason);
    } else {
      again(work);
    }
  }

  /// Whether a group has been tried as often, or as long, as it is worth.
  private boolean isSpent(Work<T> work, int times) {
    return policy.live() ? isOverdue(work) : times >= policy.maxAttempts();
  }

  private boolean isOverdue(Work<T> work) {
    Duration parkAfter = policy.parkAfter();
    return parkAfter != null && work.troubledNanos >= parkAfter.toNanos();
  }

  /// Whether items that were rejected for something that may pass are to be sent again.
  boolean mayPass(Work<T> work) {
    return policy.live() ? !isOverdue(work) : work.rejections < policy.rejectedRetries();
  }

  /// They are sent again after a wait.
  void sendRejected(Work<T> work, Reason reason) {
    work.rejections++;
    work.troubled(now, gate);
    work.reason = reason;
    queue.addLater(work, now + wait(work, work.rejections));
  }

  /// The backoff's wait; no longer than until the work is to be parked, or shortly after that.
  private long wait(Work<T> work, int times) {
    long wait = policy.backoff().nanos(times, random);
    Duration parkAfter = policy.parkAfter();
    if (parkAfter == null) {
      return wait;
    }
    long left = parkAfter.toNanos() - work.troubledNanos;
    return Math.min(wait, Math.max(left, policy.backoff().first().toNanos()));
  }

  /// A failure counts against the group unless the destination fails for everybody. If this group
  /// is all that is left, nobody else can tell, so it counts; from a live source more will come.
  private boolean counts(Work<T> work) {
    return !gate.outage() || (accounts.held() == work.size() && !policy.live());
  }

  /// While the destination is down, it goes behind the gate's opening and so behind work that has
  /// not failed yet.
  private void again(Work<T> work) {
    long wait = wait(work, Math.max(1, work.failures));
    queue.addLater(work, Math.max(now, gate.opensAt()) + wait);
  }

  private boolean singlesHelp(Work<T> work) {
    return nature.single() == Nature.Single.AVAILABLE
        && work.step == Work.Step.BATCH
        && work.failures >= policy.singleAfter()
        && !work.doubted
        && !gate.outage();
  }

  /// Where nobody waits for the end, one item that breaks its calls must not hold up the others.
  private boolean halvingHelps(Work<T> work) {
    return policy.live()
        && work.size() > 1
        && work.failures >= policy.singleAfter()
        && (!work.doubted || nature.idempotent())
        && !gate.outage();
  }

  private void halve(Work<T> work, Reason reason) {
    BitSet first = new BitSet();
    first.set(0, work.size() / 2);
    BitSet second = new BitSet();
    second.set(work.size() / 2, work.size());
    for (BitSet half : List.of(first, second)) {
      Work<T> part = part(work, half);
      part.reason = reason;
      again(part);
    }
    ended(work, Search.Answer.UNDECIDED);
  }

  private void sendSingly(Work<T> work, Reason reason) {
    for (int i = work.size() - 1; i >= 0; i--) {
      BitSet alone = new BitSet();
      alone.set(i);
      Work<T> single = part(work, alone);
      single.step = Work.Step.SINGLE;
      sendNext(single, reason);
    }
    ended(work, Search.Answer.UNDECIDED);
  }

  /// The whole group may have been applied, or not. Sent again where that does no harm, looked up
  /// where that can be done, and otherwise told as unknown; never a guess.
  void doubt(Work<T> work, Reason reason) {
    work.doubt();
    if (nature.callIdempotent() && !isForgotten(work)) {
      failed(work, reason);
    } else {
      doubtItems(work, reason);
    }
  }

  /// The same for items that were in company before, so that their call can not be repeated as it
  /// was.
  void doubtItems(Work<T> work, Reason reason) {
    work.doubt();
    if (nature.idempotent() && !isForgotten(work)) {
      failed(work, reason);
    } else if (nature.lookup() == Nature.Lookup.AVAILABLE) {
      work.reason = reason;
      work.failures++;
      work.step = Work.Step.LOOKUP;
      again(work);
    } else {
      leave(work, reason);
    }
  }

  /// It was under way when an earlier engine of this run ended; nobody knows how long ago.
  void takeUp(Work<T> work, Reason reason) {
    work.doubted = true;
    if ((nature.idempotent() || nature.callIdempotent()) && !isForgotten(work)) {
      sendNext(work, reason);
    } else {
      doubtItems(work, reason);
    }
  }

  /// Another engine held it.
  void takeUp(Work<T> work, Holding<T> held, Reason reason) {
    work.failures = held.failures();
    work.rejections = held.rejections();
    switch (held.doubt()) {
      case Holding.Doubt.None none -> {
        if (held.next() == Call.Kind.SINGLE) {
          work.step = Work.Step.SINGLE;
        }
        sendNext(work, reason);
      }
      case Holding.Doubt.Since(long nanos) -> {
        work.doubtedSince = nanos == Long.MAX_VALUE ? Long.MIN_VALUE : now - nanos;
        // A look-up asks for items whose call can not be repeated as it was.
        switch (held.next()) {
          case BATCH -> takeUp(work, reason);
          case SINGLE -> {
            work.step = Work.Step.SINGLE;
            takeUp(work, reason);
          }
          case LOOKUP -> takeUpPart(work, reason);
        }
      }
    }
  }

  /// The items of searches that are in no group at the moment.
  void forEachBehind(Consumer<Work<T>> taker) {
    for (Split<T> split : splits.values()) {
      Work<T> behind = split.behind();
      if (behind != null) {
        taker.accept(behind);
      }
    }
  }

  /// These were under way together with others, which have come to their end since.
  void takeUpPart(Work<T> work, Reason reason) {
    work.doubted = true;
    if (nature.idempotent() && !isForgotten(work)) {
      sendNext(work, reason);
    } else {
      doubtItems(work, reason);
    }
  }

  /// Whether an earlier call may have been applied, so long ago that the destination would take a
  /// repeat for something new.
  boolean isForgotten(Work<T> work) {
    return work.doubted
        && work.step != Work.Step.LOOKUP
        && nature.forgets()
        && (work.doubtedSince == Long.MIN_VALUE
            || now - work.doubtedSince >= nature.traits().repeatableFor().toNanos());
  }

  /// It waited too long to be repeated: looked up where that can be done, and else unknown.
  void leaveForgotten(Work<T> work) {
    doubtItems(work, work.reason == null ? Reason.of("it was in doubt for too long") : work.reason);
  }

  /// The destination could not be asked for it.
  void notAsked(Work<T> work, Reason reason) {
    if (counts(work)) {
      work.lookups++;
    }
    work.troubled(now, gate);
    if (isSpent(work, work.lookups)) {
      leave(work, reason);
    } else {
      again(work);
    }
  }

  /// The destination does not have it, so the call in doubt was not applied.
  void absent(Work<T> work, Reason reason) {
    work.doubted = false;
    if (isSpent(work, work.failures)) {
      leave(work, reason);
    } else {
      sendNext(work, reason);
    }
  }

  /// The engine stops. What can be sent again without harm goes back to where a live source has it
  /// still; all else ends as what is known of it.
  void leftover(Work<T> work, Reason reason) {
    if (!policy.live() || (work.doubted && !nature.idempotent())) {
      leave(work, work.reason == null ? reason : work.reason);
    } else {
      accounts.giveBack(work.items);
      ended(work, Search.Answer.UNDECIDED);
    }
  }

  /// An item that was never sent, when the engine stops.
  void unsent(List<Item<T>> items, Reason reason) {
    if (policy.live()) {
      accounts.giveBack(items);
    } else {
      items.forEach(item -> accounts.settleUnsent(item, Disposition.UNPROCESSED, reason));
    }
  }

  /// It is sent no more, and ends as what is known of it.
  void leave(Work<T> work, Reason reason) {
    if (work.doubted) {
      accounts.settle(work, Disposition.UNKNOWN, reason);
    } else if (work.rejections > 0) {
      accounts.settle(work, Disposition.REJECTED, reason);
    } else {
      accounts.settle(work, Disposition.UNPROCESSED, reason);
    }
    ended(work, Search.Answer.UNDECIDED);
  }

  /// All of a group's items have come to their end, or go on by themselves: the split that waits
  /// for it can go on too.
  void ended(Work<T> work, Search.Answer answer) {
    Split<T> split = splits.remove(work);
    if (split != null) {
      split.search.answered(answer);
      searchOn(split);
    }
  }

  /// A group was refused as a whole, and nothing is known of which of its items is at fault.
  void search(Work<T> work, Reason reason, BadShare share) {
    Split<T> split = splits.get(work);
    if (split == null) {
      searchOn(new Split<>(work, reason, share));
    } else {
      split.refused(work);
      ended(work, Search.Answer.REFUSED);
    }
  }

  /// Whether a split waits for this group's end.
  boolean isSearched(Work<T> work) {
    return splits.containsKey(work);
  }

  /// The next question of a search.
  private void searchOn(Split<T> split) {
    int size = split.search.next();
    if (size == 0) {
      return;
    }
    if (queue.isClosed()) {
      queue.addFirst(split.rest());
    } else {
      Work<T> group = split.group(nextNumber(), size, nature);
      splits.put(group, split);
      queue.addFirst(group);
    }
  }
}
