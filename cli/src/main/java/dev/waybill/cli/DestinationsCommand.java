package dev.waybill.cli;

import dev.waybill.flow.launch.Connectors;
import dev.waybill.spi.DestinationProvider;
import java.util.Comparator;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

@Command(
    name = "destinations",
    header = "List where records can go, or the options of one destination.",
    footer = {"", "Examples:", "  waybill destinations", "  waybill destinations sqlite"})
final class DestinationsCommand implements Callable<Integer> {

  @ParentCommand private Waybill waybill = Waybill.UNSET;

  @Parameters(arity = "0..1", paramLabel = "NAME", description = "Show the options of this one.")
  private @Nullable String name;

  @Override
  public Integer call() {
    Connectors connectors = Connectors.found();
    var listing = new Listing(waybill.console());
    if (name == null) {
      connectors.destinations().stream()
          .sorted(Comparator.comparing(provider -> provider.schemes().getFirst()))
          .forEach(
              provider -> listing.entry(String.join(", ", provider.schemes()), provider.summary()));
    } else {
      DestinationProvider provider = connectors.destination(name);
      listing.title(String.join(", ", provider.schemes()) + ": " + provider.summary());
      listing.options("--option", provider.options());
    }
    return 0;
  }
}
