package dev.waybill.testkit.aws;

import dev.waybill.sim.HttpRequest;

/// One call, understood.
///
/// @param number of the calls of this service that write, counted from 1; 0 for the others
/// @param host as the client named it, for URLs in answers
/// @param wireBytes the body's size as it was sent, packed or not
record AwsCall(
    Service service,
    long number,
    String operation,
    Codec codec,
    Struct body,
    String host,
    long wireBytes,
    HttpRequest http) {

  AwsCall withBody(Struct other) {
    return new AwsCall(service, number, operation, codec, other, host, wireBytes, http);
  }

  AwsCall numbered(long call) {
    return new AwsCall(service, call, operation, codec, body, host, wireBytes, http);
  }
}
