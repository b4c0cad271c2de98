package dev.waybill.testkit.aws;

/// The services, and how each words what goes wrong with a whole call. Codes: the API references of
/// the services, sections "Errors" and "Common Errors".
enum Service {
  KINESIS("Kinesis_20131202."),
  FIREHOSE("Firehose_20150804."),
  SQS("AmazonSQS."),
  SNS(""),
  DYNAMODB("DynamoDB_20120810."),
  CLOUDWATCH(""),
  LOGS("Logs_20140328."),
  EVENTBRIDGE("AWSEvents."),
  LAMBDA("");

  private final String target;

  Service(String target) {
    this.target = target;
  }

  /// How the header X-Amz-Target begins; empty for protocols without it.
  String target() {
    return target;
  }

  /// "Slow down": nothing was applied.
  Refusal throttled() {
    return switch (this) {
      case KINESIS ->
          Refusal.of("ProvisionedThroughputExceededException", "Rate exceeded for the stream.");
      case FIREHOSE -> Refusal.of(503, "ServiceUnavailableException", "Slow down.");
      case SQS -> Refusal.of("RequestThrottled", "The request was denied due to throttling.");
      case SNS -> Refusal.of("Throttling", "Rate exceeded");
      case DYNAMODB -> Refusal.of("ThrottlingException", "The rate of requests is too high.");
      case CLOUDWATCH -> Refusal.of(400, "ThrottlingException", "Throttling", "Rate exceeded");
      case LOGS, EVENTBRIDGE -> Refusal.of("ThrottlingException", "Rate exceeded");
      case LAMBDA -> Refusal.of(429, "TooManyRequestsException", "Rate Exceeded.");
    };
  }

  /// A status of 500, which leaves open what was applied.
  Refusal failed() {
    String message = "The request failed because of an unknown error.";
    return switch (this) {
      case KINESIS, FIREHOSE, SQS, LOGS -> Refusal.of(500, "InternalFailure", message);
      case SNS -> Refusal.of(500, "InternalError", message);
      case DYNAMODB -> Refusal.of(500, "InternalServerError", message);
      case CLOUDWATCH -> Refusal.of(500, "InternalServiceFault", "InternalServiceError", message);
      case EVENTBRIDGE -> Refusal.of(500, "InternalException", message);
      case LAMBDA -> Refusal.of(500, "ServiceException", message);
    };
  }

  /// The credentials are known and not allowed to do this.
  Refusal denied() {
    String message = "User: arn:aws:iam::000000000000:user/test is not authorized to do this.";
    return switch (this) {
      case KINESIS, FIREHOSE, DYNAMODB, LOGS, EVENTBRIDGE ->
          Refusal.of(400, "AccessDeniedException", message);
      case SQS -> Refusal.of(403, "AccessDeniedException", "AccessDenied", message);
      case SNS -> Refusal.of(403, "AuthorizationError", message);
      case CLOUDWATCH -> Refusal.of(403, "AccessDeniedException", "AccessDenied", message);
      case LAMBDA -> Refusal.of(403, "AccessDeniedException", message);
    };
  }
}
