package dev.waybill.server.page.view;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// Round numbers for the axes of charts.
final class Scale {

  private static final double[] STEPS = {1, 2, 2.5, 5, 10};

  /// Seconds between the marks of an axis of time.
  private static final long[] TIMES = {
    1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1_800, 3_600, 7_200, 14_400, 21_600, 43_200, 86_400
  };

  private Scale() {}

  /// The marks above 0 up to the first that is not below `most`, at most four.
  static List<Double> marks(double most) {
    double target = Math.max(most, 1) / 4;
    double magnitude = Math.pow(10, Math.floor(Math.log10(target)));
    double step = magnitude * 10;
    for (double candidate : STEPS) {
      if (candidate * magnitude >= target) {
        step = candidate * magnitude;
        break;
      }
    }
    var marks = new ArrayList<Double>();
    for (int i = 1; marks.isEmpty() || marks.getLast() < most; i++) {
      marks.add(step * i);
    }
    return marks;
  }

  /// The moments to mark within a length of time, at most `most`; 0 is among them.
  static List<Duration> moments(Duration length, int most) {
    double seconds = length.toMillis() / 1_000.0;
    long step = TIMES[TIMES.length - 1];
    for (long candidate : TIMES) {
      if (seconds / candidate <= most - 1) {
        step = candidate;
        break;
      }
    }
    while (seconds / step > most - 1) {
      step *= 2;
    }
    var moments = new ArrayList<Duration>();
    for (long at = 0; at <= seconds; at += step) {
      moments.add(Duration.ofSeconds(at));
    }
    return moments;
  }
}
