package dev.waybill.flow.books;

import dev.waybill.Disposition;
import dev.waybill.Fields;
import dev.waybill.Item;
import dev.waybill.Settlement;
import dev.waybill.delivery.Tally;
import dev.waybill.files.RunFiles;
import dev.waybill.flow.launch.Launch;
import dev.waybill.flow.sync.Plan;
import dev.waybill.ledger.KeyedWriting;
import dev.waybill.ledger.Ledger;
import dev.waybill.ledger.Resumed;
import dev.waybill.ledger.RunCounts;
import dev.waybill.ledger.RunHeader;
import dev.waybill.ledger.RunJournal;
import dev.waybill.run.CallObserver;
import dev.waybill.run.Report;
import dev.waybill.run.Run;
import dev.waybill.spi.Recovery;
import dev.waybill.spi.SourceIdentity;
import java.time.Instant;
import java.util.Optional;
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
  private final @Nullable KeyedWriting keys;

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
      boolean resumed,
      @Nullable KeyedWriting keys) {
    this.ledger = ledger;
    this.id = id;
    this.journal = journal;
    this.recovery = recovery;
    this.doubtedBefore = doubtedBefore;
    this.resumed = resumed;
    this.keys = keys;
  }

  /// How a run is called.
  ///
  /// @param id never the same for two runs
  /// @param flow what its flow is called
  public record Named(String id, String flow) {}

  /// The beginning of a run.
  ///
  /// @param again what it is a retry of; null if it is none
  /// @param files what it leaves, just made
  public static Life begun(
      Ledger ledger, Launch launch, @Nullable Again again, RunFiles files, Instant now) {
    return begun(ledger, launch, new Named(Run.newName(), launch.flow()), again, files, now);
  }

  /// The beginning of a run that has its name already.
  ///
  /// @param again what it is a retry of; null if it is none
  /// @param files what it leaves, just made
  public static Life begun(
      Ledger ledger,
      Launch launch,
      Named name,
      @Nullable Again again,
      RunFiles files,
      Instant now) {
    var life = beginning(ledger, launch, name, again, null, now);
    life.says(files);
    return life;
  }

  /// The beginning of a run that is done elsewhere, whose receipts are told by [#settled].
  ///
  /// @param id its id; `Run.newName()` makes one
  /// @param abroad where it is done
  public static Life elsewhere(
      Ledger ledger, Launch launch, String id, StoredJob.Abroad abroad, Instant now) {
    return beginning(ledger, launch, new Named(id, launch.flow()), null, abroad, now);
  }

  /// A run that is done elsewhere, taken up by another program than the one that began it.
  public static Life elsewhere(Ledger ledger, Resumed<Fields> run) {
    return new Life(
        ledger, run.header().id(), run.journal(), run.recovery(), item -> false, false, null);
  }

  private static Life beginning(
      Ledger ledger,
      Launch launch,
      Named name,
      @Nullable Again again,
      StoredJob.@Nullable Abroad abroad,
      Instant now) {
    Optional<Plan> plan = launch.plan(ledger);
    String id = name.id();
    Set<Disposition> dispositions = again == null ? Set.of() : again.dispositions();
    var header =
        new RunHeader(
            id,
            again == null ? null : again.parent(),
            name.flow(),
            now,
            // By its ordinals nothing of a keyed flow is ever sent again.
            plan.isPresent() ? SourceIdentity.NONE : launch.identity(),
            launch.job().sourceInWords(),
            launch.job().to(),
            launch.policyInWords(),
            launch.storedJob(
                (to, from) -> StoredJob.text(launch.job(), dispositions, to, from, abroad)),
            launch.keyColumns());
    RunJournal<Fields> journal = ledger.begin(header);
    KeyedWriting keys = plan.isPresent() ? begun(plan.get(), id, journal) : null;
    return new Life(ledger, id, journal, Recovery.none(), doubted(again), false, keys);
  }

  private static KeyedWriting begun(Plan plan, String id, RunJournal<Fields> journal) {
    try {
      return plan.begin(id, journal);
    } catch (RuntimeException | Error e) {
      journal.close();
      throw e;
    }
  }

  /// A run that goes on.
  ///
  /// @param again what it is a retry of; null if it is none
  public static Life resumed(
      Ledger ledger, Resumed<Fields> run, @Nullable Again again, RunFiles files) {
    var life =
        new Life(
            ledger, run.header().id(), run.journal(), run.recovery(), doubted(again), true, null);
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
    return run(launch, files, null);
  }

  /// The run, ready to be executed.
  ///
  /// @param observer told of its calls; null for nobody
  public Run<Fields> run(Launch launch, RunFiles files, @Nullable CallObserver<Fields> observer) {
    return keys == null
        ? launch.run(id, files, journal, recovery, doubtedBefore, observer)
        : launch.run(id, files, journal, keys, observer);
  }

  /// Whether a run that ended so can go on: what was not read is not accounted for yet.
  public static boolean canGoOn(Launch launch, Report report) {
    boolean readable = !launch.job().isSync() && launch.canBeReadAgain();
    return report.unwritten() != null || (report.unread() != null && readable);
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
    return resumed ? whole(ledger, id, report) : report;
  }

  /// The account of all lives of a run together.
  ///
  /// @param report that of the last one
  public static Report whole(Ledger ledger, String run, Report report) {
    RunCounts counts = ledger.find(run).counts();
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
        ledger.reasons(run),
        report.unread(),
        report.unwritten());
  }

  /// Gives the run up for this process; if it did not come to its end, it can be resumed.
  @Override
  public void close() {
    journal.close();
  }
}
