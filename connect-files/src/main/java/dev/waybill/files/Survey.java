package dev.waybill.files;

import java.io.Serializable;

/// What was found of a part of a file that begins and ends behind a line's end. Whether a row
/// begins there, or goes on inside quotes, only the parts before it can tell, so it says both.
///
/// @param part its number, from 0
/// @param from its first byte; [#NOWHERE] if no line ends within a row's greatest length
/// @param to behind its last byte; [#NOWHERE] if it is the last one
/// @param lines that end in it; not known of the last one
/// @param outside if a row begins at `from`
/// @param inside if `from` is inside quotes
public record Survey(int part, long from, long to, long lines, View outside, View inside)
    implements Serializable {

  /// No place.
  public static final long NOWHERE = Long.MAX_VALUE;

  /// One of the two possibilities. Of the last part nothing but `first` and `linesBefore` is known.
  ///
  /// @param first where the first row begins; [#NOWHERE] if none does before `to`
  /// @param linesBefore that end before it
  /// @param rows that begin from there on
  /// @param open where the row begins that goes on behind `to`; -1 if none does
  /// @param broken whether it came to a row without an end
  public record View(long first, long linesBefore, long rows, long open, boolean broken)
      implements Serializable {

    static final View BROKEN = new View(NOWHERE, 0, 0, -1, true);
    static final View THROUGHOUT = new View(NOWHERE, 0, 0, -1, false);
  }
}
