package dev.waybill.ledger;

import dev.waybill.Disposition;
import dev.waybill.Span;
import dev.waybill.run.ReasonDigest;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/// The durable record of all runs, opened by [Ledgers]. Safe for use by many threads and many
/// processes at a time.
///
/// Streams hold a connection and must be closed; they need little memory, however many there are.
/// All methods throw [dev.waybill.UserException] if the ledger can not be read or written.
public interface Ledger extends AutoCloseable {

  /// Writes down that a run begins, and keeps other processes from it.
  <T> RunJournal<T> begin(RunHeader header);

  /// Takes up a run that did not come to its end.
  ///
  /// @param id the whole id
  /// @throws dev.waybill.UserException if it did, or if another process works on it
  <T> Resumed<T> resume(String id);

  /// The runs asked for, the newest first.
  List<RunRecord> runs(RunQuery query);

  /// The one run whose id begins like this, or `last` for the newest.
  ///
  /// @throws dev.waybill.UserException if there is none, or more than one
  RunRecord find(String prefix);

  /// The run of exactly this id; empty if there is none.
  Optional<RunRecord> run(String id);

  /// The runs of which this one is a retry, and those that are retries of it.
  ///
  /// @param id the whole id, here and below
  Lineage lineage(String id);

  /// Why items were not delivered, the commonest reason first.
  List<ReasonDigest.Group> reasons(String id);

  /// Why items of several runs were not delivered, and in which of the runs that was first and
  /// last, the commonest reason first. A run that has not ended counts for nothing.
  ///
  /// @param ids whole ids; one that is not known counts for nothing either
  List<ReasonHistory> reasons(Collection<String> ids);

  /// The undelivered items that ended so, in the source's order; without those of [#unsent].
  Stream<ItemRecord> items(String id, Set<Disposition> dispositions);

  /// A part of the undelivered items, those that were never sent included. Takes about as long for
  /// each part, however many items there are.
  ItemPage page(String id, ItemQuery query);

  /// The unprocessed items that were never sent, in the source's order.
  Stream<UnsentItems> unsent(String id);

  /// The delivered items, in the source's order.
  Stream<Span> delivered(String id);

  /// The state of a flow's keys; made if there is none yet.
  ///
  /// @throws dev.waybill.UserException if a flow of this name goes elsewhere, or by another key
  FlowState state(KeyedFlow flow);

  /// The state of the flow of this name; empty if it has none.
  Optional<FlowState> state(String flow);

  /// The state of a flow whose source is live; made if there is none yet.
  ///
  /// @throws dev.waybill.UserException if a flow of this name goes elsewhere, or reads something
  ///   else
  LiveState live(LiveFlow flow);

  /// The states of all flows that have one, by name.
  List<FlowState> states();

  /// Gives up what this process holds; runs that it works on are interrupted.
  @Override
  void close();
}
