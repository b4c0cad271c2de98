package dev.waybill.server.work;

import dev.waybill.Disposition;
import dev.waybill.UserException;
import dev.waybill.flow.books.Leftovers;
import dev.waybill.flow.books.Life.Again;
import dev.waybill.ledger.Ledger;
import dev.waybill.ledger.RunRecord;
import dev.waybill.ledger.RunStatus;
import dev.waybill.server.catalog.Catalog;
import dev.waybill.server.catalog.FlowRun;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/// The rules by which a run is triggered again, and what the new run sends.
final class Retriggering {

  /// Rejected ones too: the destination or the mapping may have been mended.
  private static final Set<Disposition> UNDELIVERED =
      EnumSet.of(Disposition.UNKNOWN, Disposition.UNPROCESSED, Disposition.REJECTED);

  private final Catalog catalog;
  private final Ledger ledger;

  Retriggering(Catalog catalog, Ledger ledger) {
    this.catalog = catalog;
    this.ledger = ledger;
  }

  /// The retry of a run, or that of its latest retry if that has taken everything up.
  ///
  /// @param retry makes the new run of the one that it is a retry of
  /// @throws UserException if there is to be none; says why
  FlowRun retrigger(FlowRun asked, Function<FlowRun, FlowRun> retry) {
    check(asked);
    FlowRun run = asked;
    while (true) {
      List<FlowRun> retries = catalog.retries(run);
      FlowRun last = retries.isEmpty() ? null : retries.getLast();
      if (last != null && !last.state().isOver()) {
        return last;
      }
      if (last == null || ledger.run(last.id()).isEmpty()) {
        // It came to nothing, and so took nothing up.
        return catalog.enqueueRetry(retry.apply(run), retries.size() + 1);
      }
      if (!mayBeRetried(last)) {
        return last;
      }
      run = last;
    }
  }

  private static boolean mayBeRetried(FlowRun run) {
    return switch (run.state()) {
      case QUEUED, RUNNING -> false;
      case FAILED -> true;
      case SUCCESS -> run.counts().delivered() == 0 && run.counts().undelivered() > 0;
    };
  }

  private void check(FlowRun run) {
    switch (run.state()) {
      case QUEUED, RUNNING ->
          throw new UserException(
              "Run "
                  + run.id()
                  + " is not over; only a failed run, or one that delivered no record, can be"
                  + " triggered again.");
      case SUCCESS -> {
        if (run.counts().delivered() > 0) {
          throw new UserException(
              "Run "
                  + run.id()
                  + " succeeded and delivered records; only a failed run, or one that delivered no"
                  + " record, can be triggered again.");
        }
      }
      case FAILED -> {}
    }
    Optional<RunRecord> record = ledger.run(run.id());
    if (record.isPresent() && !record.get().header().identity().canBeReadAgain()) {
      throw new UserException(
          "Run "
              + run.id()
              + " read a source that can not be read a second time; only runs of batch sources can"
              + " be triggered again.");
    }
    if (record.isPresent() && record.get().status() == RunStatus.INTERRUPTED) {
      throw new UserException(
          "Run "
              + run.id()
              + " was broken off and could not be gone on with, so it is not known what is left;"
              + " start the flow anew.");
    }
  }

  /// What a retry sends of the run before it; empty if that is everything, because nothing was ever
  /// delivered.
  Optional<Again> again(FlowRun retry) {
    if (retry.parent() == null) {
      return Optional.empty();
    }
    Optional<RunRecord> parent = ledger.run(retry.parent());
    if (parent.isEmpty() || nothingArrived(parent.get())) {
      return Optional.empty();
    }
    return Optional.of(
        new Again(
            parent.get().id(), UNDELIVERED, Leftovers.of(ledger, parent.get(), UNDELIVERED, null)));
  }

  private boolean nothingArrived(RunRecord parent) {
    var all = new ArrayList<>(ledger.lineage(parent.id()).ancestors());
    all.add(parent);
    return all.stream()
        .allMatch(run -> run.counts().delivered() == 0 && run.counts().unknown() == 0);
  }
}
