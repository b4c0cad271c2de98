package dev.waybill.files;

import dev.waybill.spi.Source;
import java.util.List;
import java.util.Optional;

/// A source that reads files one after the other, and can go on from a place in them.
public sealed interface FileSource extends Source permits CsvSource, JsonLinesSource {

  /// The files in the order in which they are read, named as the user gave them or as a pattern
  /// found them; `-` for standard input.
  List<String> files();

  /// Where the next record begins, blank lines before it included.
  Position position();

  /// Goes to a place that [#position()] of a source with the same files gave earlier.
  ///
  /// @throws dev.waybill.UserException if it lies in standard input, or if the file is shorter now
  void resumeAt(Position position);

  /// Reads no row of the current file that begins at this offset or behind it.
  void readUpTo(long offset);

  /// The file in parts of so many bytes; empty if one reader must read it from its beginning: it is
  /// compressed, a pipe, one of several, or no larger than a part.
  Optional<Division> divided(long partBytes);
}
