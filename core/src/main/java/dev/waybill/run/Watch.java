package dev.waybill.run;

import dev.waybill.Reply;
import dev.waybill.delivery.Call;
import dev.waybill.spi.Destination;
import dev.waybill.spi.Inspectable;
import dev.waybill.spi.Inspectable.Exchange;
import dev.waybill.spi.Verifier.Findings;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/// Notes when calls are made and what they looked like, and tells an observer.
final class Watch<T> {

  private final CallObserver<T> observer;

  /// What went over the wire in the call of this thread.
  private final ThreadLocal<List<Exchange>> exchanges = ThreadLocal.withInitial(ArrayList::new);

  Watch(CallObserver<T> observer, Destination<T> destination) {
    this.observer = observer;
    if (destination instanceof Inspectable inspectable) {
      inspectable.inspect(exchange -> exchanges.get().add(exchange));
    }
  }

  /// A call is begun.
  Started start() {
    return new Started(Instant.now(), System.nanoTime());
  }

  /// When a call was begun.
  record Started(Instant at, long nanos) {

    CallObserver.Times toNow() {
      return new CallObserver.Times(at, Duration.ofNanos(System.nanoTime() - nanos));
    }
  }

  void told(Started started, Event<T> event) {
    List<Exchange> shown = List.copyOf(exchanges.get());
    exchanges.remove();
    switch (event) {
      case Event.Replied<T>(Call<T> call, Reply reply) ->
          observer.sent(
              call.batch(),
              call.kind() == Call.Kind.SINGLE ? CallObserver.Way.SINGLE : CallObserver.Way.BATCH,
              started.toNow(),
              reply,
              shown);
      case Event.Found<T>(Call<T> call, Findings findings) ->
          observer.lookedUp(call.batch(), started.toNow(), findings, shown);
      case Event.Fed<T> fed -> {}
      case Event.Stop<T> stop -> {}
      case Event.Abandon<T> abandon -> {}
    }
  }
}
