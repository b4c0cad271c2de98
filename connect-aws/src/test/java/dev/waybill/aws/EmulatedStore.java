package dev.waybill.aws;

import java.util.List;

/// What an emulator holds by its own account, asked by a client of the test's own.
interface EmulatedStore extends AutoCloseable {

  /// The payloads that were stored, each as often as it is there.
  List<String> texts();

  @Override
  void close();
}
