package dev.waybill.sim;

import dev.waybill.Batch;
import dev.waybill.Fields;
import dev.waybill.Item;
import dev.waybill.Reply;
import dev.waybill.json.Json;
import dev.waybill.spi.Preview;
import dev.waybill.spi.SingleSender;
import dev.waybill.spi.Traits;
import dev.waybill.spi.Verifier;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;

/// A [SimulatedService] as a destination: `sim:`. Safe for use by many threads.
public class SimulatedDestination implements Preview<Fields> {

  private final SimulatedService service;
  private final Traits traits;
  private final Edge edge;
  private final ReentrantLock turn = new ReentrantLock();
  private boolean closed;

  /// Where the simulation meets the world.
  ///
  /// @param clock nanoseconds that never go back
  /// @param pause lets the caller wait for as long as the call takes
  /// @param end what to do with the truth at the end
  record Edge(LongSupplier clock, Pause pause, End end) {

    static final Edge REAL = new Edge(System::nanoTime, Thread::sleep, truth -> {});
  }

  interface Pause {
    void last(Duration time) throws InterruptedException;
  }

  interface End {
    void accept(GroundTruth truth);
  }

  /// What more than sending the destination can do.
  enum Ability {
    VERIFY,
    SEND_SINGLE
  }

  SimulatedDestination(SimulatedService service, Traits traits, Edge edge) {
    this.service = service;
    this.traits = traits;
    this.edge = edge;
  }

  /// A destination with these abilities and no others: the engine looks at its type.
  static SimulatedDestination with(
      List<Ability> abilities, SimulatedService service, Traits traits, Edge edge) {
    boolean verifies = abilities.contains(Ability.VERIFY);
    if (abilities.contains(Ability.SEND_SINGLE)) {
      return verifies
          ? new VerifiableSingleSending(service, traits, edge)
          : new SingleSending(service, traits, edge);
    }
    return verifies
        ? new Verifiable(service, traits, edge)
        : new SimulatedDestination(service, traits, edge);
  }

  /// The service behind it. To be touched only while no call is under way.
  public SimulatedService service() {
    return service;
  }

  @Override
  public Traits traits() {
    return traits;
  }

  @Override
  public Reply send(Batch<Fields> batch) throws InterruptedException {
    Outcome outcome;
    turn.lock();
    try {
      outcome = service.receive(batch, edge.clock().getAsLong());
    } finally {
      turn.unlock();
    }
    if (outcome.took().isPositive()) {
      edge.pause().last(outcome.took());
    }
    return outcome.seen();
  }

  @Override
  public String preview(Batch<Fields> batch) {
    return "a simulated call with " + Json.text(batch.items().stream().map(Item::payload).toList());
  }

  /// The bytes of the item as JSON.
  @Override
  public long bytesOf(Item<Fields> item) {
    return Json.bytes(item.payload()).length;
  }

  @Override
  public void close() {
    turn.lock();
    try {
      if (!closed) {
        closed = true;
        edge.end().accept(service.truth());
      }
    } finally {
      turn.unlock();
    }
  }

  Verifier.Findings ask(List<Item<Fields>> items) {
    turn.lock();
    try {
      return service.find(items, edge.clock().getAsLong());
    } finally {
      turn.unlock();
    }
  }

  private static class Verifiable extends SimulatedDestination implements Verifier<Fields> {

    Verifiable(SimulatedService service, Traits traits, Edge edge) {
      super(service, traits, edge);
    }

    @Override
    public Findings find(List<Item<Fields>> items) {
      return ask(items);
    }
  }

  private static final class SingleSending extends SimulatedDestination
      implements SingleSender<Fields> {

    SingleSending(SimulatedService service, Traits traits, Edge edge) {
      super(service, traits, edge);
    }

    @Override
    public Reply sendSingle(Batch<Fields> batch) throws InterruptedException {
      return send(batch);
    }
  }

  private static final class VerifiableSingleSending extends Verifiable
      implements SingleSender<Fields> {

    VerifiableSingleSending(SimulatedService service, Traits traits, Edge edge) {
      super(service, traits, edge);
    }

    @Override
    public Reply sendSingle(Batch<Fields> batch) throws InterruptedException {
      return send(batch);
    }
  }
}
