package dev.waybill.server.catalog;

/// Somebody else changed the thing since it was read.
public final class StaleException extends RuntimeException {

  private static final long serialVersionUID = 1;

  public StaleException(String message) {
    super(message);
  }
}
