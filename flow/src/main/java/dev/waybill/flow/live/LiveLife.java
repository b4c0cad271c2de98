package dev.waybill.flow.live;

import dev.waybill.Fields;
import dev.waybill.UserException;
import dev.waybill.flow.books.Life;
import dev.waybill.flow.books.StoredJob;
import dev.waybill.ledger.Ledger;
import dev.waybill.ledger.LiveFlow;
import dev.waybill.ledger.LiveState;
import dev.waybill.ledger.Resumed;
import dev.waybill.ledger.RunHeader;
import dev.waybill.ledger.RunJournal;
import dev.waybill.ledger.RunRecord;
import dev.waybill.ledger.RunStatus;
import dev.waybill.run.Bookmark;
import dev.waybill.run.CallObserver;
import dev.waybill.run.LiveRun;
import dev.waybill.run.Report;
import dev.waybill.run.Run;
import dev.waybill.spi.LiveKnowledge;
import dev.waybill.spi.Recovery;
import dev.waybill.spi.SourceIdentity;
import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// One life of a live flow's run in the ledger. A run that was stopped in good order is over, and a
/// new one begins; one that broke off goes on.
public final class LiveLife implements AutoCloseable {

  private final Ledger ledger;
  private final String id;
  private final RunJournal<Fields> journal;
  private final Recovery recovery;
  private final LiveState state;
  private final boolean goesOn;

  private LiveLife(
      Ledger ledger,
      String id,
      RunJournal<Fields> journal,
      Recovery recovery,
      LiveState state,
      boolean goesOn) {
    this.ledger = ledger;
    this.id = id;
    this.journal = journal;
    this.recovery = recovery;
    this.state = state;
    this.goesOn = goesOn;
  }

  /// Begins a run of the flow, or takes up the one that broke off.
  ///
  /// @throws UserException if a run of it is under way, or the flow's name is another flow's
  public static LiveLife begun(Ledger ledger, LiveLaunch launch, Instant now) {
    return begun(ledger, launch, new Life.Named(Run.newName(), launch.flow()), now);
  }

  /// Begins a run that has its name already, or takes up the one that broke off, under its own.
  ///
  /// @throws UserException as [#begun(Ledger, LiveLaunch, Instant)]
  public static LiveLife begun(Ledger ledger, LiveLaunch launch, Life.Named name, Instant now) {
    LiveState state =
        ledger.live(
            new LiveFlow(launch.flow(), launch.job().sourceInWords(), launch.destinationInWords()));
    RunRecord broken = brokenOff(ledger, state);
    if (broken == null) {
      broken = begunBefore(ledger, name.id());
    }
    if (broken != null) {
      Resumed<Fields> resumed = ledger.resume(broken.id());
      return life(ledger, broken.id(), resumed.journal(), resumed.recovery(), state, true);
    }
    RunJournal<Fields> journal = ledger.begin(header(launch, name, now));
    return life(ledger, name.id(), journal, Recovery.none(), state, false);
  }

  /// The flow's last run, if it did not come to its end.
  private static @Nullable RunRecord brokenOff(Ledger ledger, LiveState state) {
    String last = state.lastRun();
    RunRecord run = last == null ? null : ledger.run(last).orElse(null);
    if (run == null) {
      return null;
    }
    if (run.status() == RunStatus.RUNNING) {
      throw new UserException(
          "The live flow "
              + state.flow().name()
              + " is being run already, by run "
              + Life.shortId(run.id())
              + (run.holder() == null
                  ? ""
                  : " in process " + run.holder().pid() + " on " + run.holder().host())
              + ": stop it first, or give this one a name of its own, by live.flow.");
    }
    return run.status() == RunStatus.INTERRUPTED ? run : null;
  }

  /// This very run, if a process began it and ended before it was the flow's last one.
  private static @Nullable RunRecord begunBefore(Ledger ledger, String id) {
    return ledger.run(id).filter(run -> run.status() == RunStatus.INTERRUPTED).orElse(null);
  }

  private static RunHeader header(LiveLaunch launch, Life.Named name, Instant now) {
    return new RunHeader(
        name.id(),
        null,
        name.flow(),
        now,
        SourceIdentity.NONE,
        launch.job().sourceInWords(),
        launch.job().to(),
        launch.policyInWords(),
        launch.storedJob((to, from) -> StoredJob.text(launch.job(), Set.of(), to, from)),
        launch.keyColumns());
  }

  private static LiveLife life(
      Ledger ledger,
      String id,
      RunJournal<Fields> journal,
      Recovery recovery,
      LiveState state,
      boolean goesOn) {
    try {
      LiveKnowledge known = journal.follow(state);
      var all =
          new Recovery(
              recovery.settled(),
              recovery.inDoubt(),
              recovery.lastNumber(),
              recovery.from(),
              known);
      return new LiveLife(ledger, id, journal, all, state, goesOn);
    } catch (RuntimeException | Error e) {
      journal.close();
      throw e;
    }
  }

  public String id() {
    return id;
  }

  /// What people call the run.
  public String shortId() {
    return Life.shortId(id);
  }

  /// Whether this is a run that broke off before.
  public boolean goesOn() {
    return goesOn;
  }

  /// The run, ready to be executed.
  ///
  /// @param observer told of its calls; null for nobody
  public LiveRun<Fields> run(LiveLaunch launch, @Nullable CallObserver<Fields> observer) {
    var bookmark =
        new Bookmark() {
          @Override
          public @Nullable String read() {
            return state.bookmark();
          }

          @Override
          public void write(String text) {
            state.bookmark(text);
          }
        };
    return launch.run(id, journal, recovery, bookmark, observer);
  }

  /// Whether a run that ended so goes on when the flow is started again, as this very run.
  public static boolean canGoOn(Report report) {
    return report.unwritten() != null || report.unread() != null;
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
    return goesOn ? Life.whole(ledger, id, report) : report;
  }

  /// Gives the run up for this process; if it did not come to its end, it goes on at the next
  /// start.
  @Override
  public void close() {
    journal.close();
  }
}
