package dev.waybill.cli;

import dev.waybill.Disposition;
import dev.waybill.UserException;
import dev.waybill.flow.books.Export;
import dev.waybill.flow.books.Leftovers;
import dev.waybill.flow.books.Ordinals;
import dev.waybill.flow.books.Taken;
import dev.waybill.ledger.Ledger;
import dev.waybill.ledger.RunRecord;
import java.io.BufferedOutputStream;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

@Command(
    name = "export",
    customSynopsis = "waybill export RUN --disposition KIND [OPTIONS]",
    header = "Write the input's own rows that ended in one way.",
    description = {
      "",
      "Reads the run's input again, and writes those of its rows that were delivered, rejected, or"
          + " ended as unknown or unprocessed: byte for byte, or as JSON Lines.",
      ""
    },
    footer = {
      "",
      "Examples:",
      "  waybill export last --disposition rejected --out rejected.csv",
      "  waybill export 6a1e0c52 --disposition delivered --as jsonl | wc -l"
    })
final class ExportCommand implements Callable<Integer> {

  @ParentCommand private Waybill waybill = Waybill.UNSET;

  @Parameters(paramLabel = "RUN", description = "The beginning of the run's id, or last.")
  private String run = "";

  @Option(
      names = "--disposition",
      required = true,
      split = ",",
      paramLabel = "KIND",
      description = "delivered, rejected, unknown or unprocessed; several with commas.")
  private String[] kinds = {};

  @Option(
      names = "--as",
      paramLabel = "csv|jsonl",
      description = "The form of the rows; by default that of the input.")
  private @Nullable String form;

  @Option(
      names = "--out",
      paramLabel = "FILE",
      description = "Where to, in place of standard output; must not be there yet.")
  private @Nullable Path out;

  @Mixin private LedgerFlags books = new LedgerFlags();

  @Override
  public Integer call() {
    Set<Disposition> dispositions = EnumSet.noneOf(Disposition.class);
    Arrays.stream(kinds).map(ExportCommand::disposition).forEach(dispositions::add);
    try (Ledger ledger = books.open()) {
      RunRecord record = ledger.find(run);
      Ordinals wanted = Leftovers.ended(ledger, record.id(), dispositions);
      try (Export export = Export.open(ledger, Taken.readable(record), wanted, form);
          OutputStream to = target()) {
        export.to(to);
      } catch (IOException e) {
        throw new UserException("The rows can not be written: " + e.getMessage() + ".", e);
      }
    }
    return 0;
  }

  private OutputStream target() throws IOException {
    if (out != null) {
      if (Files.exists(out)) {
        throw new UserException(out + " is there already: name another file.");
      }
      return new BufferedOutputStream(
          Files.newOutputStream(out, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE));
    }
    waybill.console().out().flush();
    return new BufferedOutputStream(new FileOutputStream(FileDescriptor.out));
  }

  private static Disposition disposition(String text) {
    for (Disposition disposition : Disposition.values()) {
      if (disposition.name().toLowerCase(Locale.ROOT).equals(text.strip())) {
        return disposition;
      }
    }
    throw new UserException(
        "--disposition takes delivered, rejected, unknown or unprocessed, not '" + text + "'.");
  }
}
