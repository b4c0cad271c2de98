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

  /// How a job ended.
  enum Ending {
    /// With its last record.
    FINISHED,
    /// Before, so that it can go on from what was kept of it.
    STOPPED,
    /// Before, and for good: it failed, was cancelled, or nothing is known of it any more.
    FAILED
  }

  /// What came of it.
  ///
  /// @param tally the counts
  /// @param failure why it did not come to its end, as a sentence; null if it did
  record Done(Tally tally, Ending ending, @Nullable String failure) {}

  /// Does a job, and waits for its end.
  ///
  /// @param address as the user gave it
  /// @param progress told of the counts from time to time
  /// @throws dev.waybill.UserException if it could not be begun; then nothing was sent
  /// @throws InterruptedException if the thread is to wait no longer; the job goes on
  Done run(String address, Order order, Consumer<Tally> progress) throws InterruptedException;

  /// Waits for the end of a job that an earlier program began.
  ///
  /// @param address as the user gave it
  /// @param id of the run
  /// @param progress told of the counts from time to time
  /// @throws dev.waybill.UserException if the place can not be asked
  /// @throws InterruptedException if the thread is to wait no longer; the job goes on
  Done await(String address, String id, Consumer<Tally> progress) throws InterruptedException;

  /// Whether an address says from where a job that was stopped is to go on.
  boolean goesOn(String address);

  /// Whether jobs at an address go on when the program that waits for them has ended.
  boolean outlivesProgram(String address);
}
