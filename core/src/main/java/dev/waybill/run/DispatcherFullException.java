package dev.waybill.run;

/// A [Dispatcher] has no room for another payload. It was not taken; nothing is lost.
public final class DispatcherFullException extends RuntimeException {

  DispatcherFullException(String sentence) {
    super(sentence);
  }
}
