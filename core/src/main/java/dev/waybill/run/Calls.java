package dev.waybill.run;

import dev.waybill.Reason;
import dev.waybill.Reply;
import dev.waybill.delivery.Call;
import dev.waybill.spi.Destination;
import dev.waybill.spi.SingleSender;
import dev.waybill.spi.Verifier;
import dev.waybill.spi.Verifier.Findings;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;

/// Makes the calls, each on a virtual thread of its own, and tells what came of them.
final class Calls<T> {

  private static final Reason INTERRUPTED =
      Reason.of("the call was broken off by the end of the run");

  private final Destination<T> destination;
  private final Consumer<Event<T>> told;
  private final ExecutorService threads =
      Executors.newThreadPerTaskExecutor(Thread.ofVirtual().name("waybill-call-", 1).factory());

  Calls(Destination<T> destination, Consumer<Event<T>> told) {
    this.destination = destination;
    this.told = told;
  }

  void make(Call<T> call) {
    threads.execute(() -> told.accept(outcome(call)));
  }

  private Event<T> outcome(Call<T> call) {
    return switch (call.kind()) {
      case BATCH, SINGLE -> new Event.Replied<>(call, reply(call));
      case LOOKUP -> new Event.Found<>(call, findings(call));
    };
  }

  private Reply reply(Call<T> call) {
    try {
      return call.kind() == Call.Kind.SINGLE
          ? ((SingleSender<T>) destination).sendSingle(call.batch())
          : destination.send(call.batch());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return new Reply.InDoubt(INTERRUPTED);
    } catch (RuntimeException | Error bug) {
      return new Reply.InDoubt(bug(bug));
    }
  }

  private Findings findings(Call<T> call) {
    try {
      return ((Verifier<T>) destination).find(call.batch().items());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return new Findings.Failed(INTERRUPTED);
    } catch (RuntimeException | Error bug) {
      return new Findings.Failed(bug(bug));
    }
  }

  private static Reason bug(Throwable bug) {
    System.getLogger(Calls.class.getName())
        .log(System.Logger.Level.ERROR, "a connector failed", bug);
    return Reason.of("internal_error", "a bug in the connector: " + bug);
  }

  /// Breaks off what is still under way; nobody waits for it any more.
  void close() {
    threads.shutdownNow();
  }
}
