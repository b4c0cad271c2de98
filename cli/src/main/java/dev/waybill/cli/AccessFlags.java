package dev.waybill.cli;

import dev.waybill.server.access.AccessRoom;
import dev.waybill.server.access.AddressPolicy;
import dev.waybill.server.access.References;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Option;

/// Who may what in the service, and what flows may use of the machine.
final class AccessFlags {

  @ArgGroup(validate = false)
  private JwtFlags jwts = new JwtFlags();

  @Option(
      names = "--allow-address",
      paramLabel = "RANGE",
      description =
          "Let flows connect there although it is link-local, metadata or refused: 169.254.7.0/24,"
              + " loopback, private. Several by repeating.")
  private List<String> allowed = new ArrayList<>();

  @Option(
      names = "--refuse-address",
      paramLabel = "RANGE",
      description =
          "Let flows not connect there: 10.0.0.0/8, loopback, private. Several by repeating.")
  private List<String> refused = new ArrayList<>();

  @Option(
      names = "--allow-env",
      paramLabel = "NAME",
      description =
          "Let flows of REST and the page name this environment variable as a secret; CRM_* for"
              + " all that begin so. Several by repeating.")
  private List<String> variables = new ArrayList<>();

  @Option(
      names = "--allow-file",
      paramLabel = "DIR",
      description =
          "Let flows of REST and the page name files below this directory as secrets. Several by"
              + " repeating.")
  private List<Path> directories = new ArrayList<>();

  @Option(
      names = "--audit-kept",
      paramLabel = "TIME",
      description = "For how long the audit log is kept (default 400d).")
  private @Nullable String auditKept;

  /// @throws dev.waybill.UserException if one of them can not be so
  AccessRoom.Settings settings() {
    return new AccessRoom.Settings(
        jwts.settings(),
        auditKept == null
            ? AccessRoom.Settings.USUAL.auditKept()
            : CommandTime.of("--audit-kept", auditKept),
        AddressPolicy.of(allowed, refused),
        new References(variables, directories));
  }
}
