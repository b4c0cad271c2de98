package dev.waybill.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.waybill.UserException;
import dev.waybill.server.access.AccessRoom;
import dev.waybill.server.catalog.Tenant;
import dev.waybill.server.store.Store;
import dev.waybill.spi.SecretSource;
import java.io.IOException;
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
    customSynopsis = "waybill secret set NAME --org ORGANISATION [OPTIONS]",
    header = "Keep a secret, read from standard input.",
    footer = {
      "",
      "The secret is never an argument, because others can see those in the list of processes.",
      "On a terminal it is asked for, without being shown."
    })
final class SecretSetCommand implements Callable<Integer> {

  @ParentCommand private CommandGroup parent = CommandGroup.UNSET;

  @Parameters(paramLabel = "NAME", description = "What flows call it.")
  private String name = "";

  @Mixin private TenantFlags whose = new TenantFlags();

  @Option(
      names = "--from",
      paramLabel = "PLACE",
      description = "Take it from env:VARIABLE or file:PATH instead.")
  private @Nullable String from;

  @Mixin private ServiceFlags service = new ServiceFlags();

  @Override
  public Integer call() {
    Tenant tenant = whose.tenant();
    String value = value();
    try (Store store = service.store()) {
      AccessRoom room = service.access(store);
      room.secrets().set(tenant, name, value, Clerk.name());
      room.access()
          .record(Clerk.of(tenant.organisation()), tenant.sandbox(), "secret.set", name, "done");
    }
    parent.console().err().println("Kept: flows of this sandbox name it secret:" + name + ".");
    return 0;
  }

  // Of a terminal Java 21 says so by a console, later ones always have one: so both are asked.
  @SuppressWarnings("SystemConsoleNull")
  private String value() {
    if (from != null) {
      if (!from.startsWith("env:") && !from.startsWith("file:")) {
        throw new UserException("--from takes env:VARIABLE or file:PATH.");
      }
      return SecretSource.ofMachine().reveal(from);
    }
    var terminal = System.console();
    if (terminal != null && Console.inputIsTerminal()) {
      char[] typed = terminal.readPassword("Secret: ");
      return typed == null ? "" : new String(typed);
    }
    try {
      // A line end at the end is the editor's, not the secret's.
      return new String(System.in.readAllBytes(), UTF_8).replaceFirst("\\R$", "");
    } catch (IOException e) {
      throw new UserException("The secret can not be read from standard input.", e);
    }
  }
}
