package dev.waybill.server.http;

/// How many requests somebody may make.
///
/// @param perSecond in the long run, above 0
/// @param burst at once after a pause, at least 1
public record Rate(double perSecond, int burst) {

  public Rate {
    if (!(perSecond > 0) || burst < 1) {
      throw new IllegalArgumentException(perSecond + " requests a second, " + burst + " at once");
    }
  }
}
