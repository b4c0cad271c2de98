package dev.waybill.flink;

import dev.waybill.spi.Destination;
import java.io.Serializable;

/// Opens a destination on the machine that delivers to it, once for each subtask.
@FunctionalInterface
public interface Opener<T> extends Serializable {

  /// Opens it.
  ///
  /// @throws dev.waybill.UserException if it can not be opened
  Destination<T> open();
}
