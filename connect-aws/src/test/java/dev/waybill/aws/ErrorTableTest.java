package dev.waybill.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.waybill.Reply;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.http.SdkHttpResponse;

/// Every row of the tables, with the status that the service gives it.
class ErrorTableTest {

  private static final Class<?> THROTTLED = Reply.Throttled.class;
  private static final Class<?> UNAVAILABLE = Reply.Unavailable.class;
  private static final Class<?> REFUSED = Reply.Refused.class;
  private static final Class<?> TOO_LARGE = Reply.TooLarge.class;
  private static final Class<?> FATAL = Reply.Fatal.class;
  private static final Class<?> IN_DOUBT = Reply.InDoubt.class;

  static Stream<Arguments> rows() {
    var rows = new ArrayList<Arguments>();
    var kinesis = KinesisDestination.ERRORS;
    add(rows, "Kinesis", kinesis, THROTTLED, 400, "ProvisionedThroughputExceededException");
    add(rows, "Kinesis", kinesis, THROTTLED, 400, "KMSThrottlingException");
    add(rows, "Kinesis", kinesis, REFUSED, 400, "InvalidArgumentException", "ValidationException");
    add(rows, "Kinesis", kinesis, FATAL, 400, "ResourceNotFoundException", "AccessDeniedException");
    add(rows, "Kinesis", kinesis, FATAL, 400, "KMSAccessDeniedException", "KMSDisabledException");
    add(rows, "Kinesis", kinesis, FATAL, 400, "KMSInvalidStateException", "KMSNotFoundException");
    add(rows, "Kinesis", kinesis, FATAL, 400, "KMSOptInRequired");
    add(rows, "Kinesis", kinesis, IN_DOUBT, 500, "InternalFailure");

    var firehose = FirehoseDestination.ERRORS;
    add(rows, "Firehose", firehose, THROTTLED, 503, "ServiceUnavailableException");
    add(rows, "Firehose", firehose, REFUSED, 400, "InvalidArgumentException");
    add(rows, "Firehose", firehose, FATAL, 400, "ResourceNotFoundException");
    add(rows, "Firehose", firehose, FATAL, 400, "InvalidKMSResourceException");
    add(rows, "Firehose", firehose, FATAL, 400, "InvalidSourceException");
    add(rows, "Firehose", firehose, IN_DOUBT, 500, "InternalFailure");

    var sqs = SqsDestination.ERRORS;
    add(rows, "SQS", sqs, THROTTLED, 403, "RequestThrottled", "KmsThrottled");
    add(rows, "SQS", sqs, TOO_LARGE, 400, "AWS.SimpleQueueService.BatchRequestTooLong");
    add(rows, "SQS", sqs, REFUSED, 400, "InvalidMessageContents");
    add(rows, "SQS", sqs, FATAL, 400, "AWS.SimpleQueueService.NonExistentQueue");
    add(rows, "SQS", sqs, FATAL, 400, "QueueDoesNotExist", "InvalidAddress", "KmsAccessDenied");
    add(rows, "SQS", sqs, FATAL, 403, "InvalidSecurity", "KmsDisabled", "KmsInvalidState");
    add(rows, "SQS", sqs, FATAL, 400, "KmsNotFound", "KmsOptInRequired", "KmsInvalidKeyUsage");
    add(rows, "SQS", sqs, IN_DOUBT, 500, "InternalError", "ServiceUnavailable");

    var sns = SnsDestination.ERRORS;
    add(rows, "SNS", sns, THROTTLED, 429, "Throttled", "Throttling", "KMSThrottling");
    add(rows, "SNS", sns, TOO_LARGE, 400, "BatchRequestTooLong");
    add(rows, "SNS", sns, REFUSED, 400, "InvalidParameter", "ParameterValueInvalid");
    add(rows, "SNS", sns, FATAL, 404, "NotFound");
    add(rows, "SNS", sns, FATAL, 403, "AuthorizationError", "EndpointDisabled");
    add(rows, "SNS", sns, IN_DOUBT, 500, "InternalError");

    var dynamo = DynamoDbDestination.ERRORS;
    add(rows, "DynamoDB", dynamo, THROTTLED, 400, "ProvisionedThroughputExceededException");
    add(rows, "DynamoDB", dynamo, THROTTLED, 400, "ThrottlingException", "RequestLimitExceeded");
    add(rows, "DynamoDB", dynamo, REFUSED, 400, "ValidationException");
    add(rows, "DynamoDB", dynamo, REFUSED, 400, "ItemCollectionSizeLimitExceededException");
    add(
        rows,
        "DynamoDB",
        dynamo,
        REFUSED,
        400,
        "com.amazonaws.dynamodb.v20120810#ItemCollectionSizeLimitExceededException");
    add(rows, "DynamoDB", dynamo, FATAL, 400, "ResourceNotFoundException");
    add(rows, "DynamoDB", dynamo, UNAVAILABLE, 400, "ReplicatedWriteConflictException");
    add(rows, "DynamoDB", dynamo, IN_DOUBT, 500, "InternalServerError");

    var cloudWatch = CloudWatchDestination.ERRORS;
    add(rows, "CloudWatch", cloudWatch, THROTTLED, 400, "Throttling");
    add(rows, "CloudWatch", cloudWatch, REFUSED, 400, "InvalidParameterValue");
    add(rows, "CloudWatch", cloudWatch, REFUSED, 400, "InvalidParameterCombination");
    add(rows, "CloudWatch", cloudWatch, REFUSED, 400, "MissingRequiredParameterException");
    add(rows, "CloudWatch", cloudWatch, REFUSED, 400, "MissingParameter");
    add(rows, "CloudWatch", cloudWatch, FATAL, 403, "AccessDenied");
    add(rows, "CloudWatch", cloudWatch, IN_DOUBT, 500, "InternalServiceFault");

    var logs = LogsDestination.ERRORS;
    add(rows, "Logs", logs, THROTTLED, 400, "ThrottlingException");
    add(rows, "Logs", logs, THROTTLED, 503, "ServiceUnavailableException");
    add(rows, "Logs", logs, REFUSED, 400, "InvalidParameterException");
    add(rows, "Logs", logs, FATAL, 400, "ResourceNotFoundException", "UnrecognizedClientException");
    add(rows, "Logs", logs, IN_DOUBT, 500, "InternalFailure");

    var events = EventBridgeDestination.ERRORS;
    add(rows, "EventBridge", events, THROTTLED, 400, "ThrottlingException");
    add(rows, "EventBridge", events, REFUSED, 400, "ValidationException");
    add(rows, "EventBridge", events, TOO_LARGE, 413, "RequestEntityTooLarge");
    add(rows, "EventBridge", events, FATAL, 400, "AccessDeniedException");
    add(rows, "EventBridge", events, IN_DOUBT, 500, "InternalException");

    var lambda = LambdaDestination.ERRORS;
    add(rows, "Lambda", lambda, THROTTLED, 429, "TooManyRequestsException");
    add(rows, "Lambda", lambda, THROTTLED, 502, "EC2ThrottledException");
    add(rows, "Lambda", lambda, UNAVAILABLE, 502, "ENILimitReachedException");
    add(rows, "Lambda", lambda, UNAVAILABLE, 409, "ResourceConflictException");
    add(rows, "Lambda", lambda, TOO_LARGE, 413, "RequestTooLargeException");
    add(rows, "Lambda", lambda, REFUSED, 400, "InvalidRequestContentException");
    add(rows, "Lambda", lambda, FATAL, 404, "ResourceNotFoundException");
    add(rows, "Lambda", lambda, FATAL, 403, "AccessDeniedException");
    add(rows, "Lambda", lambda, FATAL, 502, "KMSDisabledException", "KMSAccessDeniedException");
    add(rows, "Lambda", lambda, IN_DOUBT, 500, "ServiceException");

    for (ErrorTable table :
        List.of(kinesis, firehose, sqs, sns, dynamo, cloudWatch, logs, events, lambda)) {
      add(rows, "any", table, FATAL, 400, "ExpiredTokenException", "UnrecognizedClientException");
      add(rows, "any", table, FATAL, 403, "InvalidSignatureException", "SignatureDoesNotMatch");
      add(rows, "any", table, FATAL, 403, "InvalidClientTokenId", "SomethingNotAllowed");
      add(rows, "any", table, REFUSED, 400, "NobodyKnowsThis", "SerializationException");
      add(rows, "any", table, IN_DOUBT, 500, "NobodyKnowsThis");
      add(rows, "any", table, IN_DOUBT, 504, "");
      add(rows, "any", table, TOO_LARGE, 413, "NobodyKnowsThis");
      add(rows, "any", table, THROTTLED, 429, "NobodyKnowsThis");
    }
    return rows.stream();
  }

