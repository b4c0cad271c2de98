package dev.waybill.flow.launch;

import dev.waybill.FieldNames;
import dev.waybill.Fields;
import dev.waybill.UserException;
import dev.waybill.flow.job.Job;
import dev.waybill.flow.job.Masked;
import dev.waybill.flow.job.SyncRules.Mode;
import dev.waybill.ledger.FlowState;
import dev.waybill.ledger.KeyedFlow;
import dev.waybill.ledger.Ledger;
import dev.waybill.ledger.RunRecord;
import dev.waybill.ledger.RunStatus;
import dev.waybill.mapping.Mapping;
import dev.waybill.spi.Destination;
import dev.waybill.spi.DestinationProvider;
import dev.waybill.spi.DestinationProvider.Delivery;
import dev.waybill.spi.Options;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What a keyed flow asks of its source, its mapping and its destination.
final class Keyed {

  private static final String MODE = "mode";
  private static final String IDEMPOTENT = "idempotent";

  private Keyed() {}

  /// Sets what follows from the flow's mode, where the user set nothing else: how a table or an
  /// index is written, and that writing by key may be repeated.
  ///
  /// @throws UserException if the source can be read but once, or the destination lacks the mode
  static void complete(Job job, DestinationProvider to, Map<String, String> options) {
    if (job.files().contains("-")) {
      throw new UserException(
          "A keyed flow reads its source twice, and standard input can be read once: name a file or"
              + " a database.");
    }
    Mode mode = job.sync().mode();
    if (has(to, MODE) && !options.containsKey(MODE)) {
      options.put(MODE, modeOf(to, mode));
    }
    boolean byKey =
        switch (mode) {
          case UPSERT, MIRROR, UPDATE -> true;
          case CREATE, APPEND -> false;
        };
    if (byKey && has(to, IDEMPOTENT)) {
      options.putIfAbsent(IDEMPOTENT, "true");
    }
  }

  /// The value of the destination's own option `mode` that does what the flow wants.
  private static String modeOf(DestinationProvider to, Mode wanted) {
    List<String> names =
        switch (wanted) {
          case UPSERT, MIRROR -> List.of("upsert", "delta");
          case UPDATE -> List.of("update");
          case CREATE -> List.of("create", "insert");
          case APPEND -> List.of("append", "create", "insert");
        };
    List<String> known =
        to.options().stream()
            .filter(option -> option.name().equals(MODE))
            .flatMap(option -> option.choices().stream())
            .toList();
    return names.stream()
        .filter(known::contains)
        .findFirst()
        .orElseThrow(
            () ->
                new UserException(
                    "The destination "
                        + to.schemes().getFirst()
                        + ": can not "
                        + names.getFirst()
                        + " records by their key; it can "
                        + String.join(", ", known)
                        + ": choose such a mode."));
  }

  private static boolean has(DestinationProvider to, String name) {
    return to.options().stream().anyMatch(option -> option.name().equals(name));
  }

  /// @throws UserException if the job lacks what a keyed flow needs
  static void check(Job job, Mapping mapping) {
    if (mapping.key().isEmpty() && job.mappingSpec().key().isEmpty()) {
      throw new UserException(
          "A keyed flow needs to know its records' key: give --key FIELD, or set sync.key in the job"
              + " file.");
    }
    if (job.startAt() > 1 || job.limit() < Long.MAX_VALUE) {
      throw new UserException(
          "A keyed flow compares the whole source: leave out --start-at and --limit.");
    }
  }

  /// What deletes, if the flow is a mirror; else null.
  ///
  /// @param writing is closed if this can not be opened
  static @Nullable Destination<Fields> deleting(
      Job job,
      DestinationProvider to,
      Options options,
      Delivery delivery,
      Destination<Fields> writing) {
    if (!job.isSync() || job.sync().mode() != Mode.MIRROR) {
      return null;
    }
    List<String> key = delivery.key().isEmpty() ? job.mappingSpec().key() : delivery.key();
    try {
      return to.openDeleting(
          job.to(), options, new Delivery(FieldNames.of(key), List.of(), key, delivery.name()));
    } catch (RuntimeException | Error e) {
      writing.close();
      throw e;
    }
  }

  /// The state of the flow's keys.
  ///
  /// @param table in which the destination keeps them; empty if it has no tables
  /// @throws UserException if a run of the flow is under way, or the state is that of another
  ///   destination or key
  static FlowState state(Ledger ledger, String flow, Job job, String table, List<String> key) {
    String destination = Masked.address(job.to()) + (table.isEmpty() ? "" : ", table " + table);
    FlowState state = ledger.state(new KeyedFlow(flow, destination, key));
    String last = state.summary().lastRun();
    if (last != null) {
      RunRecord run = ledger.find(last);
      if (run.status() == RunStatus.RUNNING) {
        throw new UserException(
            "The flow "
                + flow
                + " is being run already, by run "
                + last.substring(0, Math.min(8, last.length()))
                + (run.holder() == null
                    ? ""
                    : " in process " + run.holder().pid() + " on " + run.holder().host())
                + ": let it end first.");
      }
    }
    return state;
  }
}
