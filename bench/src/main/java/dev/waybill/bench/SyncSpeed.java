package dev.waybill.bench;

import dev.waybill.files.RunFiles;
import dev.waybill.flow.books.Life;
import dev.waybill.flow.job.Given;
import dev.waybill.flow.job.Job;
import dev.waybill.flow.job.JobKey;
import dev.waybill.flow.job.JobSettings;
import dev.waybill.flow.launch.Connectors;
import dev.waybill.flow.launch.Launch;
import dev.waybill.flow.sync.PlanCounts;
import dev.waybill.ledger.Durability;
import dev.waybill.ledger.Ledger;
import dev.waybill.ledger.Ledgers;
import dev.waybill.run.Report;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;

/// How long a keyed flow takes to find out that nothing has changed, or that one record in a
/// hundred has; and in how much memory, if it is run with `-Xmx256m`.
///
/// Arguments: how many records the source has; then, if none is to be sent, `plan` to compare all
/// of them with a state that is empty, or `compare` with one that knows them all, which is not come
/// by by sending but written as such.
public final class SyncSpeed {

  private SyncSpeed() {}

  public static void main(String[] arguments) throws Exception {
    long records = Long.parseLong(arguments[0]);
    System.out.printf(
        "heap of at most %,d MiB; %s%n",
        Runtime.getRuntime().maxMemory() >> 20, Spent.surroundings());
    try (var workspace = Workspace.create()) {
      Path csv = workspace.file("contacts.csv");
      Contacts.write(csv, records);
      if (arguments.length > 1) {
        Path ledger = workspace.file("ledger.db");
        plan("empty", csv, workspace);
        if (arguments[1].equals("compare")) {
          KnownKeys.fill(ledger, csv);
          System.out.printf("the ledger has %,d MB%n", Files.size(ledger) / 1_000_000);
          plan("complete", csv, workspace);
        }
        return;
      }
      run("all are new", csv, workspace);
      run("nothing has changed", csv, workspace);
      run("nothing has changed", csv, workspace);
      changeOneInAHundred(csv, workspace.file("changed.csv"));
      run("1 % has changed", csv, workspace);
      System.out.printf("the ledger has %,d MB%n", workspace.bytes("ledger.db") / 1_000_000);
    }
    System.out.println(Spent.surroundings());
  }

  private static void plan(String state, Path csv, Workspace workspace) throws Exception {
    PlanCounts[] counts = new PlanCounts[1];
    Spent spent =
        Spent.on(
            () -> {
              try (Launch launch = Launch.open(job(csv, workspace), Connectors.found());
                  Ledger ledger =
                      Ledgers.open(workspace.file("ledger.db").toString(), Durability.PROCESS)) {
                counts[0] = launch.plan(ledger).orElseThrow().counts();
              }
            });
    System.out.printf(
        "state %s: %s %.1f s, %.1f CPU s%n",
        state, counts[0].inWords(), spent.seconds(), spent.cpuSeconds());
    System.out.println(Spent.surroundings());
  }

  private static void changeOneInAHundred(Path csv, Path changed) throws IOException {
    try (BufferedReader in = Files.newBufferedReader(csv);
        BufferedWriter out = Files.newBufferedWriter(changed)) {
      long number = 0;
      for (String line = in.readLine(); line != null; line = in.readLine()) {
        out.write(line);
        out.write(number > 0 && number % 100 == 0 ? "x\n" : "\n");
        number++;
      }
    }
    Files.delete(csv);
    Files.move(changed, csv);
  }

  private static Job job(Path csv, Workspace workspace) {
    var settings = new JobSettings();
    settings.files(List.of(csv.toString()));
    settings.flag(JobKey.TO, "sim:");
    settings.destinationOption("keep", "counts");
    settings.destinationOption("idempotent", "false");
    settings.set(JobKey.BATCH_SIZE, new Given("1000", "SyncSpeed"));
    settings.flag(JobKey.OUT, workspace.file("out").toString());
    settings.key(List.of("id"));
    settings.sync();
    return settings.job();
  }

  private static void run(String what, Path csv, Workspace workspace) throws Exception {
    PlanCounts[] counts = new PlanCounts[1];
    Report[] report = new Report[1];
    Spent spent =
        Spent.on(
            () -> {
              try (Launch launch = Launch.open(job(csv, workspace), Connectors.found());
                  Ledger ledger =
                      Ledgers.open(workspace.file("ledger.db").toString(), Durability.PROCESS)) {
                counts[0] = launch.plan(ledger).orElseThrow().counts();
                Instant now = Instant.now();
                try (RunFiles files = launch.files(now);
                    var life = Life.begun(ledger, launch, null, files, now)) {
                  report[0] = life.run(launch, files).execute();
                  life.end(report[0], "{}");
                }
              }
            });
    System.out.printf(
        "%-20s %,11d records, %,11d sent in %,7d calls: %6.1f s, %6.1f CPU s%n",
        what,
        counts[0].read(),
        report[0].tally().delivered(),
        report[0].tally().calls(),
        spent.seconds(),
        spent.cpuSeconds());
  }
}
