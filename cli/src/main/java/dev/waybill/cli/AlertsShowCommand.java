package dev.waybill.cli;

import dev.waybill.json.Json;
import dev.waybill.server.alert.AlertForm;
import dev.waybill.server.alert.AlertRule;
import dev.waybill.server.alert.AlertRule.Channel;
import dev.waybill.server.alert.Alerts;
import dev.waybill.server.catalog.Flow;
import dev.waybill.server.catalog.SqlCatalog;
import dev.waybill.server.store.Store;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

@Command(
    name = "show",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    customSynopsis = "waybill alerts show FLOW --org ORGANISATION [OPTIONS]",
    header = "Print the rules of a flow, and what was told of it.")
final class AlertsShowCommand implements Callable<Integer> {

  private static final int USUAL_LIMIT = 20;

  @ParentCommand private CommandGroup parent = CommandGroup.UNSET;

  @Parameters(paramLabel = "FLOW", description = "The flow's name or id.")
  private String name = "";

  @Mixin private TenantFlags whose = new TenantFlags();

  @Option(
      names = "--limit",
      paramLabel = "N",
      description = "Most notices to show (default " + USUAL_LIMIT + ").")
  private int limit = USUAL_LIMIT;

  @Mixin private AlertFlags flags = new AlertFlags();

  @Mixin private ServiceFlags service = new ServiceFlags();

  @Override
  public Integer call() {
    try (Store store = service.store()) {
      var catalog = SqlCatalog.open(store);
      var access = service.access(store);
      Flow flow = NamedFlow.find(catalog, whose.tenant(), name);
      Alerts alerts =
          Alerts.open(
              store, catalog, access.secrets(), flags.settings(access.addresses()), store.clock());
      List<AlertRule> rules = alerts.rules(flow);
      parent.console().out().println(Json.text(AlertForm.tree(rules)));
      for (Alerts.Told told : alerts.told(flow, Math.max(1, limit))) {
        parent.console().err().println(line(told));
      }
    }
    return 0;
  }

  private static String line(Alerts.Told told) {
    String to =
        switch (told.to()) {
          case Channel.Webhook(String url, String secret) -> url;
          case Channel.Mail(String mailbox) -> mailbox;
        };
    return "%sZ  %-8s  %s  (%s%s)"
        .formatted(
            told.at().toString().substring(0, 19),
            told.state(),
            told.text(),
            to,
            told.error() == null ? "" : ": " + told.error());
  }
}
