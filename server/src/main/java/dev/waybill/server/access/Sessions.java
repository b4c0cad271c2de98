package dev.waybill.server.access;

import java.util.Optional;

/// Who is signed in to the page. Safe for use by many threads and processes.
///
/// A session is over after half an hour without a request, twelve hours after it began, or when the
/// token that opened it is withdrawn or expires.
public interface Sessions {

  /// Opens a session with a token, of the service's own or a JWT.
  ///
  /// @param address from where, as text
  SignIn signIn(String token, String address);

  /// The session of a request; it is used by that.
  ///
  /// @param cookie the value of its cookie
  /// @param address from where, as text
  /// @return empty if there is none, or it is over
  Optional<Session> find(String cookie, String address);

  /// Ends a session.
  void signOut(Session session);
}
