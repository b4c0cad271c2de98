package dev.waybill.run;

import dev.waybill.Reason;
import dev.waybill.Reply;
import dev.waybill.delivery.Call;
import dev.waybill.spi.Verifier.Findings;

/// Something that happened outside of a run's own thread.
sealed interface Event<T> {

  record Replied<T>(Call<T> call, Reply reply) implements Event<T> {}

  record Found<T>(Call<T> call, Findings findings) implements Event<T> {}

  /// Items were read, or the source has ended.
  record Fed<T>() implements Event<T> {}

  /// Somebody wants the run to end: calls under way are waited for.
  record Stop<T>(Reason reason) implements Event<T> {}

  /// Somebody wants the run to end now.
  record Abandon<T>(Reason reason) implements Event<T> {}
}
