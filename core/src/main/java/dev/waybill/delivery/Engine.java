package dev.waybill.delivery;

import dev.waybill.Batch;
import dev.waybill.Disposition;
import dev.waybill.Item;
import dev.waybill.Reason;
import dev.waybill.Reply;
import dev.waybill.Verdict;
import dev.waybill.spi.Intake;
import dev.waybill.spi.Verifier.Findings;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/// Delivers items in batches and accounts for every one.
///
/// A deterministic state machine: it is told what happened ([#advance], [#accept], [#replied] …)
/// and answers by [#poll] what is to be done. Around it stands a shell that has the threads, the
/// clock and the connections. The same calls with the same random numbers give the same actions.
///
/// After each thing told, take actions until there are none; then nothing is to be done before the
/// next thing happens or the moment [#wakeAt] comes. Not safe for use by several threads.
public final class Engine<T> implements Intake<T> {

  private static final Reason TAKEN_UP =
      Reason.of("the process ended while a call with this item was under way");

  private final Policy policy;
  private final Nature<T> nature;
  private final String name;
  private final Accounts<T> accounts;
  private final Queue<T> queue;
  private final Batcher<T> batcher;
  private final Gate gate;
  private final Traffic<T> traffic;
  private final Fate<T> fate;
  private final Judge<T> judge;
  private final Patience patience;
  private final @Nullable KeyOrder<T> order;
  private final boolean countsBytes;
  private long now = Long.MIN_VALUE;
  private long lastCall;
  private boolean inputEnded;
  private @Nullable Reason stopped;

  /// An engine for a new run.
  ///
  /// @param name names the run in idempotency keys; never the same for two runs
  public Engine(Policy policy, Nature<T> nature, String name, RandomGenerator random) {
    this(policy, nature, name, random, 0, item -> false);
  }

  /// An engine that goes on with a run, or with what another left over.
  ///
  /// @param lastNumber the last batch number that was used already in this run; 0 for none
  /// @param doubtedBefore whether an earlier call may have applied an item, so that a duplicate
  ///   means that it had
  public Engine(
      Policy policy,
      Nature<T> nature,
      String name,
      RandomGenerator random,
      long lastNumber,
      Predicate<Item<T>> doubtedBefore) {
    this.policy = policy;
    this.nature = nature;
    this.name = name;
    this.countsBytes = nature.countsBytes();
    this.order = policy.order() == Policy.Order.PER_KEY ? new KeyOrder<>(nature.orderKey()) : null;
    this.accounts = new Accounts<>(this::released);
    var budget = new RetryBudget(policy.retryBudget());
    this.queue = new Queue<>(budget);
    this.batcher = new Batcher<>(policy, nature);
    this.gate = new Gate(policy.backoff(), random);
    this.patience = new Patience(policy);
    this.traffic = new Traffic<>(policy, gate, accounts);
    this.fate = new Fate<>(policy, nature, random, accounts, queue, gate, lastNumber);
    this.judge = new Judge<>(nature, doubtedBefore, accounts, batcher, budget, fate);
  }

  // ---- what the shell tells

  /// It is now this late, in nanoseconds on any scale. Time never runs backwards here: an earlier
  /// moment counts as the latest that was told.
  public void advance(long nanos) {
    if (now == Long.MIN_VALUE) {
      patience.started(nanos);
    }
    now = Math.max(now, nanos);
    fate.advance(now);
    stopIfOverdue();
  }

  /// Another item is to be delivered. Taken in any case; ask [#wantsItems] first to keep memory
  /// bounded.
  @Override
  public void accept(Item<T> item) {
    if (accounts.held() == 0 && !inputEnded) {
      batcher.fill();
    }
    accounts.offered(item);
    if (stopped != null) {
      fate.unsent(List.of(item), stopped);
      return;
    }
    Item<T> ready = nature.prepared(item);
    if (order == null || order.enter(ready)) {
      add(ready);
    }
  }

