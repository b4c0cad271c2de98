package dev.waybill.bench;

import dev.waybill.Batch;
import dev.waybill.Fields;
import dev.waybill.Reply;
import dev.waybill.files.RunFiles;
import dev.waybill.ledger.Durability;
import dev.waybill.ledger.Ledger;
import dev.waybill.ledger.Ledgers;
import dev.waybill.ledger.Resumed;
import dev.waybill.mapping.MappingSpec;
import dev.waybill.run.Report;
import dev.waybill.run.Run;
import dev.waybill.spi.Destination;
import dev.waybill.spi.Journal;
import dev.waybill.spi.Recovery;
import dev.waybill.spi.Source;
import dev.waybill.spi.Traits;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.lang.management.ManagementFactory;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;

/// How long a run that was killed with -9 near its end takes to send its first new call when it is
/// resumed. Both lives are processes of their own.
///
/// Arguments: how many records.
public final class ResumeStart {

  private ResumeStart() {}

  public static void main(String[] arguments) throws Exception {
    if (arguments.length == 1) {
      measure(Long.parseLong(arguments[0]));
    } else {
      live(arguments[0], new Workspace(Path.of(arguments[1])), URI.create(arguments[2]));
    }
  }

  private static void measure(long records) throws Exception {
    System.out.printf("%,d records; %s%n", records, Spent.surroundings());
    try (var workspace = Workspace.create();
        var server = LoopbackServer.start()) {
      Contacts.write(workspace.file("contacts.csv"), records);
      life("first", workspace, server, records - records / 100);
      System.out.printf(
          "killed; %,d records arrived, the ledger has %,d bytes%n",
          server.applied(), workspace.bytes("ledger.db"));
      life("second", workspace, server, Long.MAX_VALUE);
      System.out.printf(
          "%,d records arrived, the ledger has %,d bytes; %s%n",
          server.applied(), workspace.bytes("ledger.db"), Spent.surroundings());
    }
  }

  /// Runs a life in a process of its own, and kills that as soon as so many records are delivered.
  private static void life(String which, Workspace workspace, LoopbackServer server, long killAt)
      throws Exception {
    Process process =
        new ProcessBuilder(
                OwnJvm.command(
                    "-XX:+UseSerialGC",
                    ResumeStart.class.getName(),
                    which,
                    workspace.folder().toString(),
                    server.uri().toString()))
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    try (var lines =
        new BufferedReader(
            new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        if (!line.startsWith("delivered ")) {
          System.out.println(line);
        } else if (Long.parseLong(line.substring("delivered ".length())) >= killAt) {
          // By its handle: the process would close the stream that is being read.
          process.toHandle().destroyForcibly();
        }
      }
    }
    process.waitFor();
  }

  // ---- in the process that is killed, and in the one that resumes

  private static void live(String which, Workspace workspace, URI api) {
    Path csv = workspace.file("contacts.csv");
    long begin = System.nanoTime();
    try (Ledger ledger = Ledgers.open(workspace.file("ledger.db").toString(), Durability.PROCESS);
        Source source = FullRun.open(csv);
        Destination<Fields> destination = new Watched(FullRun.open(api, source), begin)) {
      if (which.equals("first")) {
        String name = Run.newName();
        execute(
            name,
            source,
            destination,
            RunFiles.create(workspace.folder(), source, null, Instant.now()),
            ledger.begin(FullRun.header(name, csv, api, source.identity())),
            Recovery.none());
      } else {
        step("source, API and ledger are open", begin);
        Resumed<Fields> resumed = ledger.resume(ledger.find("last").id());
        step("the ledger has told what is known", begin);
        resumed.header().identity().difference(source.identity()).ifPresent(System.out::println);
        step("the file was compared", begin);
        Recovery recovery = resumed.recovery();
        if (recovery.from() != null) {
          source.skipTo(recovery.from());
        }
        step("the source stands at " + recovery.from(), begin);
        execute(
            resumed.header().id(),
            source,
            destination,
            RunFiles.reopen(mark(resumed.lengths()), source, null),
            resumed.journal(),
            recovery);
      }
    }
  }

  private static void step(String what, long begin) {
    System.out.printf("%,7d ms  %s%n", (System.nanoTime() - begin) / 1_000_000, what);
  }

  private static RunFiles.Mark mark(Map<String, Long> lengths) {
    return new RunFiles.Mark(
        extent(lengths, "success_"), extent(lengths, "fail_"), extent(lengths, "retry_"));
  }

  private static RunFiles.Extent extent(Map<String, Long> lengths, String kind) {
    return lengths.entrySet().stream()
        .filter(file -> file.getKey().contains(kind))
        .map(file -> new RunFiles.Extent(Path.of(file.getKey()), file.getValue()))
        .findFirst()
        .orElseThrow();
  }

  private static void execute(
      String name,
      Source source,
      Destination<Fields> destination,
      RunFiles files,
      Journal<Fields> journal,
      Recovery recovery) {
    try (files;
        journal) {
      Run<Fields> run =
          FullRun.of(name, source, MappingSpec.IDENTITY, destination, files, journal, recovery);
      Thread.ofPlatform().daemon().start(() -> tell(run));
      Report report = run.execute();
      System.out.println(report.tally());
    }
  }

  private static void tell(Run<Fields> run) {
    try {
      while (true) {
        System.out.println("delivered " + run.progress().tally().delivered());
        Thread.sleep(10);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /// Tells when the first call is made.
  private static final class Watched implements Destination<Fields> {

    private final Destination<Fields> destination;
    private final long begin;
    private final AtomicBoolean called = new AtomicBoolean();

    Watched(Destination<Fields> destination, long begin) {
      this.destination = destination;
      this.begin = begin;
    }

    @Override
    public Traits traits() {
      return destination.traits();
    }

    @Override
    public Reply send(Batch<Fields> batch) throws InterruptedException {
      if (called.compareAndSet(false, true)) {
        System.out.printf(
            "first call, with record %,d, %,d ms after the ledger is opened, %,d ms after the start"
                + " of the process%n",
            batch.items().getFirst().ordinal(),
            (System.nanoTime() - begin) / 1_000_000,
            System.currentTimeMillis() - ManagementFactory.getRuntimeMXBean().getStartTime());
      }
      return destination.send(batch);
    }

    @Override
    public void close() {
      destination.close();
    }
  }
}
