package dev.waybill.flow.launch;

/// Which records of a source are to be delivered.
public interface Wanted {

  /// Whether the record with this number is.
  boolean has(long ordinal);

  /// The number of the last one that is; none behind it has to be read.
  long last();

  /// `limit` records from number `first` on.
  static Wanted range(long first, long limit) {
    long last = limit > Long.MAX_VALUE - first ? Long.MAX_VALUE : first + limit - 1;
    return new Wanted() {
      @Override
      public boolean has(long ordinal) {
        return ordinal >= first && ordinal <= last;
      }

      @Override
      public long last() {
        return last;
      }
    };
  }
}
