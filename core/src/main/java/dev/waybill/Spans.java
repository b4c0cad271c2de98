package dev.waybill;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/// A set of ordinals, kept as few spans: adding what touches a span extends it. Memory goes by the
/// number of gaps, not of ordinals.
public final class Spans {

  private final NavigableMap<Long, Long> lastByFirst = new TreeMap<>();

  /// No ordinals.
  public Spans() {}

  /// The ordinals of all these spans.
  public static Spans of(Collection<Span> spans) {
    var set = new Spans();
    spans.forEach(span -> set.add(span.first(), span.last()));
    return set;
  }

  /// Adds the ordinals from `first` to `last`; some may be there already.
  public void add(long first, long last) {
    long from = first;
    long to = last;
    Map.Entry<Long, Long> before = lastByFirst.floorEntry(first);
    if (before != null && before.getValue() >= first - 1) {
      from = before.getKey();
      to = Math.max(to, before.getValue());
    }
    Map.Entry<Long, Long> after = lastByFirst.higherEntry(from);
    while (after != null && after.getKey() <= to + 1) {
      to = Math.max(to, after.getValue());
      lastByFirst.remove(after.getKey());
      after = lastByFirst.higherEntry(from);
    }
    lastByFirst.put(from, to);
  }

  public boolean contains(long ordinal) {
    Map.Entry<Long, Long> span = lastByFirst.floorEntry(ordinal);
    return span != null && span.getValue() >= ordinal;
  }

  /// The least ordinal that is missing, counted from 1.
  public long firstMissing() {
    Map.Entry<Long, Long> first = lastByFirst.firstEntry();
    return first == null || first.getKey() > 1 ? 1 : first.getValue() + 1;
  }

  /// How many ordinals there are.
  public long count() {
    long count = 0;
    for (var span : lastByFirst.entrySet()) {
      count += span.getValue() - span.getKey() + 1;
    }
    return count;
  }

  /// The spans in order; none touches another.
  public List<Span> asList() {
    return lastByFirst.entrySet().stream()
        .map(span -> new Span(span.getKey(), span.getValue()))
        .toList();
  }

  @Override
  public String toString() {
    return asList().toString();
  }
}
