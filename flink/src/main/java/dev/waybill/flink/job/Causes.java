package dev.waybill.flink.job;

import dev.waybill.UserException;

/// What lies at the bottom of Flink's long stories.
final class Causes {

  private Causes() {}

  /// The sentence that was meant for the user if there is one, else the first cause's.
  static String sentence(Throwable thrown) {
    Throwable cause = thrown;
    while (cause.getCause() != null) {
      if (cause instanceof UserException) {
        return String.valueOf(cause.getMessage());
      }
      cause = cause.getCause();
    }
    return cause instanceof UserException
        ? String.valueOf(cause.getMessage())
        : cause.getClass().getSimpleName() + ": " + cause.getMessage();
  }

  /// The same in a stack trace that came as text.
  static String sentence(String trace) {
    String last = trace.lines().findFirst().orElse("");
    for (String line : trace.lines().toList()) {
      int cause = line.indexOf("Caused by: ");
      if (cause >= 0) {
        last = line.substring(cause + "Caused by: ".length());
      }
    }
    String user = UserException.class.getName() + ": ";
    return last.startsWith(user) ? last.substring(user.length()) : last;
  }
}
