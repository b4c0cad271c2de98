package dev.waybill.redis;

import java.io.Serial;

/// A record that can not be made into a command. The message is the reason, as a user reads it.
final class UnfitException extends RuntimeException {

  @Serial private static final long serialVersionUID = 1;

  UnfitException(String reason) {
    super(reason);
  }
}
