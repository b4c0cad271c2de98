package dev.waybill.server.access;

import java.util.List;

/// The service's own tokens. Safe for use by many threads and processes.
///
/// All methods throw [dev.waybill.UserException] if the database can not be read or written.
public interface Tokens {

  /// Makes a token.
  ///
  /// @param by who makes it
  Issued issue(Grant grant, String by);

  /// A token that was just made.
  ///
  /// @param text the token itself, to be shown this one time: only its hash is kept
  record Issued(Token token, String text) {

    /// Without the token itself.
    @Override
    public String toString() {
      return token.toString();
    }
  }

  /// Those of all organisations, the newest first; withdrawn and expired ones too.
  List<Token> all();

  /// Those of one, the newest first; withdrawn and expired ones too.
  List<Token> of(String organisation);

  /// Makes a token good for nothing, at once; sessions that it opened are over too.
  ///
  /// @param id its [Token#id]
  /// @return whether there was one that was not withdrawn yet
  boolean withdraw(String organisation, String id);
}
