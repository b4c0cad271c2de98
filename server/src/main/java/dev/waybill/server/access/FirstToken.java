package dev.waybill.server.access;

import java.util.List;
import java.util.Set;

/// What a service says that nobody has a token for yet.
public final class FirstToken {

  private FirstToken() {}

  /// Who reads what the service prints when it starts.
  public enum Reader {
    /// Somebody at a terminal, who can copy a token from there.
    PERSON,
    /// A log, which many may read, and which is kept.
    LOG
  }

  /// The lines to print: at a terminal a token for an administrator, made now and shown this one
  /// time; otherwise how to make one. Empty if there is a token already, or JWTs are believed.
  ///
  /// @param organisation of that administrator
  /// @param place how the command finds the same database: ` --data DIR`, or nothing
  public static List<String> lines(
      AccessRoom room, String organisation, Reader reader, String place) {
    if (!room.tokens().all().isEmpty() || room.believesJwts()) {
      return List.of();
    }
    return switch (reader) {
      case PERSON -> {
        var grant = new Grant("first", organisation, Set.of(), Role.ADMIN, null);
        String token = room.tokens().issue(grant, "the first start").text();
        yield List.of(
            "There was no token yet. This one is for an admin of the organisation '"
                + organisation
                + "', and is not shown again:",
            "  " + token);
      }
      case LOG ->
          List.of(
              "There is no token yet, so that nobody can sign in. Make one by:",
              "  waybill token create --name first --org "
                  + organisation
                  + " --role admin"
                  + place);
    };
  }
}
