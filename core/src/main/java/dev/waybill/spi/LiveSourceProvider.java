package dev.waybill.spi;

import dev.waybill.UserException;
import java.util.List;

/// Makes live sources of one kind; found by `java.util.ServiceLoader`.
public interface LiveSourceProvider {

  /// What it is called in lists and complaints, and where an address begins with it and `://`:
  /// `kafka`.
  String name();

  /// One line for the list of sources: what it is, and the form of its address.
  String summary();

  /// Whether a location looks like this kind, by its text alone: `kafka://broker:9092/orders`.
  boolean recognizes(String location);

  /// The settings that it has.
  List<Option> options();

  /// Opens it, and looks whether it is there as far as that changes nothing. Reads no records yet.
  ///
  /// @param location what the user gave as the source
  /// @throws dev.waybill.UserException if location or options are wrong
  LiveSource open(String location, Options options);

  /// What it holds at the moment, for readers that take a part each and end with it. Asking for it
  /// changes nothing, and no reader's place is kept.
  ///
  /// @return a stretch of each partition that holds anything, in the order of their names
  /// @throws dev.waybill.UserException if location or options are wrong, or this kind of source can
  ///   only be read live
  default List<Backlog> backlog(String location, Options options) {
    throw new UserException(
        "What comes from " + name() + " can only be read live: run the job where its ledger is.");
  }

  /// Opens a stretch of a partition. An item's ordinal is its offset and one, so the same in every
  /// reading.
  ///
  /// @throws dev.waybill.UserException if it can not be read
  default Source open(String location, Options options, Backlog stretch) {
    throw new UserException("What comes from " + name() + " can only be read live.");
  }

  /// Some of a partition's records, one behind the other.
  ///
  /// @param partition its name
  /// @param from the first offset, from 0
  /// @param to behind the last one
  record Backlog(String partition, long from, long to) {}
}
