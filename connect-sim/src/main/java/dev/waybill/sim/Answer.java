package dev.waybill.sim;

import java.time.Duration;

/// A response, and what befalls it on its way.
///
/// @param call the number of the call, by which faults of one kind vary
record Answer(HttpResponse response, Fault fault, Duration took, long call) {

  /// A response that arrives.
  static Answer safe(HttpResponse response) {
    return new Answer(response, Fault.NONE, Duration.ZERO, 0);
  }
}
