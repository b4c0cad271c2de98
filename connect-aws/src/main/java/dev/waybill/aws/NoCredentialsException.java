package dev.waybill.aws;

/// The chain of credentials has none to offer, or none any more; no request was made.
final class NoCredentialsException extends RuntimeException {

  NoCredentialsException(Throwable cause) {
    super(cause.getMessage(), cause);
  }
}
