package dev.waybill.cli;

import dev.waybill.UserException;
import dev.waybill.server.access.AccessRoom;
import dev.waybill.server.access.Token;
import dev.waybill.server.store.Store;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

@Command(
    name = "revoke",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    customSynopsis = "waybill token revoke TOKEN [OPTIONS]",
    header = "Withdraw a token: from now on it opens nothing.")
final class TokenRevokeCommand implements Callable<Integer> {

  @ParentCommand private CommandGroup parent = CommandGroup.UNSET;

  @Parameters(
      paramLabel = "TOKEN",
      description = "The token's beginning, as 'waybill token list' shows it.")
  private String id = "";

  @Mixin private ServiceFlags service = new ServiceFlags();

  @Override
  public Integer call() {
    try (Store store = service.store()) {
      AccessRoom room = service.access(store);
      Token token =
          room.tokens().all().stream()
              .filter(one -> one.id().equals(id))
              .findFirst()
              .orElseThrow(
                  () ->
                      new UserException(
                          "There is no token " + id + "; 'waybill token list' shows them."));
      boolean done = room.tokens().withdraw(token.organisation(), id);
      if (done) {
        room.access().record(Clerk.of(token.organisation()), "", "token.withdraw", id, "done");
      }
      parent
          .console()
          .err()
          .println(
              done
                  ? "Withdrawn: " + token.name() + " (" + id + ")."
                  : "It was withdrawn before: " + token.name() + " (" + id + ").");
    }
    return 0;
  }
}