  @Override
  public void refuse(Item<T> item, Reason reason) {
    accounts.offered(item);
    accounts.settleUnsent(item, Disposition.REJECTED, reason);
    stopIf(patience.refusedTooMuch(accounts));
  }

  /// A batch that was under way when an earlier engine of this run ended: it is in doubt.
  ///
  /// @param number the batch's number in the ledger
  /// @param items all of it
  public void acceptInDoubt(long number, List<Item<T>> items, Reason reason) {
    fate.takeUp(takeUp(number, items), reason);
  }

  /// What is left of such a batch after others of it have come to their end.
  public void acceptPartInDoubt(List<Item<T>> items, Reason reason) {
    fate.takeUpPart(takeUp(fate.nextNumber(), items), reason);
  }

  private Work<T> takeUp(long number, List<Item<T>> given) {
    List<Item<T>> items = given.stream().map(nature::prepared).toList();
    enter(items);
    var work = new Work<>(number, items, nature.bytes(items), null);
    work.calls = 1;
    return work;
  }

  private void enter(List<Item<T>> items) {
    for (Item<T> item : items) {
      accounts.offered(item);
      if (order != null) {
        order.holds(item);
      }
    }
    startPatience();
  }

  /// What another engine held ([#held]), of this run or of another part of it: this one goes on
  /// with it. Comes before all that is accepted.
  public void takeUp(Holding<T> held) {
    if (held.isUnsent()) {
      held.items().forEach(this::accept);
      return;
    }
    List<Item<T>> items = held.items().stream().map(nature::prepared).toList();
    enter(items);
    int[] attempts = held.attempts().stream().mapToInt(Integer::intValue).toArray();
    long number = held.number() == 0 ? fate.nextNumber() : held.number();
    fate.takeUp(new Work<>(number, items, nature.bytes(items), attempts), held, TAKEN_UP);
  }

  /// Whatever it holds, for another engine to go on: groups that were sent, the first first, and
  /// then the items that were not. Every item that was accepted and has not come to its end is in
  /// exactly one of them, provided that no actions are left to [#poll].
  public List<Holding<T>> held() {
    var held = new ArrayList<Holding<T>>();
    var unsent = new ArrayList<Item<T>>();
    Consumer<Holding<T>> sort =
        holding -> {
          if (holding.isUnsent()) {
            unsent.addAll(holding.items());
          } else {
            held.add(holding);
          }
        };
    traffic.forEach(work -> sort.accept(work.holding(now, true)));
    fate.forEachBehind(work -> sort.accept(work.holding(now, false)));
    queue.forEach(work -> sort.accept(work.holding(now, false)));
    unsent.addAll(batcher.collected());
    if (order != null) {
      unsent.addAll(order.waiting());
    }
    if (!unsent.isEmpty()) {
      held.add(Holding.unsent(unsent));
    }
    return held;
  }

  /// The destination is to be left alone for so long, as another engine that serves it was told.
  public void rest(long nanos, Reason reason) {
    gate.rest(now, nanos, reason);
  }

  /// No more items come. Batches go out as they are.
  public void endOfInput() {
    inputEnded = true;
    batcher.flush();
  }

  /// What was accepted so far goes out without waiting for full batches.
  public void flush() {
    closeBatch();
    if (order != null) {
      // Those that wait behind others of their key follow, until nothing is left.
      batcher.flush();
    }
  }

  /// What came of a call of kind `BATCH` or `SINGLE`.
  ///
  /// @throws IllegalArgumentException if no such call is under way
  public void replied(Call<T> call, Reply reply) {
    Work<T> work = traffic.replied(call, reply, now);
    if (nature.callIdempotent() && tellsWhatWasApplied(reply)) {
      // The answer to a repeated call is that of the first: nothing of it is in doubt any more.
      work.doubted = false;
    }
    if (judge.reply(work, reply)) {
      patience.progress(now);
    }
    if (!work.doubted && !leavesDoubt(reply)) {
      accounts.conclude(work.number);
    }
    if (reply instanceof Reply.Fatal(Reason reason)) {
      stop(reason);
    }
    stopIf(patience.refusedTooMuch(accounts));
    stopIfOverdue();
  }

