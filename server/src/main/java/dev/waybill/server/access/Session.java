package dev.waybill.server.access;

import java.time.Instant;

/// Somebody who is signed in to the page.
///
/// @param cookie the value of their cookie; it is all that they have to show
/// @param csrf what each form of theirs carries; see [#isOf]
/// @param endsAt when they have to sign in again, whatever they do
public record Session(Caller caller, String cookie, String csrf, Instant endsAt) {

  /// Whether a form that carries this was made for this session.
  public boolean isOf(String form) {
    return Hashes.equal(csrf, form);
  }

  /// Without what is secret.
  @Override
  public String toString() {
    return caller + " until " + endsAt;
  }
}
