package dev.waybill.server.page.view;

import dev.waybill.server.catalog.FlowRun;
import java.util.ArrayList;
import java.util.List;

/// What became of a run's records, as the parts of one bar.
///
/// @param read how many were read
/// @param open how many of them are still on their way
public record Dispositions(long read, long open, List<Part> parts) {

  /// The bar's length in its own units.
  public static final int LENGTH = 1_000;

  /// No part that is there may be thinner, or nobody would see a few rejected ones in a million.
  private static final double LEAST = 6;

  /// One part.
  ///
  /// @param name `delivered`, and so on
  /// @param filter the disposition by which the records' list finds them; empty for delivered ones
  /// @param x where it begins, of [#LENGTH]
  /// @param width how long it is
  public record Part(
      String name,
      String filter,
      String meaning,
      long count,
      String share,
      String x,
      String width) {

    public String words() {
      return Wording.count(count);
    }
  }

  static Dispositions of(FlowRun.Counts counts) {
    long open = Math.max(0, counts.read() - counts.delivered() - counts.undelivered());
    String[] names = {"delivered", "rejected", "unknown", "unprocessed"};
    String[] meanings = {
      "the destination has them",
      "not wanted, with the reason said",
      "may have arrived or not, nobody could say",
      "certainly not arrived, may be sent again"
    };
    long[] numbers = {
      counts.delivered(), counts.rejected(), counts.unknown(), counts.unprocessed()
    };
    double[] widths = widths(numbers, open);
    var parts = new ArrayList<Part>();
    double x = 0;
    for (int i = 0; i < names.length; i++) {
      parts.add(
          new Part(
              names[i],
              i == 0 ? "" : names[i],
              meanings[i],
              numbers[i],
              Wording.percent(numbers[i], counts.read()),
              Wording.svg(x),
              Wording.svg(widths[i])));
      x += widths[i];
    }
    return new Dispositions(counts.read(), open, List.copyOf(parts));
  }

  private static double[] widths(long[] numbers, long open) {
    long whole = open;
    for (long number : numbers) {
      whole += number;
    }
    var widths = new double[numbers.length];
    double added = 0;
    int largest = 0;
    for (int i = 0; i < numbers.length; i++) {
      double exact = whole == 0 ? 0 : (double) LENGTH * numbers[i] / whole;
      widths[i] = numbers[i] == 0 ? 0 : Math.max(LEAST, exact);
      added += widths[i] - exact;
      largest = widths[i] > widths[largest] ? i : largest;
    }
    // What the thin ones were given is taken from the longest.
    double room = (double) LENGTH * open / Math.max(1, whole);
    if (added > room) {
      widths[largest] = Math.max(LEAST, widths[largest] - (added - room));
    }
    return widths;
  }

  /// The bar in one sentence.
  public String label() {
    var text = new StringBuilder();
    for (Part part : parts) {
      text.append(text.isEmpty() ? "" : ", ").append(part.words()).append(' ').append(part.name());
    }
    return text + " of " + Wording.count(read, "record", "records");
  }
}
