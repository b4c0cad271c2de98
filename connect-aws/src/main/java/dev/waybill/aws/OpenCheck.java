package dev.waybill.aws;

import dev.waybill.UserException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.exception.AwsServiceException;

/// The questions that are asked when a destination is opened. They change nothing. A question that
/// the credentials do not permit, or that an emulator does not know, goes unanswered and does no
/// harm.
///
/// @param target what is asked for, for messages: `Kinesis stream 'orders'`
/// @param connection where it is asked
/// @param missing the codes by which the service says that there is no such thing
record OpenCheck(String target, AwsConnection connection, List<String> missing) {

  OpenCheck(String target, AwsConnection connection, String... missing) {
    this(target, connection, List.of(missing));
  }

  private static final List<String> BAD_CREDENTIALS =
      List.of(
          "expiredtoken",
          "incompletesignature",
          "invalidaccesskeyid",
          "invalidclienttokenid",
          "invalidsignature",
          "missingauthenticationtoken",
          "requestexpired",
          "signaturedoesnotmatch",
          "unrecognizedclient");

  /// The answer; null if there is none.
  ///
  /// @throws UserException if the thing does not exist, the credentials are bad, or the service can
  ///   not be reached
  <R> @Nullable R ask(Supplier<CompletableFuture<R>> question) {
    try {
      return question.get().get();
    } catch (ExecutionException e) {
      complain(ErrorTable.cause(e));
      return null;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new UserException("interrupted while the " + target + " was opened", e);
    }
  }

  private void complain(Throwable failure) {
    if (failure instanceof AwsServiceException answer) {
      String code = Codes.plain(ErrorTable.code(answer));
      for (String name : missing) {
        if (Codes.plain(name).equals(code)) {
          throw new UserException(
              "there is no %s at %s: check its name, the region and the account (%s)"
                  .formatted(target, connection.where(), ErrorTable.reason(answer)),
              failure);
        }
      }
      if (BAD_CREDENTIALS.contains(code)) {
        throw new UserException(
            "AWS does not accept the credentials at %s: %s"
                .formatted(connection.where(), ErrorTable.reason(answer)),
            failure);
      }
      return;
    }
    if (Failures.noCredentials(failure)) {
      throw new UserException("there are no AWS credentials: " + failure.getMessage(), failure);
    }
    throw new UserException(
        "the %s can not be reached at %s: %s"
            .formatted(target, connection.where(), Failures.message(failure)),
        failure);
  }
}
