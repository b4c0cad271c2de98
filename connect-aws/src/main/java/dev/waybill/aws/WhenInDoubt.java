package dev.waybill.aws;

import dev.waybill.spi.Traits.Idempotence;

/// What is to become of items of which nobody knows whether they arrived, where the service can not
/// tell a repeat from something new.
public enum WhenInDoubt {
  /// They end as unknown, with the reason. Nothing arrives twice.
  TELL,
  /// They are sent again. Nothing is left unknown, and an item may arrive twice.
  REPEAT;

  Idempotence idempotence() {
    return this == REPEAT ? Idempotence.IDEMPOTENT : Idempotence.NOT_IDEMPOTENT;
  }
}
