package dev.waybill.bench;

import dev.waybill.delivery.Tally;
import dev.waybill.run.Dispatcher;
import dev.waybill.run.Undelivered;
import dev.waybill.spi.Destination;
import java.util.List;

/// A [Dispatcher] with the settings that it has by itself, but for the number of calls.
final class ByDispatcher implements Contender {

  private final Dispatcher<String> dispatcher;

  ByDispatcher(Destination<String> destination, int inFlight) {
    this.dispatcher = Dispatcher.to(destination).policy(policy -> policy.inFlight(inFlight)).open();
  }

  @Override
  public String name() {
    return "Dispatcher";
  }

  @Override
  public void deliver(Payloads payloads, int items) throws InterruptedException {
    for (int i = 0; i < items; i++) {
      dispatcher.submit(payloads.next());
    }
    List<Undelivered<String>> undelivered = dispatcher.flush();
    if (!undelivered.isEmpty()) {
      throw new IllegalStateException(undelivered.size() + ", first " + undelivered.getFirst());
    }
  }

  /// Tells how full the calls were, and closes.
  @Override
  public void close() {
    Tally tally = dispatcher.tally();
    System.out.printf(
        "          Dispatcher: %.1f items a call, %,d retries%n",
        (double) tally.delivered() / tally.calls(), tally.retries());
    dispatcher.close();
  }
}