  private static void add(
      List<Arguments> rows,
      String service,
      ErrorTable table,
      Class<?> reply,
      int status,
      String... codes) {
    for (String code : codes) {
      rows.add(arguments(service, code, status, reply, table));
    }
  }

  @ParameterizedTest(name = "{0}: {1} with status {2} is {3}")
  @MethodSource("rows")
  void codeHasItsMeaning(
      String service, String code, int status, Class<?> reply, ErrorTable table) {
    assertThat(table.reply(new CompletionException(answer(status, code, null))))
        .isInstanceOf(reply);
  }

  @Test
  void throttledCallSaysHowLongToWait() {
    Reply reply = LambdaDestination.ERRORS.reply(answer(429, "TooManyRequestsException", "3"));

    assertThat(((Reply.Throttled) reply).retryAfter()).isEqualTo(Duration.ofSeconds(3));
  }

  @Test
  void codeAndMessageOfTheServiceAreTheReason() {
    Reply reply = KinesisDestination.ERRORS.reply(answer(400, "ResourceNotFoundException", null));

    assertThat(((Reply.Fatal) reply).reason())
        .hasToString("as the service said (ResourceNotFoundException)");
  }

  private static AwsServiceException answer(
      int status, String code, @org.jspecify.annotations.Nullable String retryAfter) {
    var http = SdkHttpResponse.builder().statusCode(status);
    if (retryAfter != null) {
      http.putHeader("Retry-After", retryAfter);
    }
    return AwsServiceException.builder()
        .statusCode(status)
        .awsErrorDetails(
            AwsErrorDetails.builder()
                .errorCode(code)
                .errorMessage("as the service said")
                .sdkHttpResponse(http.build())
                .build())
        .build();
  }
}
