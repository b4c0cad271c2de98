package dev.waybill.spi;

import java.util.List;

/// Several kinds of destinations that one piece of code makes, such as those that are described by
/// files; found by `java.util.ServiceLoader`.
public interface DestinationFamily {

  /// One provider for each kind. Must not cost time: it is asked whenever any destination is looked
  /// for, so what takes long to read is to be read by the provider itself, when it is used.
  List<DestinationProvider> members();
}
