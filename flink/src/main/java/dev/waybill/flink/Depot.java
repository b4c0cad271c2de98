package dev.waybill.flink;

import dev.waybill.Item;
import dev.waybill.Reason;
import dev.waybill.Reply;
import dev.waybill.Settlement;
import dev.waybill.UserException;
import dev.waybill.delivery.Action;
import dev.waybill.delivery.Call;
import dev.waybill.delivery.Engine;
import dev.waybill.delivery.Holding;
import dev.waybill.spi.Intake;
import dev.waybill.spi.Verifier.Findings;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/// Turns an engine for whoever owns the thread: after everything that it is told it makes the calls
/// and hands out the settlements that the engine wants.
///
/// Knows nothing of Flink, and owns neither thread nor clock, so that a simulation can play it.
final class Depot<T> implements Intake<T> {

  private final Engine<T> engine;
  private final WhenGivenUp whenGivenUp;
  private final LongSupplier clock;
  private final Consumer<Call<T>> calls;
  private final Consumer<Settlement<T>> settled;

  /// @param clock nanoseconds that never go back
  /// @param calls makes a call without waiting for its end
  /// @param settled takes what came to its end
  Depot(
      Engine<T> engine,
      WhenGivenUp whenGivenUp,
      LongSupplier clock,
      Consumer<Call<T>> calls,
      Consumer<Settlement<T>> settled) {
    this.engine = engine;
    this.whenGivenUp = whenGivenUp;
    this.clock = clock;
    this.calls = calls;
    this.settled = settled;
    engine.advance(clock.getAsLong());
  }

  /// Goes on with what an earlier depot held. To be called before all else.
  void takeUp(List<Holding<T>> held) {
    held.forEach(engine::takeUp);
    turn();
  }

  @Override
  public void accept(Item<T> item) {
    engine.advance(clock.getAsLong());
    engine.accept(item);
    turn();
  }

  @Override
  public void refuse(Item<T> item, Reason reason) {
    engine.advance(clock.getAsLong());
    engine.refuse(item, reason);
    turn();
  }

  /// What came of a call.
  void replied(Call<T> call, Reply reply) {
    engine.advance(clock.getAsLong());
    engine.replied(call, reply);
    turn();
  }

  /// What came of a look-up.
  void found(Call<T> call, Findings findings) {
    engine.advance(clock.getAsLong());
    engine.found(call, findings);
    turn();
  }

  /// Another depot was told to leave the destination alone for so long.
  void rest(long nanos, Reason reason) {
    engine.advance(clock.getAsLong());
    engine.rest(nanos, reason);
    turn();
  }

  /// Time has gone on.
  void wake() {
    engine.advance(clock.getAsLong());
    turn();
  }

  /// No more items come.
  void endOfInput() {
    engine.advance(clock.getAsLong());
    engine.endOfInput();
    turn();
  }

  private void turn() {
    Reason stopped = engine.stopped();
    if (stopped != null && whenGivenUp == WhenGivenUp.FAIL) {
      // Nothing of what the engine gave up is told: after a restart it is tried again.
      throw new UserException("The destination was given up: " + stopped + ".");
    }
    for (Action<T> action = engine.poll(); action != null; action = engine.poll()) {
      switch (action) {
        case Action.Make<T>(Call<T> call) -> calls.accept(call);
        case Action.Settle<T>(Settlement<T> settlement) -> settled.accept(settlement);
        case Action.GiveBack<T> giveBack -> {} // only of live sources
        case Action.Conclude<T> conclude -> {} // the checkpoint asks the engine itself
      }
    }
  }

  /// Whether there is room for more items.
  boolean wantsItems() {
    return engine.wantsItems();
  }

  /// Whether every item has come to its end.
  boolean idle() {
    return engine.idle();
  }

  /// When to [#wake], if nothing happens before; [Long#MAX_VALUE] if there is no need.
  long wakeAt() {
    return engine.wakeAt();
  }

  /// What has not come to its end.
  List<Holding<T>> held() {
    return engine.held();
  }

  Engine<T> engine() {
    return engine;
  }
}
