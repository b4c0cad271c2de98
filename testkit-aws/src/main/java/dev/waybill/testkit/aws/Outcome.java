package dev.waybill.testkit.aws;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// What goes back over the wire.
///
/// @param answer null if the connection is cut instead
record Outcome(@Nullable AwsAnswer answer, Duration delay) {

  static Outcome of(AwsAnswer answer) {
    return new Outcome(answer, Duration.ZERO);
  }

  static Outcome cut() {
    return new Outcome(null, Duration.ZERO);
  }
}
