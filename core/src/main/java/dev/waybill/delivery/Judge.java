package dev.waybill.delivery;

import dev.waybill.Disposition;
import dev.waybill.Item;
import dev.waybill.Reason;
import dev.waybill.Reply;
import dev.waybill.Verdict;
import dev.waybill.spi.Verifier.Findings;
import dev.waybill.spi.Verifier.Presence;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collections;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// Reads a reply: settles the items of which it says the end, and gives the others their [Fate].
/// Whether the destination may be called at all is the [Gate]'s matter, not decided here.
final class Judge<T> {

  private final Nature<T> nature;
  private final Predicate<Item<T>> doubtedBefore;
  private final Accounts<T> accounts;
  private final Batcher<T> batcher;
  private final RetryBudget budget;
  private final Fate<T> fate;
  private final BadShare share = new BadShare();

  /// @param doubtedBefore whether an earlier run may have delivered an item
  Judge(
      Nature<T> nature,
      Predicate<Item<T>> doubtedBefore,
      Accounts<T> accounts,
      Batcher<T> batcher,
      RetryBudget budget,
      Fate<T> fate) {
    this.nature = nature;
    this.doubtedBefore = doubtedBefore;
    this.accounts = accounts;
    this.batcher = batcher;
    this.budget = budget;
    this.fate = fate;
  }

  /// Judges a reply, and tells whether it brought the run on: something was settled, or more is
  /// known of what is at fault.
  boolean reply(Work<T> work, Reply reply) {
    return switch (reply) {
      case Reply.Answered answered -> answered(work, answered.verdicts());
      case Reply.Refused refused -> {
        refused(work, refused);
        yield true;
      }
      case Reply.TooLarge(Reason reason) -> {
        tooLarge(work, reason);
        yield true;
      }
      case Reply.Throttled throttled -> {
        fate.sendNext(work, throttled.reason());
        yield false;
      }
      case Reply.Unavailable unavailable -> {
        fate.failed(work, unavailable.reason());
        yield false;
      }
      case Reply.InDoubt(Reason reason) -> {
        fate.doubt(work, reason);
        yield false;
      }
      case Reply.Fatal(Reason reason) -> {
        fate.sendNext(work, reason);
        yield false;
      }
    };
  }

  // ---- each item has its own verdict

  private boolean answered(Work<T> work, List<? extends Verdict> verdicts) {
    var undone = new Undone();
    List<@Nullable String> ids = ids(work, verdicts);
    boolean settled = false;
    int size = work.size();
    for (int i = 0; i < size; i++) {
      int from = i;
      while (i < size && verdict(verdicts, i) instanceof Verdict.Accepted) {
        i++;
      }
      if (i > from) {
        accounts.settle(work, from, i, Disposition.DELIVERED, null, ids);
        if (!fate.isSearched(work)) {
          share.foundGood(i - from);
        }
        settled = true;
      }
      if (i < size) {
        settled |= notAccepted(work, i, verdict(verdicts, i), undone);
      }
    }
    if (settled) {
      budget.refund();
    }
    undone.goOn(work, settled);
    fate.ended(work, Search.Answer.PASSED);
    return settled;
  }

  private static Verdict verdict(List<? extends Verdict> verdicts, int index) {
    return index < verdicts.size()
        ? verdicts.get(index)
        : new Verdict.InDoubt(Reason.of("the destination's answer says nothing of this item"));
  }

  /// The ids given, one an item; empty if the destination gives none.
  private List<@Nullable String> ids(Work<T> work, List<? extends Verdict> verdicts) {
    for (Verdict verdict : verdicts) {
      if (verdict instanceof Verdict.Accepted(@Nullable String id) && id != null) {
        var ids = new ArrayList<@Nullable String>(work.size());
        for (int i = 0; i < work.size(); i++) {
          ids.add(verdict(verdicts, i) instanceof Verdict.Accepted accepted ? accepted.id() : null);
        }
        return ids;
      }
    }
    return List.of();
  }

  /// Settles an item that was not accepted, or notes what is to become of it.
  private boolean notAccepted(Work<T> work, int index, Verdict verdict, Undone undone) {
    switch (verdict) {
      case Verdict.Accepted accepted -> throw new IllegalArgumentException("it was accepted");
      case Verdict.Deferred(Reason reason) -> {
        undone.deferred.set(index);
        undone.deferredReason = reason;
        return false;
      }
      case Verdict.InDoubt(Reason reason) -> {
        undone.inDoubt.set(index);
        undone.doubtReason = reason;
        return false;
      }
      case Verdict.Rejected(Reason reason, Verdict.Rejected.Kind kind) -> {
        if (kind == Verdict.Rejected.Kind.PASSING && fate.mayPass(work)) {
          undone.passing.set(index);
          undone.passingReason = reason;
          return false;
        }
        if (kind == Verdict.Rejected.Kind.DUPLICATE && mayBeThere(work, index)) {
          accounts.settle(work, index, Disposition.DELIVERED, null);
        } else {
          accounts.settle(work, index, Disposition.REJECTED, reason);
          share.foundBad();
        }
        return true;
      }
    }
  }

