package dev.waybill.run;

import dev.waybill.Item;
import dev.waybill.Reason;
import dev.waybill.Reply;
import dev.waybill.Settlement;
import dev.waybill.UserException;
import dev.waybill.delivery.Action;
import dev.waybill.delivery.Call;
import dev.waybill.delivery.Engine;
import dev.waybill.spi.Intake;
import dev.waybill.spi.Journal;
import dev.waybill.spi.Recovery;
import dev.waybill.spi.Verifier.Findings;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The course of one run: keeps the engine, the ledger and the files in step. Without threads and
/// clock, so that a simulation can play it.
///
/// The order of things is what keeps the promises after a crash: a call is made only after the
/// ledger says so durably, and files are written out before the ledger says how long they are.
public final class Course<T> implements Intake<T> {

  private final Engine<T> engine;
  private final Journal<T> journal;
  private final SettlementSink<T> sink;
  private final ReasonDigest reasons;
  private final long lastKnown;
  private long lastNumber;
  private final List<Item<T>> givenBack = new ArrayList<>();
  private final List<Call<T>> announced = new ArrayList<>();
  private @Nullable Resumption<T> resumption;
  private boolean unsaid;
  private @Nullable String unwritten;

  /// @param recovery what is known from an earlier life of this run
  /// @param reasons where the reasons of the undelivered are gathered
  public Course(
      Engine<T> engine,
      Journal<T> journal,
      SettlementSink<T> sink,
      Recovery recovery,
      ReasonDigest reasons) {
    this.engine = engine;
    this.journal = journal;
    this.sink = sink;
    this.reasons = reasons;
    this.lastKnown = recovery.lastKnown();
    this.lastNumber = recovery.lastNumber();
    this.resumption = lastKnown == 0 ? null : new Resumption<>(recovery, engine);
  }

  @Override
  public void accept(Item<T> item) {
    intake(item).accept(item);
  }

  @Override
  public void refuse(Item<T> item, Reason reason) {
    intake(item).refuse(item, reason);
  }

  private Intake<T> intake(Item<T> item) {
    Resumption<T> resuming = resumption;
    if (resuming == null) {
      return engine;
    }
    if (item.ordinal() <= lastKnown) {
      return resuming;
    }
    resuming.complete();
    resumption = null;
    return engine;
  }

  public void endOfInput() {
    if (resumption != null) {
      resumption.complete();
      resumption = null;
    }
    engine.endOfInput();
  }

  public void replied(Call<T> call, Reply reply) {
    engine.replied(call, reply);
  }

  public void found(Call<T> call, Findings findings) {
    engine.found(call, findings);
  }

  /// Takes what the engine says up to now, writes it down, and answers the calls that are to be
  /// made. They are to be made at once, all of them.
  public List<Call<T>> step() {
    announced.clear();
    take();
    if (!announced.isEmpty()) {
      commit();
      if (unwritten != null) {
        Reason reason = Reason.of("not sent, because the ledger could not be written");
        announced.forEach(call -> notMade(call, reason));
        announced.clear();
        take();
      }
    }
    return List.copyOf(announced);
  }

  private void notMade(Call<T> call, Reason reason) {
    if (call.kind() == Call.Kind.LOOKUP) {
      engine.found(call, new Findings.Failed(reason));
    } else {
      engine.replied(call, new Reply.Unavailable(reason));
    }
  }

  private void take() {
    for (Action<T> action = engine.poll(); action != null; action = engine.poll()) {
      switch (action) {
        case Action.Make<T>(Call<T> call) -> {
          if (call.kind() != Call.Kind.LOOKUP) {
            journal.sends(call.batch());
            lastNumber = Math.max(lastNumber, call.batch().number());
            unsaid = true;
          }
          announced.add(call);
        }
        case Action.Settle<T>(Settlement<T> settlement) -> {
          reasons.add(settlement);
          journal.settled(settlement);
          unsaid = true;
          write(() -> sink.settled(settlement));
        }
        case Action.GiveBack<T>(List<Item<T>> items) -> givenBack.addAll(items);
        case Action.Conclude<T>(long number) -> {
          journal.concluded(number);
          unsaid = true;
        }
      }
    }
  }

  /// The last number of a batch that was announced; 0 if none was.
  long lastNumber() {
    return lastNumber;
  }

  /// There is more to be written down than what the engine says.
  void hasMoreToSay() {
    unsaid = true;
  }

  /// What was given back, in the order of ordinals.
  List<Item<T>> givenBack() {
    givenBack.sort(Comparator.comparingLong(Item::ordinal));
    return givenBack;
  }

  /// Makes durable and visible all that is known.
  public void commit() {
    if (unsaid) {
      write(
          () -> {
            sink.flush();
            journal.wrote(sink.lengths());
            journal.commit();
            unsaid = false;
          });
    }
  }

  /// Where writing fails the run must not go on: it could not account for what it sends.
  private void write(Runnable writing) {
    if (unwritten != null) {
      return;
    }
    try {
      writing.run();
    } catch (UserException e) {
      unwritten = e.getMessage();
      engine.stop(Reason.of("it could not be written down: " + e.getMessage()));
    }
  }

  /// Why items were not delivered so far.
  List<ReasonDigest.Group> reasons() {
    return reasons.groups();
  }

  /// Why not all that became known could be written down; null if it was.
  public @Nullable String unwritten() {
    return unwritten;
  }
}
