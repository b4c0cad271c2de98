package dev.waybill.delivery;

import dev.waybill.Batch;

/// A call that the engine wants made.
///
/// @param id names the call within the run; the answer is to be given under it
public record Call<T>(long id, Batch<T> batch, Kind kind) {

  /// What kind of call.
  public enum Kind {
    /// [dev.waybill.spi.Destination#send].
    BATCH,
    /// [dev.waybill.spi.SingleSender#sendSingle].
    SINGLE,
    /// [dev.waybill.spi.Verifier#find]: asks which of the items are there, and sends none.
    LOOKUP
  }
}
