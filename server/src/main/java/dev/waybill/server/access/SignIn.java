package dev.waybill.server.access;

import java.time.Duration;

/// What came of somebody's wish to sign in.
public sealed interface SignIn {

  /// They are signed in.
  record Done(Session session) implements SignIn {}

  /// The token is none, was withdrawn, or is over. Which of them is nobody's business.
  record Refused() implements SignIn {}

  /// There were too many wrong ones: nothing was looked at.
  ///
  /// @param time until the next one will be looked at
  record Wait(Duration time) implements SignIn {}
}
