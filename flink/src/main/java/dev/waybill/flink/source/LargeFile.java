package dev.waybill.flink.source;

import dev.waybill.files.Division;
import dev.waybill.files.Outline;
import dev.waybill.files.Stretch;
import dev.waybill.files.Survey;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A file in parts: which were surveyed, and which of its stretches were handed out.
final class LargeFile {

  private final int file;
  private final long partBytes;
  private final int parts;
  private final Outline outline;
  private final List<Survey> surveys = new ArrayList<>();
  private final BitSet begun = new BitSet();
  private int handedOut;

  LargeFile(int file, Division division, long partBytes) {
    this.file = file;
    this.partBytes = partBytes;
    this.parts = division.parts();
    this.outline = division.outline();
  }

  int file() {
    return file;
  }

  void handedOut(int stretches) {
    handedOut = stretches;
  }

  void add(Survey survey) {
    if (surveys.stream().noneMatch(known -> known.part() == survey.part())) {
      surveys.add(survey);
      begun.set(survey.part());
      outline.add(survey);
    }
  }

  /// The next stretch that can be read; null if more must be surveyed first.
  JobSplit.@Nullable Rows nextStretch() {
    List<Stretch> known = outline.stretches();
    if (handedOut >= known.size()) {
      return null;
    }
    Stretch stretch = known.get(handedOut);
    return new JobSplit.Rows(file, handedOut++, stretch.from(), stretch.end());
  }

  /// The next part to survey; null if all were begun, or no more are needed.
  JobSplit.@Nullable Part nextPart() {
    int part = begun.nextClearBit(0);
    if (outline.isComplete() || part >= parts) {
      return null;
    }
    begun.set(part);
    return new JobSplit.Part(file, part, partBytes);
  }

  /// Whether all of it was handed out.
  boolean isHandedOut() {
    return outline.isComplete() && handedOut == outline.stretches().size();
  }

  Progress.Divided progress() {
    return new Progress.Divided(file, List.copyOf(surveys), handedOut);
  }
}
