package dev.waybill.flink;

import java.io.Serializable;
import org.jspecify.annotations.Nullable;

/// What names a record.
@FunctionalInterface
public interface KeyOf<T> extends Serializable {

  /// The key; null for a record without one.
  @Nullable String of(T payload);
}
