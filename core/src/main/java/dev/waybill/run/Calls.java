package dev.waybill.run;

import dev.waybill.Reason;
import dev.waybill.Reply;
import dev.waybill.delivery.Call;
import dev.waybill.spi.AsyncDestination;
import dev.waybill.spi.Destination;
import dev.waybill.spi.SingleSender;
import dev.waybill.spi.Verifier;
import dev.waybill.spi.Verifier.Findings;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Makes the calls, each on a virtual thread of its own, and tells what came of them. A destination
/// that can wait without a thread gets one only to begin the call.
public final class Calls<T> {

  private static final Reason INTERRUPTED =
      Reason.of("the call was broken off by the end of the run");

  private final Destination<T> destination;
  private final Consumer<Event<T>> told;
  private final ExecutorService threads =
      Executors.newThreadPerTaskExecutor(Thread.ofVirtual().name("waybill-call-", 1).factory());

  /// Calls that no thread waits for, by their ids.
  private final Map<Long, CompletableFuture<Reply>> underWay = new ConcurrentHashMap<>();

  private final @Nullable Watch<T> watch;

  /// Takes what came of the calls, from any thread.
  public interface Answers<T> {

    /// What came of a call of kind `BATCH` or `SINGLE`.
    void replied(Call<T> call, Reply reply);

    /// What came of a call of kind `LOOKUP`.
    void found(Call<T> call, Findings findings);
  }

  /// Calls to this destination, whose answers go there.
  public Calls(Destination<T> destination, Answers<T> answers) {
    this(destination, event -> tell(event, answers), null);
  }

  private static <T> void tell(Event<T> event, Answers<T> answers) {
    switch (event) {
      case Event.Replied<T>(Call<T> call, Reply reply) -> answers.replied(call, reply);
      case Event.Found<T>(Call<T> call, Findings findings) -> answers.found(call, findings);
      case Event.Fed<T> fed -> {}
      case Event.Stop<T> stop -> {}
      case Event.Abandon<T> abandon -> {}
    }
  }

  /// A maker of calls that does not show them to anybody if `watch` is null.
  Calls(Destination<T> destination, Consumer<Event<T>> told, @Nullable Watch<T> watch) {
    this.destination = destination;
    this.told = told;
    this.watch = watch;
  }

  /// Makes a call, without waiting for its end.
  public void make(Call<T> call) {
    Consumer<Event<T>> teller = watch == null ? told : watched(watch);
    if (call.kind() == Call.Kind.BATCH && destination instanceof AsyncDestination<T> async) {
      threads.execute(() -> begin(async, call, teller));
    } else {
      threads.execute(() -> teller.accept(outcome(call)));
    }
  }

  private Consumer<Event<T>> watched(Watch<T> by) {
    var started = by.start();
    return event -> {
      try {
        by.told(started, event);
      } catch (RuntimeException bug) {
        System.getLogger(Calls.class.getName())
            .log(System.Logger.Level.ERROR, "an observer of calls failed", bug);
      }
      told.accept(event);
    };
  }

  private void begin(AsyncDestination<T> async, Call<T> call, Consumer<Event<T>> teller) {
    try {
      CompletableFuture<Reply> reply = async.begin(call.batch());
      underWay.put(call.id(), reply);
      var unused =
          reply.whenComplete(
              (answer, failure) -> {
                underWay.remove(call.id());
                teller.accept(
                    new Event.Replied<>(call, failure == null ? answer : inDoubt(failure)));
              });
      if (threads.isShutdown()) {
        reply.cancel(true);
      }
    } catch (RuntimeException | Error bug) {
      teller.accept(new Event.Replied<>(call, new Reply.InDoubt(bug(bug))));
    }
  }

  private static Reply inDoubt(Throwable failure) {
    return new Reply.InDoubt(
        switch (failure) {
          case CancellationException brokenOff -> INTERRUPTED;
          case CompletionException thrown when thrown.getCause() != null -> bug(thrown.getCause());
          default -> bug(failure);
        });
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
  public void close() {
    threads.shutdownNow();
    underWay.values().forEach(reply -> reply.cancel(true));
  }
}