  private boolean mayBeThere(Work<T> work, int index) {
    return work.doubted || doubtedBefore.test(work.items.get(index));
  }

  /// The items of an answered batch that have not come to their end.
  private final class Undone {
    final BitSet deferred = new BitSet();
    final BitSet passing = new BitSet();
    final BitSet inDoubt = new BitSet();
    @Nullable Reason deferredReason;
    @Nullable Reason passingReason;
    @Nullable Reason doubtReason;

    void goOn(Work<T> work, boolean progress) {
      if (deferredReason != null) {
        Work<T> part = fate.part(work, deferred);
        if (progress) {
          // Something got through, so this is pace rather than failure: no attempt is counted.
          fate.sendLater(part, deferredReason, 1);
        } else {
          fate.failed(part, deferredReason);
        }
      }
      if (passingReason != null) {
        fate.sendRejected(fate.part(work, passing), passingReason);
      }
      if (doubtReason != null) {
        fate.doubtItems(fate.part(work, inDoubt), doubtReason);
      }
    }
  }

  // ---- the batch as a whole was refused

  private void refused(Work<T> work, Reply.Refused refused) {
    if (work.size() == 1) {
      accounts.settle(work, Disposition.REJECTED, refused.reason());
      if (!fate.isSearched(work)) {
        share.foundBad();
      }
      fate.ended(work, Search.Answer.REFUSED);
      return;
    }
    BitSet suspects = new BitSet();
    for (int position : refused.suspects()) {
      if (position >= 0 && position < work.size()) {
        suspects.set(position);
      }
    }
    if (!suspects.isEmpty()) {
      setApart(work, suspects, refused.reason());
    } else {
      fate.search(work, refused.reason(), share);
    }
  }

  /// Takes the suspects out, each to be judged alone, and sends the others together.
  private void setApart(Work<T> work, BitSet suspects, Reason reason) {
    BitSet others = range(0, work.size());
    others.andNot(suspects);
    for (int i = suspects.nextSetBit(0); i >= 0; i = suspects.nextSetBit(i + 1)) {
      fate.sendNext(fate.part(work, range(i, i + 1)), reason);
    }
    if (!others.isEmpty()) {
      fate.sendNext(fate.part(work, others), reason);
    }
    fate.ended(work, Search.Answer.UNDECIDED);
  }

  private void tooLarge(Work<T> work, Reason reason) {
    batcher.tooLarge(work.bytes);
    if (work.size() == 1) {
      accounts.settle(
          work,
          Disposition.REJECTED,
          new Reason(reason.code(), "too large even alone: " + reason.message()));
    } else {
      int middle = middle(work);
      fate.sendNext(fate.part(work, range(middle, work.size())), reason);
      fate.sendNext(fate.part(work, range(0, middle)), reason);
    }
    fate.ended(work, Search.Answer.UNDECIDED);
  }

  /// Where to cut so that both parts have about the same size in bytes.
  private int middle(Work<T> work) {
    long bytes = 0;
    for (int i = 0; i < work.size() - 1 && work.bytes > 0; i++) {
      bytes += nature.bytesOf().applyAsLong(work.items.get(i));
      if (bytes * 2 >= work.bytes) {
        return i + 1;
      }
    }
    return work.size() / 2;
  }

  private static BitSet range(int from, int to) {
    BitSet range = new BitSet();
    range.set(from, to);
    return range;
  }

  // ---- look-ups

  /// Judges what a look-up brought, and tells whether it brought the run on.
  boolean found(Work<T> work, Findings findings) {
    return switch (findings) {
      case Findings.Failed(Reason reason) -> {
        fate.notAsked(work, reason);
        yield false;
      }
      case Findings.Found(List<Presence> presences) -> {
        found(work, presences);
        yield true;
      }
    };
  }

  private void found(Work<T> work, List<Presence> presences) {
    BitSet absent = new BitSet();
    for (int i = 0; i < work.size(); i++) {
      Presence presence =
          i < presences.size()
              ? presences.get(i)
              : new Presence.Undecided(Reason.of("the look-up says nothing of this item"));
      switch (presence) {
        case Presence.Present(@Nullable String id) ->
            accounts.settle(
                work, i, i + 1, Disposition.DELIVERED, null, Collections.nCopies(work.size(), id));
        case Presence.Undecided(Reason reason) ->
            accounts.settle(work, i, Disposition.UNKNOWN, reason);
        case Presence.Absent() -> absent.set(i);
      }
    }
    if (!absent.isEmpty()) {
      Reason reason = work.reason == null ? Reason.of("it had not arrived") : work.reason;
      fate.absent(fate.part(work, absent), reason);
    }
    fate.ended(work, Search.Answer.UNDECIDED);
  }
}