  /// What came of a call of kind `LOOKUP`.
  ///
  /// @throws IllegalArgumentException if no such call is under way
  public void found(Call<T> call, Findings findings) {
    if (judge.found(traffic.found(call, findings, now), findings)) {
      patience.progress(now);
    }
  }

  /// Sends nothing any more. Calls under way are waited for; all else ends as unprocessed (or as
  /// unknown, where an earlier call left doubt), and so does every item accepted from now on. From
  /// a live source such items are given back instead, but for those in doubt that must not be sent
  /// again without being asked for.
  public void stop(Reason reason) {
    if (stopped != null) {
      return;
    }
    stopped = reason;
    List<Item<T>> behindOthers = order == null ? List.of() : order.drain();
    queue.close(work -> fate.leftover(work, reason));
    List<Item<T>> unsent = batcher.take();
    if (unsent != null) {
      fate.unsent(unsent, reason);
    }
    if (!behindOthers.isEmpty()) {
      fate.unsent(behindOthers, reason);
    }
  }

  /// Does not wait for the calls under way either: their items are in doubt and end as unknown.
  public void abandon(Reason reason) {
    stop(reason);
    for (Work<T> work : traffic.endAll()) {
      work.doubted = true;
      work.reason = reason;
      fate.leftover(work, reason);
    }
  }

  // ---- what the shell asks

  /// The next thing to do; null if there is nothing. Which calls are to be made is decided here,
  /// and so after everything that was told.
  public @Nullable Action<T> poll() {
    Action<T> action = accounts.poll();
    if (action == null) {
      pump();
      action = accounts.poll();
    }
    return action;
  }

  /// Whether there is room for more items.
  public boolean wantsItems() {
    return stopped != null
        || (accounts.held() < policy.heldItems() && accounts.heldBytes() < policy.heldBytes());
  }

  /// How many items would change what is to be done: those that the batch being filled still lacks.
  /// One, if none is being filled or batches do not wait to be full.
  public int itemsUntilFull() {
    return batcher.itemsUntilFull();
  }

  /// The moment at which [#advance] is to be called, if nothing happens before; [Long#MAX_VALUE] if
  /// there is none.
  public long wakeAt() {
    if (stopped != null || accounts.held() == 0) {
      return Long.MAX_VALUE;
    }
    long wake = busy() ? patience.endsAt() : patience.deadline();
    if (traffic.hasRoom()) {
      wake = Math.min(wake, Math.max(nextWorkAt(), traffic.callableAt(now)));
    }
    return wake;
  }

  /// Whether the answer to this call is still waited for; not after [#abandon].
  public boolean isUnderWay(Call<T> call) {
    return traffic.contains(call);
  }

  /// Whether every item accepted has come to its end, and no more can come.
  public boolean finished() {
    return (inputEnded || stopped != null) && idle();
  }

  /// Whether every item accepted so far has come to its end.
  public boolean idle() {
    return accounts.held() == 0 && traffic.isEmpty();
  }

  /// Why the run was ended before its time; null if it was not.
  public @Nullable Reason stopped() {
    return stopped;
  }

  /// Why so much was rejected that the run is to count as failed; null if it was not. The same that
  /// ends a run early, to be asked once more at its end.
  public @Nullable Reason refusedTooMuch() {
    return patience.refusedTooMuch(accounts);
  }

  public Tally tally() {
    return accounts.tally();
  }

  /// How it stands, and what it waits for.
  public Standing standing() {
    return traffic.standing(now, accounts.held() > 0 && !queue.hasReady());
  }

