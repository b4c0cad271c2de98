package dev.waybill.flink.source;

import dev.waybill.files.Survey;
import java.util.List;

/// What the enumerator keeps in a checkpoint.
///
/// @param partBytes in parts of which size large files are surveyed
/// @param nextFile the first that was not begun
/// @param divided the files of which not all was handed out
/// @param returned what was handed out and came back
record Progress(long partBytes, int nextFile, List<Divided> divided, List<JobSplit> returned) {

  /// A large file.
  ///
  /// @param file which of the job's, from 0
  /// @param surveys that are known
  /// @param handedOut how many stretches were handed out
  record Divided(int file, List<Survey> surveys, int handedOut) {}
}
