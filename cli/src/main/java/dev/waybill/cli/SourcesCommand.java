package dev.waybill.cli;

import dev.waybill.flow.launch.Connectors;
import dev.waybill.spi.LiveSourceProvider;
import dev.waybill.spi.SourceProvider;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

@Command(
    name = "sources",
    header = "List what records can be read from, or the options of one source.",
    footer = {"", "Examples:", "  waybill sources", "  waybill sources csv"})
final class SourcesCommand implements Callable<Integer> {

  @ParentCommand private Waybill waybill = Waybill.UNSET;

  @Parameters(arity = "0..1", paramLabel = "NAME", description = "Show the options of this one.")
  private @Nullable String name;

  @Override
  public Integer call() {
    Connectors connectors = Connectors.found();
    var listing = new Listing(waybill.console());
    if (name == null) {
      connectors.sources().stream()
          .sorted(Comparator.comparing(SourceProvider::name))
          .forEach(provider -> listing.entry(provider.name(), provider.summary()));
      connectors
          .liveSources()
          .forEach(provider -> listing.entry(provider.name(), provider.summary()));
      return 0;
    }
    for (LiveSourceProvider provider : connectors.liveSources()) {
      if (provider.name().equals(name)) {
        listing.title(provider.name() + ": " + provider.summary());
        listing.options("--source-option", provider.options());
        return 0;
      }
    }
    SourceProvider provider = connectors.source(name, List.of(name));
    listing.title(provider.name() + ": " + provider.summary());
    listing.options("--source-option", provider.options());
    return 0;
  }
}
