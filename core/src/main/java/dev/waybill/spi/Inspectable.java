package dev.waybill.spi;

import org.jspecify.annotations.Nullable;

/// A destination that can show its calls as they go over the wire.
public interface Inspectable {

  /// Asks it to show each call that is begun from here on. Called once, before the first.
  void inspect(Inspector inspector);

  /// Looks at calls. Safe for use by many threads.
  @FunctionalInterface
  interface Inspector {

    /// A call went over the wire. To be told before `send`, `sendSingle` or `find` returns, by the
    /// thread on which that was called; of several in one of these, all are told.
    void exchanged(Exchange exchange);
  }

  /// A request and what came back. Secrets in both are masked, and long bodies are cut.
  ///
  /// @param answer null if none came
  record Exchange(String request, @Nullable String answer) {

    /// Of a body, so many bytes are worth showing.
    public static final int MOST_BODY_BYTES = 4 << 10;
  }
}
