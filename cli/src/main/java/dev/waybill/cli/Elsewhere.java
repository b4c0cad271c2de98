package dev.waybill.cli;

import dev.waybill.Reason;
import dev.waybill.UserException;
import dev.waybill.delivery.Tally;
import dev.waybill.flow.account.JsonAccount;
import dev.waybill.flow.account.Outcome;
import dev.waybill.flow.account.Outcome.LeftFile;
import dev.waybill.flow.books.Life;
import dev.waybill.flow.job.Job;
import dev.waybill.flow.launch.Connectors;
import dev.waybill.flow.launch.Launch;
import dev.waybill.flow.place.Place;
import dev.waybill.flow.place.Places;
import dev.waybill.flow.place.ReceiptLines;
import dev.waybill.ledger.Ledger;
import dev.waybill.run.ReasonDigest;
import dev.waybill.run.Report;
import dev.waybill.run.Run;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Conducts a job that is done on a cluster: looks whether it can be done, hands it over, and
/// brings its receipts into the ledger.
///
/// @param address of the place
record Elsewhere(Conduct conduct, String address) {

  /// Does the job.
  ///
  /// @throws dev.waybill.UserException if it can not begin; then nothing was sent
  ExitCode of(Job given) {
    Place place = Places.at(address);
    Place.Order order;
    try (Launch launch = Launch.open(given, Connectors.found())) {
      conduct.notes(launch);
      if (conduct.output().dryRun) {
        return conduct.preview(launch);
      }
      String id = Run.newName();
      Path out = given.out().toAbsolutePath().normalize().resolve("run_" + Life.shortId(id));
      order = new Place.Order(id, launch.abroad(), launch.extension(), out);
      try (Ledger ledger = conduct.books().openIfOn()) {
        if (ledger == null) {
          return done(order, place, null);
        }
        try (Life life = Life.elsewhere(ledger, launch, id, Instant.now())) {
          return done(order, place, life);
        }
      }
    }
  }

  private ExitCode done(Place.Order order, Place place, @Nullable Life life) {
    long began = System.nanoTime();
    Place.Done done = run(order, place);
    var reasons = new ReasonDigest();
    Path receipts = order.out().resolve("receipts");
    if (Files.isDirectory(receipts)) {
      ReceiptLines.read(
          receipts,
          settlement -> {
            reasons.add(settlement);
            if (life != null) {
              life.settled(settlement);
            }
          });
    }
    Reason stopped =
        done.failure() == null
            ? null
            : Reason.of("the job failed on the cluster: " + done.failure());
    var report =
        new Report(
            done.tally(),
            Duration.ofNanos(System.nanoTime() - began),
            Duration.ZERO,
            stopped,
            reasons.groups(),
            null,
            null);
    Outcome outcome = outcome(order, report, life);
    if (life != null) {
      life.end(report, JsonAccount.of(outcome));
    }
    conduct.show(outcome);
    return ExitCode.of(report);
  }

  private Place.Done run(Place.Order order, Place place) {
    Console console = conduct.console();
    if (!conduct.output().quiet) {
      console.err().println("Run " + Life.shortId(order.id()) + " on " + address);
    }
    try {
      return place.run(address, order, this::show);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new UserException(
          "No longer waiting for the job, which goes on at " + address + ".", e);
    }
  }

  private void show(Tally tally) {
    if (!conduct.output().quiet && conduct.console().errScreen().isTerminal()) {
      conduct
          .console()
          .err()
          .printf(
              "\r%,d delivered, %,d rejected, %,d unknown, %,d unprocessed",
              tally.delivered(), tally.rejected(), tally.unknown(), tally.unprocessed());
      conduct.console().err().flush();
    }
  }

  private Outcome outcome(Place.Order order, Report report, @Nullable Life life) {
    Tally tally = report.tally();
    var left = new ArrayList<LeftFile>();
    left.add(new LeftFile("success", order.out().resolve("success"), tally.delivered(), ""));
    if (tally.rejected() > 0) {
      left.add(new LeftFile("fail", order.out().resolve("fail"), tally.rejected(), ""));
    }
    long again = tally.unknown() + tally.unprocessed();
    if (again > 0) {
      left.add(new LeftFile("retry", order.out().resolve("retry"), again, ""));
    }
    Optional<String> next =
        again > 0
            ? Optional.of(
                life == null
                    ? "Next: load the files in " + order.out().resolve("retry") + " again."
                    : "Next: waybill retry "
                        + life.shortId()
                        + conduct.books().hint()
                        + " sends what is in doubt or was not sent.")
            : Optional.empty();
    return new Outcome(
        order.job(),
        report,
        List.copyOf(left),
        next,
        ExitCode.of(report).code,
        life == null ? Optional.empty() : Optional.of(life.shortId()));
  }
}
