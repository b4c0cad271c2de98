package dev.waybill.cli;

import dev.waybill.server.access.Secrets;
import dev.waybill.server.store.Store;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.ParentCommand;

@Command(
    name = "list",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    customSynopsis = "waybill secret list --org ORGANISATION [OPTIONS]",
    header = "List the names of secrets.")
final class SecretListCommand implements Callable<Integer> {

  private static final String ROW = "%-40s  %-16s  %s";

  @ParentCommand private CommandGroup parent = CommandGroup.UNSET;

  @Mixin private TenantFlags whose = new TenantFlags();

  @Mixin private ServiceFlags service = new ServiceFlags();

  @Override
  public Integer call() {
    try (Store store = service.store()) {
      List<Secrets.Named> secrets = service.access(store).secrets().list(whose.tenant());
      if (secrets.isEmpty()) {
        parent.console().err().println("There are no secrets in this sandbox.");
        return 0;
      }
      var out = parent.console().out();
      out.println(ROW.formatted("NAME", "SET", "BY"));
      for (Secrets.Named secret : secrets) {
        out.println(
            ROW.formatted(
                secret.name(), secret.changedAt().toString().substring(0, 16), secret.changedBy()));
      }
    }
    return 0;
  }
}
