package dev.waybill.run;

import dev.waybill.Batch;
import dev.waybill.Reply;
import dev.waybill.spi.Inspectable.Exchange;
import dev.waybill.spi.Verifier.Findings;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/// Told of each call that a run has made, on the call's own thread and before the run goes on with
/// what came of it. It should be quick, and must be safe for use by many threads.
public interface CallObserver<T> {

  /// A batch was sent.
  ///
  /// @param exchanges as it went over the wire; empty where the destination can not show that
  void sent(Batch<T> batch, Way way, Times times, Reply reply, List<Exchange> exchanges);

  /// The destination was asked which items of a batch it has.
  void lookedUp(Batch<T> batch, Times times, Findings findings, List<Exchange> exchanges);

  /// How a batch was sent.
  enum Way {
    BATCH,
    SINGLE
  }

  /// When a call was made, and how long it took.
  record Times(Instant beganAt, Duration took) {}
}
