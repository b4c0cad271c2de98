package dev.waybill.flink;

import dev.waybill.spi.Intake;
import java.io.Serializable;

/// How an element of a stream comes in: as an item, or refused.
///
/// @param <IN> the stream's elements
/// @param <T> the destination's payloads
interface Entrance<IN, T> extends Serializable {

  /// Hands the element over, once.
  ///
  /// @param ordinal a free one, for elements that have none
  void enter(IN element, long ordinal, Intake<T> intake);
}
