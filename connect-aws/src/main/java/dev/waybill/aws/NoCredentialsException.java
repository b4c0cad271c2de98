package dev.waybill.aws;

/// The chain of credentials has none to offer, or none any more; no request was made.
///
/// The cause is only suppressed: the SDK takes exceptions apart and passes on the innermost.
final class NoCredentialsException extends RuntimeException {

  NoCredentialsException(Throwable cause) {
    super(cause.getMessage());
    addSuppressed(cause);
  }
}
