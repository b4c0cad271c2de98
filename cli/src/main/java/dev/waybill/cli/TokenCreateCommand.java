package dev.waybill.cli;

import dev.waybill.UserException;
import dev.waybill.server.access.AccessRoom;
import dev.waybill.server.access.Grant;
import dev.waybill.server.access.Role;
import dev.waybill.server.access.Tokens;
import dev.waybill.server.store.Store;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

@Command(
    name = "create",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    customSynopsis = "waybill token create --name NAME --org ORGANISATION --role ROLE [OPTIONS]",
    header = "Make a token, and show it this one time.",
    footer = {
      "",
      "Roles: a viewer reads; an operator also runs, triggers again and cancels; an admin also",
      "changes flows, connections, secrets and tokens.",
      "",
      "Example:",
      "  waybill token create --name 'nightly load' --org acme --sandbox prod --role operator"
    })
final class TokenCreateCommand implements Callable<Integer> {

  @ParentCommand private CommandGroup parent = CommandGroup.UNSET;

  @Option(
      names = "--name",
      required = true,
      paramLabel = "NAME",
      description = "Who or what will use it.")
  private String name = "";

  @Option(
      names = "--org",
      required = true,
      paramLabel = "ORGANISATION",
      description = "The organisation that it opens.")
  private String organisation = "";

  @Option(
      names = "--sandbox",
      paramLabel = "NAME",
      description = "A sandbox that it opens; several by repeating (default: all).")
  private List<String> sandboxes = new ArrayList<>();

  @Option(
      names = "--role",
      required = true,
      paramLabel = "ROLE",
      description = "What it may do: viewer, operator or admin.")
  private String role = "";

  @Option(
      names = "--expires",
      paramLabel = "TIME",
      description = "For how long it is good: 12h, 90d (default: until it is withdrawn).")
  private @Nullable String expires;

  @Mixin private ServiceFlags service = new ServiceFlags();

  @Override
  public Integer call() {
    Duration lifetime = expires == null ? null : CommandTime.of("--expires", expires);
    var grant = new Grant(name, organisation, Set.copyOf(sandboxes), role(role), lifetime);
    try (Store store = service.store()) {
      AccessRoom room = service.access(store);
      Tokens.Issued issued = room.tokens().issue(grant, Clerk.name());
      room.access().record(Clerk.of(organisation), "", "token.create", issued.token().id(), "done");
      parent.console().out().println(issued.text());
      parent
          .console()
          .err()
          .println(
              "Keep it now: it is not shown again. It is withdrawn by 'waybill token revoke "
                  + issued.token().id()
                  + "'.");
    }
    return 0;
  }

  static Role role(String text) {
    for (Role role : Role.values()) {
      if (role.name().toLowerCase(Locale.ROOT).equals(text)) {
        return role;
      }
    }
    throw new UserException("--role takes viewer, operator or admin, not '" + text + "'.");
  }
}
