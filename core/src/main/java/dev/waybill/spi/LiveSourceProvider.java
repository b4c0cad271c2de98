package dev.waybill.spi;

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
}
