package dev.waybill.reliability;

import dev.waybill.Fields;
import dev.waybill.Settlement;
import dev.waybill.UserException;
import dev.waybill.delivery.Policy;
import dev.waybill.files.CsvProvider;
import dev.waybill.files.RunFiles;
import dev.waybill.files.RunFiles.Extent;
import dev.waybill.files.RunFiles.Mark;
import dev.waybill.http.HttpProvider;
import dev.waybill.ledger.Durability;
import dev.waybill.ledger.Ledger;
import dev.waybill.ledger.Ledgers;
import dev.waybill.ledger.Resumed;
import dev.waybill.ledger.RunHeader;
import dev.waybill.ledger.RunJournal;
import dev.waybill.run.Report;
import dev.waybill.run.Run;
import dev.waybill.run.SettlementSink;
import dev.waybill.spi.Destination;
import dev.waybill.spi.DestinationProvider.Delivery;
import dev.waybill.spi.Options;
import dev.waybill.spi.Recovery;
import dev.waybill.spi.Source;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// The smallest program with a ledger: `load FILE --to URL …` and `resume last --ledger PLACE`.
final class LoadProcess {

  private static final int NOT_BEGUN = 2;
  private static final int GIVEN_UP = 3;

  private LoadProcess() {}

  public static void main(String[] arguments) {
    System.exit(run(List.of(arguments)));
  }

  private static int run(List<String> arguments) {
    try {
      Map<String, String> flags = flags(arguments);
      try (Ledger ledger = Ledgers.open(required(flags, "--ledger"), Durability.PROCESS)) {
        return arguments.getFirst().equals("load")
            ? load(ledger, arguments, flags)
            : resume(ledger);
      }
    } catch (UserException e) {
      System.err.println("waybill: " + e.getMessage());
      return NOT_BEGUN;
    }
  }

  /// What stands behind each flag; those of the destination without their flag.
  private static Map<String, String> flags(List<String> arguments) {
    var flags = new LinkedHashMap<String, String>();
    for (int i = 2; i + 1 < arguments.size(); i += 2) {
      String value = arguments.get(i + 1);
      if (arguments.get(i).equals("--option")) {
        int equals = value.indexOf('=');
        flags.put(value.substring(0, equals), value.substring(equals + 1));
      } else {
        flags.put(arguments.get(i), value);
      }
    }
    return flags;
  }

  private static String required(Map<String, String> flags, String name) {
    String value = flags.get(name);
    if (value == null) {
      throw new UserException(name + " is missing");
    }
    return value;
  }

  private static int load(Ledger ledger, List<String> arguments, Map<String, String> flags) {
    try (Source source = source(arguments);
        Destination<Fields> destination = destination(flags, source);
        RunFiles files =
            RunFiles.create(
                Path.of(required(flags, "--out")),
                source,
                required(flags, "--key"),
                Instant.now())) {
      String id = Run.newName();
      var header =
          new RunHeader(
              id,
              null,
              "input",
              Instant.now(),
              source.identity(),
              arguments.get(1),
              required(flags, "--to"),
              "",
              String.join("\n", arguments),
              List.of(required(flags, "--key")));
      try (RunJournal<Fields> journal = ledger.begin(header)) {
        var sink = new Files(files);
        sink.flush();
        journal.wrote(sink.lengths());
        journal.commit();
        return conduct(
            id, source, destination, policy(flags, destination), sink, journal, Recovery.none());
      }
    }
  }

  private static int resume(Ledger ledger) {
    Resumed<Fields> resumed = ledger.resume(ledger.find("last").id());
    List<String> arguments = List.of(resumed.header().job().split("\n", -1));
    Map<String, String> flags = flags(arguments);
    try (RunJournal<Fields> journal = resumed.journal();
        Source source = source(arguments);
        Destination<Fields> destination = destination(flags, source);
        RunFiles files =
            RunFiles.reopen(mark(resumed.lengths()), source, required(flags, "--key"))) {
      resumed
          .header()
          .identity()
          .difference(source.identity())
          .ifPresent(
              difference -> {
                throw new UserException("the run can not go on: " + difference);
              });
      if (resumed.recovery().from() != null) {
        source.skipTo(resumed.recovery().from());
      }
      return conduct(
          resumed.header().id(),
          source,
          destination,
          policy(flags, destination),
          new Files(files),
          journal,
          resumed.recovery());
    }
  }

  private static Source source(List<String> arguments) {
    var provider = new CsvProvider();
    return provider.open(
        List.of(arguments.get(1)), Options.of("csv", provider.options(), Map.of()));
  }

  private static Destination<Fields> destination(Map<String, String> flags, Source source) {
    var provider = new HttpProvider();
    var options = new HashMap<>(flags);
    options.keySet().removeIf(name -> name.startsWith("--"));
    return provider.open(
        required(flags, "--to"),
        Options.of("http", provider.options(), options),
        new Delivery(source.columns(), List.of(), List.of(required(flags, "--key"))));
  }

  private static Policy policy(Map<String, String> flags, Destination<Fields> destination) {
    return Policy.forTraits(destination.traits())
        .batchItems(Integer.parseInt(required(flags, "--batch-size")))
        .inFlight(Integer.parseInt(required(flags, "--concurrency")))
        .build();
  }

  private static int conduct(
      String id,
      Source source,
      Destination<Fields> destination,
      Policy policy,
      Files files,
      RunJournal<Fields> journal,
      Recovery recovery) {
    var run =
        new Run<>(id, source::next, destination, policy, files, journal, recovery, item -> false);
    Report report = run.execute();
    if (report.unwritten() != null) {
      System.err.println("waybill: " + report.unwritten());
      return GIVEN_UP;
    }
    journal.finish(report, "");
    if (report.givenUp()) {
      System.err.println("waybill: " + report.stopped() + report.unread());
      return GIVEN_UP;
    }
    return report.allDelivered() ? 0 : 1;
  }

  private static Mark mark(Map<String, Long> lengths) {
    return new Mark(extent(lengths, "success"), extent(lengths, "fail"), extent(lengths, "retry"));
  }

  private static Extent extent(Map<String, Long> lengths, String kind) {
    for (Map.Entry<String, Long> file : lengths.entrySet()) {
      Path path = Path.of(file.getKey());
      if (path.getFileName().toString().startsWith(kind)) {
        return new Extent(path, file.getValue());
      }
    }
    throw new IllegalStateException("the ledger knows no file of " + kind);
  }

  private record Files(RunFiles files) implements SettlementSink<Fields> {

    @Override
    public void settled(Settlement<Fields> settlement) {
      files.settled(settlement);
    }

    @Override
    public void flush() {
      files.flush();
    }

    @Override
    public Map<String, Long> lengths() {
      var lengths = new HashMap<String, Long>();
      Mark mark = files.mark();
      for (Extent extent : List.of(mark.success(), mark.fail(), mark.retry())) {
        lengths.put(extent.path().toString(), extent.length());
      }
      return lengths;
    }
  }
}
