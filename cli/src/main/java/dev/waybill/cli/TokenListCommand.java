package dev.waybill.cli;

import dev.waybill.json.Json;
import dev.waybill.server.access.Token;
import dev.waybill.server.store.Store;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

@Command(
    name = "list",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    customSynopsis = "waybill token list [OPTIONS]",
    header = "List tokens, the newest first.")
final class TokenListCommand implements Callable<Integer> {

  private static final String ROW = "%-15s  %-8s  %-20s  %-20s  %-9s  %-16s  %s";

  @ParentCommand private CommandGroup parent = CommandGroup.UNSET;

  @Option(
      names = "--org",
      paramLabel = "ORGANISATION",
      description = "Only those of this organisation.")
  private @Nullable String organisation;

  @Option(names = "--json", description = "Print one JSON object a line for each token.")
  private boolean json;

  @Mixin private ServiceFlags service = new ServiceFlags();

  @Override
  public Integer call() {
    try (Store store = service.store()) {
      var tokens = service.access(store).tokens();
      List<Token> listed = organisation == null ? tokens.all() : tokens.of(organisation);
      Instant now = store.clock().instant();
      var out = parent.console().out();
      if (json) {
        listed.forEach(token -> out.println(Json.text(tree(token, now))));
      } else if (listed.isEmpty()) {
        parent.console().err().println("There are no tokens; make one by 'waybill token create'.");
      } else {
        out.println(
            ROW.formatted("TOKEN", "ROLE", "ORGANISATION", "SANDBOXES", "STATE", "USED", "NAME"));
        listed.forEach(token -> out.println(row(token, now)));
      }
    }
    return 0;
  }

  private static String row(Token token, Instant now) {
    Instant used = token.usedAt();
    return ROW.formatted(
        token.id(),
        role(token),
        token.organisation(),
        token.sandboxes().isEmpty() ? "all" : String.join(",", new TreeSet<>(token.sandboxes())),
        state(token, now),
        used == null ? "never" : used.toString().substring(0, 16),
        token.name());
  }

  private static String role(Token token) {
    return token.role().name().toLowerCase(Locale.ROOT);
  }

  private static String state(Token token, Instant now) {
    if (token.withdrawnAt() != null) {
      return "withdrawn";
    }
    return token.isGood(now) ? "good" : "expired";
  }

  private static Map<String, @Nullable Object> tree(Token token, Instant now) {
    var tree = new LinkedHashMap<String, @Nullable Object>();
    tree.put("id", token.id());
    tree.put("name", token.name());
    tree.put("organisation", token.organisation());
    tree.put("sandboxes", List.copyOf(new TreeSet<>(token.sandboxes())));
    tree.put("role", role(token));
    tree.put("state", state(token, now));
    tree.put("createdAt", token.createdAt().toString());
    tree.put("createdBy", token.createdBy());
    tree.put("expiresAt", text(token.expiresAt()));
    tree.put("withdrawnAt", text(token.withdrawnAt()));
    tree.put("usedAt", text(token.usedAt()));
    return tree;
  }

  private static @Nullable String text(@Nullable Instant instant) {
    return instant == null ? null : instant.toString();
  }
}
