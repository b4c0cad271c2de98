package dev.waybill.run;

import org.jspecify.annotations.Nullable;

/// Where a live source keeps a text for its next life.
public interface Bookmark {

  /// What was kept last; null if nothing was.
  @Nullable String read();

  /// Keeps a text, durably, in place of the one before.
  void write(String text);
}
