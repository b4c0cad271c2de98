package dev.waybill.files;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Puts the surveys of a file's parts together, from the first on: the end of each tells how the
/// next begins. So every stretch has the line and the ordinal that one reader of all would come to.
///
/// Where a row has no end within the size that is allowed only a reader knows how it goes on, and
/// all from there on is one stretch.
public final class Outline {

  private final int maxRowBytes;
  private final Map<Integer, Survey> waiting = new TreeMap<>();
  private final List<Stretch> stretches = new ArrayList<>();
  private int next;
  private long line;
  private Position start;
  private @Nullable Open open;
  private boolean complete;

  /// A stretch whose last row goes on in the next part.
  ///
  /// @param row where that row begins
  /// @param ordinal of it
  private record Open(Stretch stretch, long row, long ordinal) {}

  /// @param start the file's first row
  Outline(Position start, int maxRowBytes) {
    this.start = start;
    this.line = start.line();
    this.maxRowBytes = maxRowBytes;
  }

  /// Takes a survey, in any order, and any number of times.
  public void add(Survey survey) {
    if (survey.part() >= next) {
      waiting.put(survey.part(), survey);
    }
    for (Survey each = waiting.remove(next); each != null; each = waiting.remove(next)) {
      next++;
      if (!complete) {
        follow(each);
      }
    }
  }

  /// What can be read by now, in order; once it stands here a stretch does not change.
  public List<Stretch> stretches() {
    return List.copyOf(stretches);
  }

  /// Whether these are all, so that no more surveys are needed.
  public boolean isComplete() {
    return complete;
  }

  private void follow(Survey survey) {
    Survey.View view = open == null ? survey.outside() : survey.inside();
    Open before = open;
    if (before != null) {
      boolean goesOn = view.first() == Survey.NOWHERE && !view.broken();
      if (goesOn && survey.to() - before.row() < maxRowBytes) {
        line += survey.lines();
        return;
      }
      if (view.first() == Survey.NOWHERE || view.first() - before.row() >= maxRowBytes) {
        last(before.stretch().from());
        return;
      }
      stretches.add(before.stretch());
      open = null;
      start = at(view.first(), line + view.linesBefore(), before.ordinal() + 1);
    } else if (start.offset() != survey.from()) {
      last(start);
      return;
    }
    if (survey.to() == Survey.NOWHERE || view.broken()) {
      last(start);
      return;
    }
    line += survey.lines();
    var stretch = new Stretch(start, survey.to());
    if (view.open() >= 0) {
      open = new Open(stretch, view.open(), start.ordinal() + view.rows() - 1);
    } else {
      if (view.rows() > 0) {
        stretches.add(stretch);
      }
      start = at(survey.to(), line, start.ordinal() + view.rows());
    }
  }

  private void last(Position from) {
    stretches.add(new Stretch(from, Survey.NOWHERE));
    complete = true;
    waiting.clear();
  }

  private static Position at(long offset, long line, long ordinal) {
    return new Position(0, offset, line, ordinal, 0);
  }
}
