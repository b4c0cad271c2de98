package dev.waybill.kafka;

import dev.waybill.UserException;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.TimeoutException;

/// What a user is told of Kafka's exceptions.
final class Complaints {

  /// Causes that lead in a circle are no reason to go on for ever.
  private static final int DEEPEST = 10;

  private Complaints() {}

  /// The brokers could not be asked for the topic.
  static UserException unreachable(KafkaAddress address, Throwable failure) {
    return failure instanceof TimeoutException
        ? new UserException(
            "No broker answers at "
                + address.bootstrap()
                + ": start it, or correct the address or the option security.",
            failure)
        : unreadable(address, failure);
  }

  /// There is no reading on.
  static UserException unreadable(KafkaAddress address, Throwable failure) {
    String what =
        switch (failure) {
          case AuthenticationException refused -> "The brokers refuse the log-in";
          case AuthorizationException refused -> "The user may not read";
          default -> "It can not be read";
        };
    return new UserException(what + " (" + address + "): " + deepest(failure) + ".", failure);
  }

  /// There is no writing.
  static UserException unwritable(KafkaAddress address, Throwable failure) {
    return switch (failure) {
      case TimeoutException timeout ->
          new UserException(
              "There is no "
                  + address
                  + ", or no broker answers there: make or start it, or correct the address or the"
                  + " option security.",
              timeout);
      case AuthenticationException refused ->
          new UserException("The brokers refuse the log-in: " + deepest(refused) + ".", refused);
      case AuthorizationException refused ->
          new UserException(
              "The user may not write to " + address + ": " + deepest(refused) + ".", refused);
      default ->
          new UserException(address + " can not be written: " + deepest(failure) + ".", failure);
    };
  }

  /// The message of what lies at the bottom.
  static String deepest(Throwable failure) {
    Throwable cause = failure;
    for (int depth = 0; depth < DEEPEST && cause.getCause() != null; depth++) {
      cause = cause.getCause();
    }
    String message = cause.getMessage() == null ? cause.toString() : cause.getMessage();
    return message.endsWith(".") ? message.substring(0, message.length() - 1) : message;
  }
}
