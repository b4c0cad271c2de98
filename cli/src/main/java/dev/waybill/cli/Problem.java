package dev.waybill.cli;

import dev.waybill.UserException;

/// Tells the user what went wrong: a sentence, and for bugs how to see more.
record Problem(Console console, Waybill waybill) {

  /// Tells it.
  ///
  /// @return the exit code
  int told(Throwable problem) {
    var err = console.err();
    if (problem instanceof UserException) {
      err.println("waybill: " + problem.getMessage());
    } else {
      err.println("waybill: This is a fault in Waybill itself: " + problem + ".");
      if (!waybill.isVerbose()) {
        err.println("With --verbose it shows where; please report that.");
      }
    }
    if (waybill.isVerbose()) {
      problem.printStackTrace(err);
    }
    return (problem instanceof UserException ? ExitCode.USAGE : ExitCode.GIVEN_UP).code;
  }
}
