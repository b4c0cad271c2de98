package dev.waybill.bench;

/// A way to send many items, to be measured beside others.
interface Contender extends AutoCloseable {

  String name();

  /// Sends these and waits until each is known to be stored.
  ///
  /// @throws IllegalStateException if one was not
  void deliver(Payloads payloads, int items) throws InterruptedException;

  @Override
  void close();
}
