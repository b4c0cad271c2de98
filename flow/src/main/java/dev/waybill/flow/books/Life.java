package dev.waybill.flow.books;

import dev.waybill.Disposition;
import dev.waybill.Fields;
import dev.waybill.Item;
import dev.waybill.Settlement;
import dev.waybill.delivery.Tally;
import dev.waybill.files.RunFiles;
import dev.waybill.flow.launch.Launch;
import dev.waybill.ledger.Ledger;
import dev.waybill.ledger.Resumed;
import dev.waybill.ledger.RunCounts;
import dev.waybill.ledger.RunHeader;
import dev.waybill.ledger.RunJournal;
import dev.waybill.run.Report;
import dev.waybill.run.Run;
import dev.waybill.spi.Recovery;
import java.time.Instant;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// One life of a run in the ledger: from its beginning, or from where an earlier life broke off.
public final class Life implements AutoCloseable {

  /// Of a run's id, enough to tell it from others.
  private static final int SHORT_ID = 8;

  private final Ledger ledger;
  private final String id;
  private final RunJournal<Fields> journal;
  private final Recovery recovery;
  private final Predicate<Item<Fields>> doubtedBefore;
  private final boolean resumed;

  /// What a run is a retry of.
  ///
  /// @param parent the id of the earlier run
  /// @param dispositions of which it sends the items
  public record Again(String parent, Set<Disposition> dispositions, Leftovers leftovers) {}

  private Life(
      Ledger ledger,
      String id,
      RunJournal<Fields> journal,
      Recovery recovery,
      Predicate<Item<Fields>> doubtedBefore,
      boolean resumed) {
    this.ledger = ledger;
    this.id = id;
    this.journal = journal;
    this.recovery = recovery;
    this.doubtedBefore = doubtedBefore;
    this.resumed = resumed;
  }

  /// The beginning of a run.
  ///
  /// @param again what it is a retry of; null if it is none
  /// @param files what it leaves, just made
  public static Life begun(
      Ledger ledger, Launch launch, @Nullable Again again, RunFiles files, Instant now) {
    var life = begun(ledger, launch, again, Run.newName(), now);
    life.says(files);
    return life;
  }

  /// The beginning of a run that is done elsewhere, whose receipts are told by [#settled].
  ///
  /// @param id its id; `Run.newName()` makes one
  public static Life elsewhere(Ledger ledger, Launch launch, String id, Instant now) {
    return begun(ledger, launch, null, id, now);
  }

  private static Life begun(
      Ledger ledger, Launch launch, @Nullable Again again, String id, Instant now) {
    Set<Disposition> dispositions = again == null ? Set.of() : again.dispositions();
    var header =
        new RunHeader(
            id,
            again == null ? null : again.parent(),
            launch.flow(),
            now,
            launch.identity(),
            String.join(", ", launch.job().files()),
            launch.job().to(),
            launch.policyInWords(),
            launch.storedJob((to, from) -> StoredJob.text(launch.job(), dispositions, to, from)),
            launch.keyColumns());
    RunJournal<Fields> journal = ledger.begin(header);
    return new Life(ledger, id, journal, Recovery.none(), doubted(again), false);
  }

  /// A run that goes on.
  ///
  /// @param again what it is a retry of; null if it is none
  public static Life resumed(
      Ledger ledger, Resumed<Fields> run, @Nullable Again again, RunFiles files) {
    var life =
        new Life(ledger, run.header().id(), run.journal(), run.recovery(), doubted(again), true);
    life.says(files);
    return life;
  }

  /// From here on the files are known, however soon the process may end.
  private void says(RunFiles files) {
    try {
      journal.wrote(Launch.lengths(files));
      journal.commit();
    } catch (RuntimeException | Error e) {
      journal.close();
      throw e;
    }
  }

  private static Predicate<Item<Fields>> doubted(@Nullable Again again) {
    return again == null ? item -> false : item -> again.leftovers().doubted().has(item.ordinal());
  }

  /// What people call the run.
  public String shortId() {
    return shortId(id);
  }

  public String id() {
    return id;
  }

  /// What people call the run of this id.
  public static String shortId(String id) {
    return id.length() <= SHORT_ID ? id : id.substring(0, SHORT_ID);
  }

  /// The run, ready to be executed.
  public Run<Fields> run(Launch launch, RunFiles files) {
    return launch.run(id, files, journal, recovery, doubtedBefore);
  }

  /// Whether a run that ended so can go on: what was not read is not accounted for yet.
  public static boolean canGoOn(Launch launch, Report report) {
    return report.unwritten() != null || (report.unread() != null && launch.canBeReadAgain());
  }

  /// Items of a run that is done elsewhere have come to their end.
  public void settled(Settlement<Fields> settlement) {
    journal.settled(settlement);
  }

  /// Writes down that the run has come to its end.
  ///
  /// @param text its account, as it is to be shown again
  public void end(Report report, String text) {
    journal.finish(report, text);
  }

  /// The account of all lives together.
  ///
  /// @param report that of this life
  public Report whole(Report report) {
    if (!resumed) {
      return report;
    }
    RunCounts counts = ledger.find(id).counts();
    var tally =
        new Tally(
            counts.settled() + report.tally().held(),
            counts.delivered(),
            counts.rejected(),
            counts.unknown(),
            counts.unprocessed(),
            counts.calls(),
            counts.failedCalls(),
            counts.throttledCalls(),
            counts.retries());
    return new Report(
        tally,
        report.elapsed(),
        report.throttled(),
        report.stopped(),
        ledger.reasons(id),
        report.unread(),
        report.unwritten());
  }

  /// Gives the run up for this process; if it did not come to its end, it can be resumed.
  @Override
  public void close() {
    journal.close();
  }
}
