package dev.waybill.flink.source;

import dev.waybill.files.Position;
import dev.waybill.spi.LiveSourceProvider.Backlog;
import org.apache.flink.api.connector.source.SourceSplit;
import org.jspecify.annotations.Nullable;

/// A piece of work for a reader.
sealed interface JobSplit extends SourceSplit {

  /// A part of a file, to be surveyed.
  ///
  /// @param file which of the job's, from 0
  /// @param part its number, from 0
  /// @param partBytes in parts of so many bytes
  record Part(int file, int part, long partBytes) implements JobSplit {
    @Override
    public String splitId() {
      return "part-" + file + "-" + part;
    }
  }

  /// Rows of one file.
  ///
  /// @param file which of the job's, from 0
  /// @param stretch which of the file's, from 0
  /// @param from null for the file's beginning
  /// @param end where a row must begin before; [Long#MAX_VALUE] for the file's end
  record Rows(int file, int stretch, @Nullable Position from, long end) implements JobSplit {
    @Override
    public String splitId() {
      return "rows-" + file + "-" + stretch;
    }
  }

  /// A part of what a live source holds.
  ///
  /// @param index which of its partitions, from 0
  record Held(int index, Backlog backlog) implements JobSplit {
    @Override
    public String splitId() {
      return "held-" + index;
    }
  }

  /// All that the job reads, by one reader.
  ///
  /// @param from null for the beginning, or where there are no positions
  /// @param done records that were read before
  /// @param digest of these, where there are no positions
  record Whole(@Nullable Position from, long done, long digest) implements JobSplit {

    static final Whole BEGINNING = new Whole(null, 0, 0);

    @Override
    public String splitId() {
      return "whole";
    }
  }
}
