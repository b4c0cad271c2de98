package dev.waybill;

/// A run of ordinals, both ends included.
public record Span(long first, long last) {

  public Span {
    if (first < 1 || last < first) {
      throw new IllegalArgumentException("no span: " + first + " to " + last);
    }
  }

  public long size() {
    return last - first + 1;
  }
}
