package dev.waybill.cli.view;

import dev.waybill.cli.view.Screen.Ink;
import dev.waybill.delivery.Standing;
import dev.waybill.delivery.Tally;
import dev.waybill.run.LiveStanding;
import dev.waybill.run.Progress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// The state of a run in one line, for a terminal of some width or for a log.
public final class ProgressLine {

  private static final int WIDEST_BAR = 30;
  private static final int NARROWEST_BAR = 8;

  /// The columns of ` 100 %` behind the bar, and of the space between two parts.
  private static final int SHARE = 6;

  private static final int GAP = 2;
  private static final int MOST_FOR_REASON = 60;
  private static final int LEAST_FOR_REASON = 12;

  /// Of a live run, a record that is here for longer is worth a word.
  private static final Duration OLD = Duration.ofSeconds(5);

  private final Screen screen;

  public ProgressLine(Screen screen) {
    this.screen = screen;
  }

  /// A part of the line.
  ///
  /// @param plain its characters, which count for the width
  private record Part(String plain, @Nullable Ink ink) {}

  /// The line for a terminal with so many columns; never wider. What does not fit is left out from
  /// the end, but for the reason to wait, which is cut.
  public String bar(Glance glance, int columns) {
    List<Part> parts = parts(glance);
    Part wait = waits(glance);
    int reserved = wait == null ? 0 : Math.min(MOST_FOR_REASON, wait.plain().length() + GAP);
    int room = columns - width(parts) - reserved - SHARE;
    var line = new StringBuilder();
    int used = 0;
    int barWidth = Math.min(WIDEST_BAR, Math.max(NARROWEST_BAR, room));
    if (!Double.isNaN(glance.share()) && barWidth + SHARE <= columns) {
      line.append(drawn(glance, barWidth));
      used = barWidth + SHARE;
    }
    for (Part part : parts) {
      int needed = (used == 0 ? 0 : GAP) + part.plain().length();
      if (used + needed > columns) {
        break;
      }
      line.append(used == 0 ? "" : "  ").append(painted(part));
      used += needed;
    }
    if (wait != null && columns - used >= LEAST_FOR_REASON) {
      var cut = new Part(Words.cut(wait.plain(), columns - used - GAP), wait.ink());
      line.append("  ").append(painted(cut));
    }
    return line.toString();
  }

  /// The line for a log, in full.
  public String log(Glance glance) {
    var words = new ArrayList<String>();
    if (!Double.isNaN(glance.share())) {
      words.add((int) (glance.share() * 100) + " %");
    }
    parts(glance).forEach(part -> words.add(part.plain()));
    Part wait = waits(glance);
    return Words.time(glance.progress().elapsed())
        + ": "
        + String.join(", ", words)
        + (wait == null ? "" : "; " + wait.plain());
  }

  private String drawn(Glance glance, int width) {
    double share = Math.max(0, Math.min(1, glance.share()));
    int full = (int) (share * width);
    String text = String.format(Locale.ROOT, "%4d %%", (int) (share * 100));
    return screen.paint(Ink.GOOD, "━".repeat(full))
        + (screen.colour() == Screen.Colour.ON
            ? screen.paint(Ink.FAINT, "━".repeat(width - full))
            : "─".repeat(width - full))
        + text;
  }

  private List<Part> parts(Glance glance) {
    Tally tally = glance.progress().tally();
    var parts = new ArrayList<Part>();
    parts.add(new Part(Words.count(tally.delivered()) + " delivered", Ink.GOOD));
    add(parts, tally.rejected(), "rejected", Ink.BAD);
    add(parts, tally.unknown(), "unknown", Ink.DOUBTFUL);
    add(parts, tally.unprocessed(), "unprocessed", Ink.DOUBTFUL);
    parts.add(new Part(Words.count(Math.round(glance.perSecond())) + "/s", null));
    parts.add(new Part(glance.progress().standing().inFlight() + " in flight", null));
    LiveStanding live = glance.live();
    if (live != null) {
      add(parts, live);
    }
    return parts;
  }

  private static void add(List<Part> parts, LiveStanding live) {
    if (live.lag().isKnown()) {
      parts.add(
          switch (live.lag().unit()) {
            case RECORDS -> new Part("lag " + Words.count(live.lag().behind() + live.held()), null);
            case BYTES -> new Part("lag " + Words.count(live.lag().behind()) + " bytes", null);
          });
    }
    if (live.oldest().compareTo(OLD) > 0) {
      parts.add(new Part("oldest " + Words.time(live.oldest()), Ink.DOUBTFUL));
    }
  }

  private static void add(List<Part> parts, long count, String word, Ink ink) {
    if (count > 0) {
      parts.add(new Part(Words.count(count) + " " + word, ink));
    }
  }

  /// Why nothing goes on at the moment, or goes on slowly; null if it does.
  private static @Nullable Part waits(Glance glance) {
    switch (glance.ending()) {
      case STOPPING -> {
        return new Part("stopping after the calls under way; once more to stop now", Ink.DOUBTFUL);
      }
      case ABANDONING -> {
        return new Part("stopping now", Ink.DOUBTFUL);
      }
      case NO -> {}
    }
    Progress progress = glance.progress();
    Standing standing = progress.standing();
    return switch (standing.waitsFor()) {
      case NONE -> null;
      case GATE ->
          new Part(
              "waits "
                  + wait(standing.opensIn())
                  + ": "
                  + (standing.reason() == null ? "the destination asks to" : standing.reason()),
              Ink.DOUBTFUL);
      case PACE ->
          new Part(
              glance.callsPerSecond() > 0
                  ? "paced to " + Words.rate(glance.callsPerSecond()) + " calls/s"
                  : "paced",
              Ink.FAINT);
      case BACKOFF -> new Part("waits before it tries again", Ink.DOUBTFUL);
    };
  }

  private static String wait(Duration time) {
    return Words.time(Duration.ofSeconds(Math.max(1, (time.toMillis() + 999) / 1_000)))
        .replace(".0 s", " s");
  }

  private String painted(Part part) {
    return part.ink() == null ? part.plain() : screen.paint(part.ink(), part.plain());
  }

  private static int width(List<Part> parts) {
    return parts.stream().mapToInt(part -> part.plain().length() + GAP).sum();
  }
}
