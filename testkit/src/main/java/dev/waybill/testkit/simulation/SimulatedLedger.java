package dev.waybill.testkit.simulation;

import dev.waybill.Disposition;
import dev.waybill.spi.Journal;
import dev.waybill.spi.Recovery;
import java.util.Map;

/// The ledger of one simulated run: what was committed outlives a crash, what was not is lost.
public interface SimulatedLedger extends AutoCloseable {

  /// What a process finds when it takes the run up.
  ///
  /// @param recovery how far it came
  /// @param lengths how far the files are known to have been written
  /// @param journal the account, to be kept up from here on
  record Opened(Recovery recovery, Map<String, Long> lengths, Journal<Integer> journal) {}

  /// Takes the run up, for the first time or after a crash.
  Opened open();

  /// The process that had taken it up dies; nothing more is said to its journal.
  void crash();

  /// How each item ended, as the ledger tells it to those who ask.
  Map<Long, Disposition> settled();

  @Override
  void close();
}