  // ---- inside

  private void add(Item<T> item) {
    long bytes = 0;
    if (countsBytes) {
      bytes = nature.bytesOf().applyAsLong(item);
      if (bytes > nature.traits().maxItemBytes()) {
        accounts.settleUnsent(
            item,
            Disposition.REJECTED,
            Reason.of(
                "the item has %,d bytes, and the destination takes %,d at the most"
                    .formatted(bytes, nature.traits().maxItemBytes())));
        released(List.of(item));
        return;
      }
    }
    if (batcher.isFullFor(bytes)) {
      closeBatch();
    }
    batcher.add(item, bytes, now);
    if (batcher.isFull()) {
      closeBatch();
    }
  }

  private void closeBatch() {
    long bytes = batcher.bytes();
    List<Item<T>> items = batcher.take();
    if (items != null) {
      startPatience();
      queue.add(new Work<>(fate.nextNumber(), items, bytes, null));
    }
  }

  /// Items have come to their end: lets in those that waited for them.
  private void released(List<Item<T>> items) {
    if (order == null) {
      return;
    }
    for (Item<T> item : items) {
      Item<T> next = order.leave(item);
      if (next != null) {
        add(next);
      }
    }
  }

  /// Makes as many calls as may be made now.
  private void pump() {
    while (stopped == null && traffic.hasRoom() && traffic.callableAt(now) <= now) {
      Work<T> work = queue.next(now);
      if (work == null) {
        if (batchDueAt() > now) {
          return;
        }
        closeBatch();
        continue;
      }
      queue.remove(work);
      if (fate.isForgotten(work)) {
        fate.leaveForgotten(work);
      } else {
        make(work);
      }
    }
  }

  private void make(Work<T> work) {
    Call.Kind kind =
        switch (work.step) {
          case BATCH -> Call.Kind.BATCH;
          case SINGLE -> Call.Kind.SINGLE;
          case LOOKUP -> Call.Kind.LOOKUP;
        };
    if (kind != Call.Kind.LOOKUP) {
      work.calls++;
      work.sentAt = now;
      if (work.calls > 1) {
        accounts.retries++;
      }
    }
    var batch = new Batch<>(work.number, work.items, Math.max(1, work.calls), name);
    var call = new Call<>(++lastCall, batch, kind);
    traffic.begin(call, work, now);
    accounts.make(call);
  }

  private long nextWorkAt() {
    return queue.hasReady() ? now : Math.min(queue.nextDueAt(now), batchDueAt());
  }

  /// When the batch that is being filled is to go out as it is: at once if no more items can come.
  private long batchDueAt() {
    return batcher.isEmpty() || wantsItems() ? batcher.dueAt() : Long.MIN_VALUE;
  }

  /// Whether an item of the batch may have been applied without our being told so.
  private static boolean leavesDoubt(Reply reply) {
    return reply instanceof Reply.InDoubt
        || (reply instanceof Reply.Answered answered
            && answered.verdicts().stream().anyMatch(Verdict.InDoubt.class::isInstance));
  }

  private static boolean tellsWhatWasApplied(Reply reply) {
    return reply instanceof Reply.Answered
        || reply instanceof Reply.Refused
        || reply instanceof Reply.TooLarge;
  }

  /// Whether there is anything that the destination could settle. A batch that waits to be filled
  /// is nothing of the kind.
  private boolean busy() {
    return !traffic.isEmpty() || !queue.isEmpty();
  }

  private void startPatience() {
    if (!busy()) {
      patience.progress(now);
    }
  }

  private void stopIfOverdue() {
    if (stopped == null && accounts.held() > 0) {
      stopIf(patience.overdue(now));
    }
    if (stopped == null && busy()) {
      stopIf(patience.exhausted(now, gate));
    }
  }

  private void stopIf(@Nullable Reason reason) {
    if (reason != null) {
      stop(reason);
    }
  }
}
