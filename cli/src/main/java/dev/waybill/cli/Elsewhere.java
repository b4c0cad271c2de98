package dev.waybill.cli;

import dev.waybill.Disposition;
import dev.waybill.Fields;
import dev.waybill.Reason;
import dev.waybill.Settlement;
import dev.waybill.UserException;
import dev.waybill.delivery.Tally;
import dev.waybill.flow.account.JsonAccount;
import dev.waybill.flow.account.Outcome;
import dev.waybill.flow.account.Outcome.LeftFile;
import dev.waybill.flow.books.Life;
import dev.waybill.flow.books.StoredJob.Abroad;
import dev.waybill.flow.job.Job;
import dev.waybill.flow.launch.Connectors;
import dev.waybill.flow.launch.Launch;
import dev.waybill.flow.place.Place;
import dev.waybill.flow.place.Places;
import dev.waybill.flow.place.ReceiptLines;
import dev.waybill.flow.place.Remainder;
import dev.waybill.ledger.Ledger;
import dev.waybill.ledger.Resumed;
import dev.waybill.run.ReasonDigest;
import dev.waybill.run.Report;
import dev.waybill.run.Run;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Conducts a job that is done on a cluster: looks whether it can be done, hands it over, and
/// brings its receipts into the ledger.
///
/// @param address of the place
record Elsewhere(Conduct conduct, String address) {

  /// What is known of a run.
  ///
  /// @param readable whether its source can be read through again
  /// @param rest whether what has no receipt is accounted for if the job was stopped, because
  ///   nobody goes on with it
  private record Known(String id, Job job, Path out, boolean readable, boolean rest) {}

  private interface Waiting {
    Place.Done end() throws InterruptedException;
  }

  /// Does the job.
  ///
  /// @throws dev.waybill.UserException if it can not begin; then nothing was sent
  ExitCode of(Job given) {
    Place place = Places.at(address);
    try (Launch launch = Launch.open(given, Connectors.found().untilNow())) {
      conduct.notes(launch);
      if (conduct.output().dryRun) {
        return conduct.preview(launch);
      }
      String id = Run.newName();
      Path out = given.out().toAbsolutePath().normalize().resolve("run_" + Life.shortId(id));
      var order = new Place.Order(id, launch.abroad(), launch.extension(), out);
      var known = new Known(id, order.job(), out, launch.canBeReadAgain(), false);
      Waiting waiting = () -> place.run(address, order, this::show);
      try (Ledger ledger = conduct.books().openIfOn()) {
        if (ledger == null) {
          return done(known, waiting, null);
        }
        var abroad = new Abroad(address, out);
        try (Life life = Life.elsewhere(ledger, launch, id, abroad, Instant.now())) {
          tellOfResume(place, life);
          return done(known, waiting, life);
        }
      }
    }
  }

  /// Waits again for a job that an earlier program began, or goes on with it from where it was
  /// stopped if the address says from where.
  ///
  /// @param job of the run, as the ledger keeps it
  ExitCode resume(Ledger ledger, Resumed<Fields> run, Job job, Abroad abroad) {
    Place place = Places.at(address);
    String id = run.header().id();
    try (Life life = Life.elsewhere(ledger, run)) {
      if (!place.goesOn(address)) {
        boolean readable = run.header().identity().canBeReadAgain();
        var known = new Known(id, job, abroad.out(), readable, true);
        return done(known, () -> place.await(address, id, this::show), life);
      }
      try (Launch launch = Launch.open(job, Connectors.found().untilNow())) {
        var order = new Place.Order(id, launch.abroad(), launch.extension(), abroad.out());
        var known = new Known(id, order.job(), order.out(), launch.canBeReadAgain(), false);
        return done(known, () -> place.run(address, order, this::show), life);
      }
    }
  }

  private void tellOfResume(Place place, Life life) {
    if (!conduct.output().quiet && place.outlivesProgram(address)) {
      conduct
          .console()
          .err()
          .println(
              "The job goes on if this program ends. Its end is waited for again by: "
                  + resume(life, address));
    }
  }

