package dev.waybill.server.page.view;

import dev.waybill.server.catalog.Sample;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Records in a second over a run's time, ready to be drawn.
///
/// The plot is [#WIDTH] by [#HEIGHT] and is stretched to the place that it gets, so positions of
/// texts are shares of a hundred.
///
/// @param area the outline below the line of delivered records
/// @param line delivered records in a second
/// @param lost records in a second that ended otherwise; empty if there were none
/// @param throttled when the destination was not to be called
/// @param zones one for each interval, to hover over
public record Chart(
    String area,
    String line,
    String lost,
    List<Band> throttled,
    List<Mark> levels,
    List<Mark> moments,
    List<Zone> zones,
    String summary) {

  public static final int WIDTH = 1_000;
  public static final int HEIGHT = 200;

  /// More could not be told apart on a screen, nor hovered over.
  private static final int MOST_INTERVALS = 120;

  /// A smaller share of an interval is noise: one call that had to wait a moment.
  private static final double LEAST_SHARE = 0.05;

  /// A time that is shaded.
  public record Band(String x, String width, String title) {}

  /// A mark of an axis.
  ///
  /// @param at in hundredths of the plot, from the left or from the top
  /// @param anchor where the text has its fixed point: `start`, `middle`, `end`
  public record Mark(String at, String text, String anchor) {}

  /// An interval.
  public record Zone(
      String x, String width, String time, String delivered, String lost, String waited) {}

  private record Interval(double from, double to, double delivered, double lost, double waited) {
    double length() {
      return to - from;
    }

    double share() {
      return Math.min(1, waited / length());
    }
  }

  /// The chart of a run's samples; null if there are too few to draw.
  static @Nullable Chart of(List<Sample> samples) {
    List<Interval> intervals = thinned(intervals(samples));
    if (intervals.isEmpty()) {
      return null;
    }
    double end = intervals.getLast().to();
    double most = 0;
    boolean anyLost = false;
    for (Interval interval : intervals) {
      most = Math.max(most, Math.max(interval.delivered(), interval.lost()));
      anyLost |= interval.lost() > 0;
    }
    List<Double> marks = Scale.marks(most);
    double top = marks.getLast();
    String line = line(intervals, end, top, Series.DELIVERED);
    return new Chart(
        line + "L" + WIDTH + "," + HEIGHT + "L0," + HEIGHT + "Z",
        line,
        anyLost ? line(intervals, end, top, Series.LOST) : "",
        bands(intervals, end),
        marks.stream()
            .map(
                mark -> new Mark(Wording.svg(100 - 100 * mark / top), Wording.brief(mark), "start"))
            .toList(),
        moments(end),
        zones(intervals, end),
        summary(intervals, end));
  }

  private enum Series {
    DELIVERED,
    LOST
  }

  private static List<Interval> intervals(List<Sample> samples) {
    var intervals = new ArrayList<Interval>();
    var before = new Sample(Duration.ZERO, 0, 0, 0, 0, 0, Duration.ZERO, 0);
    for (Sample sample : samples) {
      double from = before.at().toMillis() / 1_000.0;
      double to = sample.at().toMillis() / 1_000.0;
      if (to - from >= 0.05) {
        intervals.add(
            new Interval(
                from,
                to,
                Math.max(0, sample.delivered() - before.delivered()) / (to - from),
                Math.max(0, lost(sample) - lost(before)) / (to - from),
                Math.max(0, sample.throttled().minus(before.throttled()).toMillis() / 1_000.0)));
        before = sample;
      }
    }
    return intervals;
  }

  private static long lost(Sample sample) {
    return sample.rejected() + sample.unknown() + sample.unprocessed();
  }

  private static List<Interval> thinned(List<Interval> intervals) {
    int group = (intervals.size() + MOST_INTERVALS - 1) / MOST_INTERVALS;
    if (group <= 1) {
      return intervals;
    }
    var fewer = new ArrayList<Interval>();
    for (int i = 0; i < intervals.size(); i += group) {
      List<Interval> part = intervals.subList(i, Math.min(i + group, intervals.size()));
      double from = part.getFirst().from();
      double to = part.getLast().to();
      double delivered = 0;
      double lost = 0;
      double waited = 0;
      for (Interval interval : part) {
        delivered += interval.delivered() * interval.length();
        lost += interval.lost() * interval.length();
        waited += interval.waited();
      }
      fewer.add(new Interval(from, to, delivered / (to - from), lost / (to - from), waited));
    }
    return fewer;
  }

  private static String line(List<Interval> intervals, double end, double top, Series series) {
    var path = new StringBuilder();
    String y = "0";
    for (Interval interval : intervals) {
      double value = series == Series.DELIVERED ? interval.delivered() : interval.lost();
      y = Wording.svg(HEIGHT - HEIGHT * value / top);
      if (path.isEmpty()) {
        path.append("M0,").append(y);
      }
      path.append('L').append(x((interval.from() + interval.to()) / 2, end)).append(',').append(y);
    }
    return path.append('L').append(WIDTH).append(',').append(y).toString();
  }

  private static String x(double seconds, double end) {
    return Wording.svg(WIDTH * seconds / end);
  }

  private static List<Band> bands(List<Interval> intervals, double end) {
    var bands = new ArrayList<Band>();
    double from = -1;
    double to = 0;
    double waited = 0;
    for (Interval interval : intervals) {
      if (interval.share() >= LEAST_SHARE) {
        from = from < 0 ? interval.from() : from;
        to = interval.to();
        waited += interval.waited();
      } else if (from >= 0) {
        bands.add(band(from, to, waited, end));
        from = -1;
        waited = 0;
      }
    }
    if (from >= 0) {
      bands.add(band(from, to, waited, end));
    }
    return bands;
  }

  private static Band band(double from, double to, double waited, double end) {
    return new Band(
        x(from, end),
        x(to - from, end),
        "throttled for " + seconds(waited) + " from " + seconds(from) + " to " + seconds(to));
  }

  private static List<Mark> moments(double end) {
    List<Duration> moments = Scale.moments(Duration.ofMillis((long) (end * 1_000)), 6);
    return moments.stream()
        .map(
            moment -> {
              double at = 100.0 * moment.toMillis() / 1_000 / end;
              return new Mark(
                  Wording.svg(at),
                  moment.isZero() ? "0" : Wording.length(moment),
                  at < 3 ? "start" : at > 95 ? "end" : "middle");
            })
        .toList();
  }

  private static List<Zone> zones(List<Interval> intervals, double end) {
    return intervals.stream()
        .map(
            interval ->
                new Zone(
                    x(interval.from(), end),
                    x(interval.length(), end),
                    seconds(interval.from()) + " to " + seconds(interval.to()),
                    Wording.brief(interval.delivered()),
                    Wording.brief(interval.lost()),
                    interval.waited() < 0.05 ? "" : seconds(interval.waited())))
        .toList();
  }

  private static String summary(List<Interval> intervals, double end) {
    double best = 0;
    double sum = 0;
    double waited = 0;
    for (Interval interval : intervals) {
      best = Math.max(best, interval.delivered());
      sum += interval.delivered() * interval.length();
      waited += interval.waited();
    }
    return Wording.brief(sum / end)
        + " delivered in a second on average, "
        + Wording.brief(best)
        + " at best"
        + (waited < 0.1 ? "" : "; throttled for " + seconds(waited) + " of " + seconds(end));
  }

  private static String seconds(double seconds) {
    return seconds == 0 ? "0 s" : Wording.length(Duration.ofMillis(Math.round(seconds * 1_000)));
  }
}
