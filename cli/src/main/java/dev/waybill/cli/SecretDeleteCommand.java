package dev.waybill.cli;

import dev.waybill.UserException;
import dev.waybill.server.access.AccessRoom;
import dev.waybill.server.catalog.Tenant;
import dev.waybill.server.store.Store;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

@Command(
    name = "delete",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    customSynopsis = "waybill secret delete NAME --org ORGANISATION [OPTIONS]",
    header = "Forget a secret. Flows that name it can not run any more.")
final class SecretDeleteCommand implements Callable<Integer> {

  @ParentCommand private CommandGroup parent = CommandGroup.UNSET;

  @Parameters(paramLabel = "NAME", description = "What flows call it.")
  private String name = "";

  @Mixin private TenantFlags whose = new TenantFlags();

  @Mixin private ServiceFlags service = new ServiceFlags();

  @Override
  public Integer call() {
    Tenant tenant = whose.tenant();
    try (Store store = service.store()) {
      AccessRoom room = service.access(store);
      if (!room.secrets().remove(tenant, name)) {
        throw new UserException(
            "There is no secret "
                + name
                + " in "
                + tenant.organisation()
                + "/"
                + tenant.sandbox()
                + "; 'waybill secret list' shows those that there are.");
      }
      room.access()
          .record(Clerk.of(tenant.organisation()), tenant.sandbox(), "secret.delete", name, "done");
    }
    parent.console().err().println("Forgotten: " + name + ".");
    return 0;
  }
}
