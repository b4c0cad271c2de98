package dev.waybill.flow.books;

import dev.waybill.UserException;
import dev.waybill.flow.books.Life.Again;
import dev.waybill.flow.job.Job;
import dev.waybill.flow.job.JobKey;
import dev.waybill.flow.launch.Connectors;
import dev.waybill.flow.launch.Piece;
import dev.waybill.flow.launch.Wanted;
import dev.waybill.ledger.Holder;
import dev.waybill.ledger.Ledger;
import dev.waybill.ledger.RunRecord;
import dev.waybill.spi.Checkpoint;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// A run of the ledger, taken up again.
public record Taken(RunRecord record) {

  /// What can not be done with a run of a keyed flow: its keys decide what is sent, not its
  /// records' numbers.
  private void refuseKeyed() {
    if (settings().isSync()) {
      throw new UserException(
          "Run "
              + shortId()
              + " is one of the keyed flow "
              + record.header().flow()
              + ": what it left is sent, with today's data, by the flow's next run, so run it again by"
              + " waybill sync.");
    }
  }

  private Job settings() {
    return StoredJob.read(shortId(), record.header().job()).job().job();
  }

  /// Whether its source was live, so that what it did not deliver is in the ledger alone.
  public boolean isLive() {
    return settings().isLive();
  }

  /// The job that sends what it did not deliver.
  public Job again(Job job) {
    if (!job.isLive()) {
      return job;
    }
    var settings = new LinkedHashMap<JobKey, String>(job.settings());
    JobKey.Section.LIVE.settings().forEach(settings::remove);
    settings.remove(JobKey.FORMAT);
    return new Job(
        List.of(ParkedSource.Provider.SCHEME + record.id()),
        Map.of(),
        job.destinationOptions(),
        job.mapping(),
        settings);
  }

  /// Sources and destinations, and what live runs parked in this ledger.
  public static Connectors connectors(Ledger ledger) {
    return Connectors.found().with(new ParkedSource.Provider(ledger));
  }

  /// A run that broke off.
  ///
  /// @throws UserException if it is over, is being worked on, or can not be read again
  public static Taken ofInterrupted(RunRecord record) {
    var taken = new Taken(record);
    taken.refuseKeyed();
    String run = "Run " + taken.shortId();
    if (taken.isLive()) {
      throw new UserException(
          run
              + " is one of the live flow "
              + record.header().flow()
              + ", which goes on with it by itself when it is started again, by: waybill run JOB.");
    }
    switch (record.status()) {
      case FINISHED, GIVEN_UP ->
          throw new UserException(
              run
                  + " is over, there is nothing to resume; what it did not deliver is sent by:"
                  + " waybill retry "
                  + taken.shortId());
      case RUNNING -> throw running(run, record);
      case INTERRUPTED -> {}
    }
    StoredJob.Abroad abroad = StoredJob.read(taken.shortId(), record.header().job()).abroad();
    if (abroad != null) {
      throw new UserException(
          run
              + " is done at "
              + abroad.address()
              + ", not by this program; its end is waited for by: waybill resume "
              + taken.shortId()
              + " --on "
              + abroad.address());
    }
    if (!record.header().identity().canBeReadAgain()) {
      throw new UserException(
          run
              + " read what can not be read again as it was (standard input, or a database), so it"
              + " can not be resumed: load the records that are in none of its files.");
    }
    return taken;
  }

  /// A run that is over, or a live one however it stands.
  ///
  /// @throws UserException if it is not, or can not be read again
  public static Taken ofEnded(RunRecord record) {
    var taken = new Taken(record);
    taken.refuseKeyed();
    String run = "Run " + taken.shortId();
    if (taken.isLive()) {
      return taken;
    }
    switch (record.status()) {
      case FINISHED, GIVEN_UP -> {}
      case RUNNING -> throw running(run, record);
      case INTERRUPTED ->
          throw new UserException(
              run + " is not over: resume it first, by: waybill resume " + taken.shortId());
    }
    if (!record.header().identity().canBeReadAgain()) {
      throw new UserException(
          run
              + " read what can not be read again as it was (standard input, or a database): load"
              + " the retry file that it left instead.");
    }
    return taken;
  }

  /// A run whose input is to be read again, however it stands.
  ///
  /// @throws UserException if it can not
  public static Taken readable(RunRecord record) {
    var taken = new Taken(record);
    if (!taken.isLive() && !record.header().identity().canBeReadAgain()) {
      throw new UserException(
          "Run "
              + taken.shortId()
              + " read what can not be read again as it was (standard input, or a database): its"
              + " rows are in the fail and retry files that it left.");
    }
    return taken;
  }

  private static UserException running(String run, RunRecord record) {
    Holder holder = record.holder();
    return new UserException(
        run
            + " is under way"
            + (holder == null ? "" : " in process " + holder.pid() + " on " + holder.host())
            + ".");
  }

  public String shortId() {
    return Life.shortId(record.id());
  }

  /// What an interrupted run is a retry of; null if it is none.
  public @Nullable Again again(Ledger ledger, StoredJob stored) {
    String parent = record.header().parent();
    if (parent == null) {
      return null;
    }
    Leftovers leftovers =
        Leftovers.of(
            ledger, ledger.find(parent), stored.again(), Objects.requireNonNull(record.id()));
    return new Again(parent, stored.again(), leftovers);
  }

  /// What is to be read to go on.
  ///
  /// @param again what the run is a retry of; null if it is none
  /// @param from how far the run came; null if that is not known
  public Piece piece(Job job, @Nullable Again again, @Nullable Checkpoint from) {
    if (again == null) {
      return new Piece(Wanted.range(job.startAt(), job.limit()), from, record.header().identity());
    }
    return piece(again.leftovers());
  }

  /// What is to be read of what was left over.
  public Piece piece(Leftovers leftovers) {
    return new Piece(
        leftovers.wanted(), leftovers.from(), isLive() ? null : record.header().identity());
  }
}
