package dev.waybill.flow.place;

import dev.waybill.delivery.Tally;
import dev.waybill.flow.job.Job;
import java.nio.file.Path;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Somewhere else than in this process where jobs can be done; found by `java.util.ServiceLoader`.
public interface Place {

  /// What stands before the first colon of its addresses: `flink`.
  String scheme();

  /// A job to be done.
  ///
  /// @param id of the run, never the same for two
  /// @param job with its files named one by one, absolute
  /// @param extension of its format, without the dot
  /// @param out the folder, absolute, for the files that it leaves: `success`, `fail` and `retry`,
  ///   and `receipts` for [ReceiptLines]
  record Order(String id, Job job, String extension, Path out) {}

  /// What came of it.
  ///
  /// @param tally the counts
  /// @param failure why it did not come to its end, as a sentence; null if it did
  record Done(Tally tally, @Nullable String failure) {}

  /// Does a job, and waits for its end.
  ///
  /// @param address as the user gave it
  /// @param progress told of the counts from time to time
  /// @throws dev.waybill.UserException if it could not be begun; then nothing was sent
  /// @throws InterruptedException if the thread is to wait no longer; the job goes on
  Done run(String address, Order order, Consumer<Tally> progress) throws InterruptedException;
}
