package dev.waybill.aws;

import dev.waybill.Reason;
import dev.waybill.Reply;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.awscore.exception.AwsServiceException;

/// What a failed call means, by the service's error code.
///
/// A code that is in no table counts by its status: 4xx refuses something in the batch, anything
/// else leaves doubt.
final class ErrorTable {

  /// What a code says of the whole call.
  enum Meaning {
    /// Too much at present; nothing was applied.
    THROTTLED,
    /// It can not be done at present; nothing was applied.
    UNAVAILABLE,
    /// Something in the batch is at fault; nothing was applied.
    REFUSED,
    /// The batch is too large; nothing was applied.
    TOO_LARGE,
    /// No later call can succeed; nothing was applied.
    FATAL,
    /// It may have been applied.
    IN_DOUBT
  }

  /// What all services have in common: "Common Errors" in each service's API reference, and the
  /// codes that the SDK itself counts as throttling.
  private static final ErrorTable COMMON =
      new ErrorTable(new HashMap<>())
          .with(
              Meaning.FATAL,
              "AccessDenied",
              "AuthFailure",
              "ExpiredToken",
              "IncompleteSignature",
              "InvalidAccessKeyId",
              "InvalidClientTokenId",
              "InvalidSecurity",
              "InvalidSignature",
              "MissingAuthenticationToken",
              "NotAuthorized",
              "OptInRequired",
              "RequestExpired",
              "SignatureDoesNotMatch",
              "SubscriptionRequired",
              "UnrecognizedClient")
          .with(
              Meaning.THROTTLED,
              "BandwidthLimitExceeded",
              "ProvisionedThroughputExceeded",
              "RequestLimitExceeded",
              "RequestThrottled",
              "SlowDown",
              "Throttled",
              "Throttling",
              "TooManyRequests")
          .with(Meaning.REFUSED, "InvalidParameterValue", "Serialization", "Validation")
          .with(Meaning.IN_DOUBT, "InternalError", "InternalFailure", "InternalServerError");

  private final Map<String, Meaning> meanings;
  private Function<AwsServiceException, @Nullable String> detail = answer -> null;

  private ErrorTable(Map<String, Meaning> meanings) {
    this.meanings = meanings;
  }

  /// The codes that all services have in common.
  static ErrorTable common() {
    return new ErrorTable(new HashMap<>(COMMON.meanings));
  }

  /// Adds codes, or gives them another meaning.
  ErrorTable with(Meaning meaning, String... codes) {
    for (String code : codes) {
      meanings.put(Codes.plain(code), meaning);
    }
    return this;
  }

  /// Adds what a service tells beside code and message; null where it tells nothing more.
  ErrorTable detail(Function<AwsServiceException, @Nullable String> more) {
    this.detail = more;
    return this;
  }

  /// What came of a call whose future failed with this.
  Reply reply(Throwable thrown) {
    Throwable failure = cause(thrown);
    if (failure instanceof AwsServiceException answer) {
      return reply(answer);
    }
    if (Failures.noCredentials(failure)) {
      return new Reply.Fatal(
          Reason.of("NoCredentials", "there are no AWS credentials: " + message(failure)));
    }
    if (Failures.notSent(failure)) {
      return new Reply.Unavailable(
          Reason.of("the service could not be reached: " + Failures.message(failure)));
    }
    return new Reply.InDoubt(Reason.of("no answer came: " + Failures.message(failure)));
  }

  private Reply reply(AwsServiceException answer) {
    String more = detail.apply(answer);
    Reason told = reason(answer);
    Reason reason = more == null ? told : new Reason(told.code(), told.message() + ": " + more);
    return switch (meaning(answer)) {
      case THROTTLED -> new Reply.Throttled(reason, RetryAfter.of(answer));
      case UNAVAILABLE -> new Reply.Unavailable(reason, RetryAfter.of(answer));
      case REFUSED -> new Reply.Refused(reason);
      case TOO_LARGE -> new Reply.TooLarge(reason);
      case FATAL -> new Reply.Fatal(reason);
      case IN_DOUBT -> new Reply.InDoubt(reason);
    };
  }

  Meaning meaning(AwsServiceException answer) {
    Meaning known = meanings.get(Codes.plain(code(answer)));
    if (known != null) {
      return known;
    }
    int status = answer.statusCode();
    if (answer.isThrottlingException() || status == 429) {
      return Meaning.THROTTLED;
    }
    if (status == 413) {
      return Meaning.TOO_LARGE;
    }
    if (status == 401 || status == 403) {
      return Meaning.FATAL;
    }
    return status >= 400 && status < 500 ? Meaning.REFUSED : Meaning.IN_DOUBT;
  }

  static Throwable cause(Throwable thrown) {
    Throwable failure = thrown;
    while ((failure instanceof CompletionException || failure instanceof ExecutionException)
        && failure.getCause() != null) {
      failure = failure.getCause();
    }
    return failure;
  }

  /// The service's code; null if the answer has none.
  static @Nullable String code(AwsServiceException answer) {
    AwsErrorDetails details = answer.awsErrorDetails();
    return details == null ? null : details.errorCode();
  }

  static Reason reason(AwsServiceException answer) {
    AwsErrorDetails details = answer.awsErrorDetails();
    String message = details == null ? null : details.errorMessage();
    String code = code(answer);
    return new Reason(
        code == null ? String.valueOf(answer.statusCode()) : code,
        message == null || message.isBlank()
            ? "the service answered with status " + answer.statusCode()
            : Text.oneLine(message));
  }

  private static String message(Throwable failure) {
    return Text.oneLine(failure.getMessage());
  }
}
