package dev.waybill.flow.books;

import dev.waybill.Span;
import dev.waybill.flow.launch.Wanted;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/// A set of record numbers, gathered in order: 16 bytes for each group of neighbours.
public final class Ordinals implements Wanted {

  private long[] firsts = new long[16];
  private long[] lasts = new long[16];
  private int size;
  private long count;

  /// No numbers.
  public Ordinals() {}

  /// Adds the numbers from `first` to `last`, which must come behind all that are there.
  ///
  /// @throws IllegalArgumentException if they do not
  public void add(long first, long last) {
    if (size > 0 && first <= lasts[size - 1]) {
      throw new IllegalArgumentException(first + " comes behind " + lasts[size - 1]);
    }
    count += last - first + 1;
    if (size > 0 && lasts[size - 1] == first - 1) {
      lasts[size - 1] = last;
      return;
    }
    if (size == firsts.length) {
      firsts = Arrays.copyOf(firsts, size * 2);
      lasts = Arrays.copyOf(lasts, size * 2);
    }
    firsts[size] = first;
    lasts[size] = last;
    size++;
  }

  @Override
  public boolean has(long ordinal) {
    int at = Arrays.binarySearch(firsts, 0, size, ordinal);
    return at >= 0 || (at < -1 && lasts[-at - 2] >= ordinal);
  }

  public boolean isEmpty() {
    return size == 0;
  }

  /// How many numbers there are, up to [Long#MAX_VALUE], which is also where an open end is.
  public long count() {
    return count;
  }

  /// The least one.
  public long first() {
    return firsts[0];
  }

  /// The greatest one; 0 if there is none.
  @Override
  public long last() {
    return size == 0 ? 0 : lasts[size - 1];
  }

  /// Those of this set that are not in the other.
  public Ordinals without(Ordinals other) {
    var rest = new Ordinals();
    int at = 0;
    for (int i = 0; i < size; i++) {
      long next = firsts[i];
      while (at < other.size && other.lasts[at] < next) {
        at++;
      }
      for (int k = at; k < other.size && other.firsts[k] <= lasts[i]; k++) {
        if (other.firsts[k] > next) {
          rest.add(next, other.firsts[k] - 1);
        }
        next = other.lasts[k] + 1;
      }
      if (next >= firsts[i] && next <= lasts[i]) {
        rest.add(next, lasts[i]);
      }
    }
    return rest;
  }

  /// Those of this set that are greater.
  public Ordinals behind(long ordinal) {
    return without(range(1, ordinal));
  }

  /// The numbers from `first` to `last`; none if `last` is less.
  public static Ordinals range(long first, long last) {
    var range = new Ordinals();
    if (first <= last) {
      range.add(first, last);
    }
    return range;
  }

  /// Those of both, of which none may be in both.
  public Ordinals and(Ordinals others) {
    return of(spans(), others.spans());
  }

  /// The groups in order.
  public Stream<Span> spans() {
    return IntStream.range(0, size).mapToObj(i -> new Span(firsts[i], lasts[i]));
  }

  /// The numbers of both, each in order and none in both.
  static Ordinals of(Stream<Span> some, Stream<Span> others) {
    var all = new Ordinals();
    var merged = new PriorityQueue<Head>(Comparator.comparingLong(head -> head.span.first()));
    for (Iterator<Span> spans : List.of(some.iterator(), others.iterator())) {
      if (spans.hasNext()) {
        merged.add(new Head(spans.next(), spans));
      }
    }
    for (Head head = merged.poll(); head != null; head = merged.poll()) {
      all.add(head.span.first(), head.span.last());
      if (head.rest.hasNext()) {
        merged.add(new Head(head.rest.next(), head.rest));
      }
    }
    return all;
  }

  private record Head(Span span, Iterator<Span> rest) {}
}
