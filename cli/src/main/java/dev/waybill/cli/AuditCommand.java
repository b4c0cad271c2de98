package dev.waybill.cli;

import dev.waybill.UserException;
import dev.waybill.json.Json;
import dev.waybill.server.access.AuditLog;
import dev.waybill.server.store.Store;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

@Command(
    name = "audit",
    customSynopsis = "waybill audit --org ORGANISATION [OPTIONS]",
    header = "Show who did what in the service, the latest first.",
    footer = {"", "Example:", "  waybill audit --org acme --limit 20"})
final class AuditCommand implements Callable<Integer> {

  private static final int USUAL_LIMIT = 50;

  private static final int PART = 500;

  private static final String ROW = "%-20s  %-24s  %-20s  %-24s  %-16s  %s";

  @ParentCommand private Waybill waybill = Waybill.UNSET;

  @Option(
      names = "--org",
      required = true,
      paramLabel = "ORGANISATION",
      description = "The organisation.")
  private String organisation = "";

  @Option(
      names = "--limit",
      paramLabel = "N",
      description = "Most entries to show (default " + USUAL_LIMIT + ").")
  private int limit = USUAL_LIMIT;

  @Option(names = "--json", description = "Print one JSON object a line for each entry.")
  private boolean json;

  @Mixin private ServiceFlags service = new ServiceFlags();

  @Override
  public Integer call() {
    if (limit < 1) {
      throw new UserException("--limit takes a whole number from 1 on.");
    }
    var out = waybill.console().out();
    try (Store store = service.store()) {
      AuditLog log = service.access(store).audit();
      if (!json) {
        out.println(ROW.formatted("WHEN", "WHO", "ACTION", "TARGET", "FROM", "OUTCOME"));
      }
      String after = null;
      int left = limit;
      do {
        var part = log.entries(organisation, Math.min(left, PART), after);
        part.items().forEach(entry -> out.println(json ? Json.text(tree(entry)) : row(entry)));
        left -= part.items().size();
        after = part.next();
      } while (after != null && left > 0);
    }
    return 0;
  }

  private static String row(AuditLog.Entry entry) {
    return ROW.formatted(
        entry.at().toString().substring(0, 19) + "Z",
        entry.by(),
        entry.action(),
        entry.sandbox().isEmpty() ? entry.target() : entry.sandbox() + "/" + entry.target(),
        entry.address().isEmpty() ? entry.client() : entry.address(),
        entry.outcome());
  }

  private static Map<String, @Nullable Object> tree(AuditLog.Entry entry) {
    var tree = new LinkedHashMap<String, @Nullable Object>();
    tree.put("at", entry.at().toString());
    tree.put("by", entry.by());
    tree.put("organisation", entry.organisation());
    tree.put("sandbox", entry.sandbox());
    tree.put("client", entry.client());
    tree.put("address", entry.address());
    tree.put("action", entry.action());
    tree.put("target", entry.target());
    tree.put("outcome", entry.outcome());
    return tree;
  }
}
