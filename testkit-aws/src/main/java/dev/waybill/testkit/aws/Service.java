package dev.waybill.testkit.aws;

/// The services, and how each words what goes wrong with a whole call. Codes: the API references of
/// the services, sections "Errors" and "Common Errors".
enum Service {
  KINESIS(
      "Kinesis_20131202.",
      Refusal.of("ProvisionedThroughputExceededException", "Rate exceeded for the stream."),
      Refusal.of(500, "InternalFailure", "The request failed because of an unknown error."),
      400),
  FIREHOSE(
      "Firehose_20150804.",
      Refusal.of(503, "ServiceUnavailableException", "Slow down."),
      Refusal.of(500, "InternalFailure", "The request failed because of an unknown error."),
      400),
  SQS(
      "AmazonSQS.",
      Refusal.of("RequestThrottled", "The request was denied due to request throttling."),
      Refusal.of(500, "InternalFailure", "The request failed because of an unknown error."),
      403),
  SNS(
      "",
      Refusal.of("Throttling", "Rate exceeded"),
      Refusal.of(500, "InternalError", "The request failed because of an internal error."),
      403),
  DYNAMODB(
      "DynamoDB_20120810.",
      Refusal.of("ThrottlingException", "Throughput exceeds the current capacity of your table."),
      Refusal.of(500, "InternalServerError", "The request could not be completed."),
      400),
  CLOUDWATCH(
      "",
      Refusal.of(400, "ThrottlingException", "Throttling", "Rate exceeded"),
      Refusal.of(500, "InternalServiceFault", "InternalServiceError", "An unknown error."),
      403),
  LOGS(
      "Logs_20140328.",
      Refusal.of("ThrottlingException", "Rate exceeded"),
      Refusal.of(500, "InternalFailure", "The request failed because of an unknown error."),
      400),
  EVENTBRIDGE(
      "AWSEvents.",
      Refusal.of("ThrottlingException", "Rate exceeded"),
      Refusal.of(500, "InternalException", "An internal error."),
      400),
  LAMBDA(
      "",
      Refusal.of(429, "TooManyRequestsException", "Rate Exceeded."),
      Refusal.of(500, "ServiceException", "An internal error."),
      403);

  private final String target;
  private final Refusal throttled;
  private final Refusal failed;
  private final Refusal denied;

  Service(String target, Refusal throttled, Refusal failed, int deniedStatus) {
    this.target = target;
    this.throttled = throttled;
    this.failed = failed;
    this.denied =
        Refusal.of(
            deniedStatus,
            deniedCode(),
            "User: arn:aws:iam::000000000000:user/test is not authorized to perform this action.");
  }

  private String deniedCode() {
    return name().equals("SNS") ? "AuthorizationError" : "AccessDeniedException";
  }

  /// How the header X-Amz-Target begins; empty for protocols without it.
  String target() {
    return target;
  }

  /// "Slow down": nothing was applied.
  Refusal throttled() {
    return throttled;
  }

  /// A status of 500, which leaves open what was applied.
  Refusal failed() {
    return failed;
  }

  /// The credentials are known and not allowed to do this.
  Refusal denied() {
    return denied;
  }
}
