package dev.waybill.spi;

import dev.waybill.Batch;
import dev.waybill.Settlement;
import java.util.Map;

/// The durable account of one run, kept up by the one thread that works on it.
///
/// What is said is gathered and becomes durable, all or nothing, at [#commit]. The run commits
/// before it makes the calls that it announced, so after a crash at any instant the ledger knows of
/// each item whether it was settled, was in a call whose outcome is not known, or neither.
public interface Journal<T> extends AutoCloseable {

  /// A call with these items is about to be made. Until [#concluded] or the end of its items, they
  /// count as in doubt.
  void sends(Batch<T> batch);

  /// No call with this number has left a doubt: what of it is not settled was certainly not
  /// applied.
  void concluded(long number);

  /// These items have come to their end.
  void settled(Settlement<T> settlement);

  /// How far the run's files have been written, by name.
  void wrote(Map<String, Long> lengths);

  /// All records of a live source in this stretch have come to their end. It takes the place of the
  /// stretch that was told with the same first position.
  default void reached(Stretch stretch) {}

  /// The stretch that was told with this first position is part of one before it now, or is of no
  /// use any more.
  default void forgets(Position first) {}

  /// A live source's far side knows that all is settled up to here.
  default void told(Position upTo) {}

  /// Makes durable what was said since the last time, in one step.
  ///
  /// @throws dev.waybill.UserException if it can not be written (a full disk), or if another
  ///   process has taken the run over; nothing may be sent then
  void commit();

  /// A journal that keeps nothing, for runs that need not survive a crash.
  static <T> Journal<T> none() {
    return new Journal<>() {
      @Override
      public void sends(Batch<T> batch) {}

      @Override
      public void concluded(long number) {}

      @Override
      public void settled(Settlement<T> settlement) {}

      @Override
      public void wrote(Map<String, Long> lengths) {}

      @Override
      public void commit() {}

      @Override
      public void close() {}
    };
  }

  @Override
  void close();
}
