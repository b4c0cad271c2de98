package dev.waybill.testkit.aws;

import java.util.Map;

/// An error for a whole call.
///
/// @param type the name of the error's shape, without its namespace
/// @param code what the SDK shows as the error code: the type, but for those protocols that carry
///   the code of their query days in a header (SQS, CloudWatch)
record Refusal(int status, String type, String code, String message, Map<String, String> headers)
    implements AwsAnswer {

  static Refusal of(int status, String code, String message) {
    return new Refusal(status, code, code, message, Map.of());
  }

  /// With another code than the name of its shape.
  static Refusal of(int status, String type, String code, String message) {
    return new Refusal(status, type, code, message, Map.of());
  }

  /// The client's fault, status 400.
  static Refusal of(String code, String message) {
    return of(400, code, message);
  }
}
