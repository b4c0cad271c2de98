package dev.waybill.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.waybill.UserException;
import dev.waybill.server.access.AccessRoom;
import dev.waybill.server.alert.AlertForm;
import dev.waybill.server.alert.AlertRule;
import dev.waybill.server.alert.Alerts;
import dev.waybill.server.catalog.Flow;
import dev.waybill.server.catalog.SqlCatalog;
import dev.waybill.server.catalog.Tenant;
import dev.waybill.server.store.Store;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

@Command(
    name = "set",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    customSynopsis = "waybill alerts set FLOW --org ORGANISATION [OPTIONS]",
    header = "Put rules, read from standard input, in the place of those that a flow has.",
    footer = {"", "[] takes all away. A running service heeds them within seconds."})
final class AlertsSetCommand implements Callable<Integer> {

  @ParentCommand private CommandGroup parent = CommandGroup.UNSET;

  @Parameters(paramLabel = "FLOW", description = "The flow's name or id.")
  private String name = "";

  @Mixin private TenantFlags whose = new TenantFlags();

  @Option(
      names = "--file",
      paramLabel = "FILE",
      description = "Read the rules from this file instead.")
  private @Nullable Path file;

  @Mixin private AlertFlags flags = new AlertFlags();

  @Mixin private ServiceFlags service = new ServiceFlags();

  @Override
  public Integer call() {
    Tenant tenant = whose.tenant();
    List<AlertRule> rules = AlertForm.read(text());
    try (Store store = service.store()) {
      var catalog = SqlCatalog.open(store);
      AccessRoom access = service.access(store);
      Flow flow = NamedFlow.find(catalog, tenant, name);
      Alerts alerts =
          Alerts.open(
              store, catalog, access.secrets(), flags.settings(access.addresses()), store.clock());
      alerts.set(flow, rules);
      access
          .access()
          .record(
              Clerk.of(tenant.organisation()), tenant.sandbox(), "alerts.set", flow.id(), "done");
      parent
          .console()
          .err()
          .println(
              "The flow %s has %d %s now."
                  .formatted(flow.name(), rules.size(), rules.size() == 1 ? "alert" : "alerts"));
    }
    return 0;
  }

  private String text() {
    try {
      return file == null ? new String(System.in.readAllBytes(), UTF_8) : Files.readString(file);
    } catch (IOException e) {
      throw new UserException(
          (file == null ? "Standard input" : "The file " + file) + " can not be read.", e);
    }
  }
}