  private String resume(Life life, String at) {
    return "waybill resume " + life.shortId() + conduct.books().hint() + " --on '" + at + "'";
  }

  private ExitCode done(Known known, Waiting waiting, @Nullable Life life) {
    long began = System.nanoTime();
    Place.Done done = ended(known, waiting);
    if (done.ending() == Place.Ending.STOPPED && life != null && !known.rest()) {
      conduct
          .console()
          .err()
          .println(
              "Run "
                  + life.shortId()
                  + " is not over: "
                  + done.failure()
                  + ". It goes on by: "
                  + resume(life, address.replaceAll("\\?.*", "") + "?savepoint=PLACE"));
      return ExitCode.GIVEN_UP;
    }
    var books = new Books(life);
    Path receipts = known.out().resolve("receipts");
    Reason stopped = null;
    switch (done.ending()) {
      case FINISHED -> ReceiptLines.read(receipts, books);
      case STOPPED, FAILED -> {
        Reason failure =
            Reason.of("the job ended before its time on the cluster: " + done.failure());
        if (known.readable()) {
          stopped = Remainder.account(known.job(), receipts, books) == 0 ? null : failure;
        } else {
          ReceiptLines.read(receipts, books);
          stopped = failure;
        }
      }
    }
    var report =
        new Report(
            books.tally(done.tally()),
            Duration.ofNanos(System.nanoTime() - began),
            Duration.ZERO,
            stopped,
            books.reasons.groups(),
            null,
            null);
    Outcome outcome = outcome(known, report, life);
    if (life != null) {
      life.end(report, JsonAccount.of(outcome));
    }
    conduct.show(outcome);
    return ExitCode.of(report);
  }

  /// Brings receipts into the ledger, and counts them.
  private static final class Books implements Consumer<Settlement<Fields>> {

    private final @Nullable Life life;
    private final ReasonDigest reasons = new ReasonDigest();
    private final Map<Disposition, Long> ends = new EnumMap<>(Disposition.class);

    Books(@Nullable Life life) {
      this.life = life;
    }

    @Override
    public void accept(Settlement<Fields> settlement) {
      reasons.add(settlement);
      ends.merge(settlement.disposition(), (long) settlement.items().size(), Long::sum);
      if (life != null) {
        life.settled(settlement);
      }
    }

    Tally tally(Tally calls) {
      long settled = ends.values().stream().mapToLong(Long::longValue).sum();
      return new Tally(
          settled,
          ends.getOrDefault(Disposition.DELIVERED, 0L),
          ends.getOrDefault(Disposition.REJECTED, 0L),
          ends.getOrDefault(Disposition.UNKNOWN, 0L),
          ends.getOrDefault(Disposition.UNPROCESSED, 0L),
          calls.calls(),
          calls.failedCalls(),
          calls.throttledCalls(),
          calls.retries());
    }
  }

  private Place.Done ended(Known known, Waiting waiting) {
    if (!conduct.output().quiet) {
      conduct.console().err().println("Run " + Life.shortId(known.id()) + " on " + address);
    }
    try {
      return waiting.end();
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

  private Outcome outcome(Known known, Report report, @Nullable Life life) {
    Tally tally = report.tally();
    var left = new ArrayList<LeftFile>();
    left.add(new LeftFile("success", known.out().resolve("success"), tally.delivered(), ""));
    if (tally.rejected() > 0) {
      left.add(new LeftFile("fail", known.out().resolve("fail"), tally.rejected(), ""));
    }
    long again = tally.unknown() + tally.unprocessed();
    if (again > 0) {
      left.add(new LeftFile("retry", known.out().resolve("retry"), again, ""));
    }
    Optional<String> next =
        again > 0
            ? Optional.of(
                life == null
                    ? "Next: load the files in " + known.out().resolve("retry") + " again."
                    : "Next: waybill retry "
                        + life.shortId()
                        + conduct.books().hint()
                        + " sends what is in doubt or was not sent.")
            : Optional.empty();
    return new Outcome(
        known.job(),
        report,
        List.copyOf(left),
        next,
        ExitCode.of(report).code,
        life == null ? Optional.empty() : Optional.of(life.shortId()));
  }
}
