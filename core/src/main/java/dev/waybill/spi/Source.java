package dev.waybill.spi;

import dev.waybill.ByteSlice;
import dev.waybill.FieldNames;
import dev.waybill.Fields;
import dev.waybill.UserException;
import org.jspecify.annotations.Nullable;

/// Where items come from. Read by one thread, from first to last.
public interface Source extends AutoCloseable {

  /// The columns that every record of this source has; empty if records differ (JSON Lines).
  FieldNames columns();

  /// What stands before the first record (a CSV file's header with its line terminator), byte for
  /// byte; written at the head of a retry file, so that it has the input's own format.
  ByteSlice preamble();

  /// The ending that a file of this format has, without the dot: `csv`, `jsonl`.
  String extension();

  /// Reads the next record and hands it to `intake`, either way.
  ///
  /// @return false when there was no further record, and `intake` was not called
  /// @throws dev.waybill.UserException if the source can not be read on; says where
  boolean next(Intake<Fields> intake);

  /// What the records are called where the user names no place for them: the table that they come
  /// from; null if nothing suggests itself.
  default @Nullable String name() {
    return null;
  }

  /// Begins again at the first record: the same records in the same order, as of the same moment.
  ///
  /// @return false if it can not; it may then be opened a second time, if it is no pipe
  default boolean rewind() {
    return false;
  }

  /// Takes what becomes of the records back to where they came from.
  ///
  /// @param table where it is written; made if it is not there
  /// @param run names the run
  /// @throws UserException if this source has no place for it
  default WriteBack writeBack(String table, String run) {
    throw new UserException(
        "Dispositions can be written back into an SQL database only, and the source is none: leave"
            + " out --write-back");
  }

  /// What it consists of, to tell later whether it is still the same.
  default SourceIdentity identity() {
    return SourceIdentity.NONE;
  }

  /// Goes on from a record that was read before, in this or another life: the next record read is
  /// that one, with its ordinal. To be called before the first record is read.
  ///
  /// @throws dev.waybill.UserException if the source does not reach that far
  default void skipTo(Checkpoint checkpoint) {
    var passed = new Passed();
    while (passed.ordinal < checkpoint.ordinal() - 1) {
      if (!next(passed)) {
        throw new UserException(
            "the source ends at record %,d, before record %,d at which it is to go on"
                .formatted(passed.ordinal, checkpoint.ordinal()));
      }
    }
  }

  /// Bytes read so far, on the scale of [#totalBytes()].
  long bytesRead();

  /// Bytes that there are in all, for a progress bar; -1 if not known (a pipe).
  long totalBytes();

  @Override
  void close();
}
