package dev.waybill.cli;

import dev.waybill.server.access.Caller;
import dev.waybill.server.access.Role;
import java.util.Set;

/// Who stands behind a command, for the audit log: whoever can write the database may do anything
/// with it, so that the name is all that is asked for.
final class Clerk {

  private Clerk() {}

  static String name() {
    return System.getProperty("user.name", "somebody") + " at the machine";
  }

  static Caller of(String organisation) {
    return new Caller(name(), organisation, Set.of(), Role.ADMIN, "command");
  }
}
