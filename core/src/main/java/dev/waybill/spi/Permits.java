package dev.waybill.spi;

/// What a connector may use of the machine that it runs on.
///
/// @param secrets where the values of secret options come from
/// @param addresses which addresses may be connected to
public record Permits(SecretSource secrets, AddressRule addresses) {

  private static final Permits EVERYTHING =
      new Permits(SecretSource.ofMachine(), AddressRule.any());

  /// All of it, as somebody may who runs the program for themselves.
  public static Permits everything() {
    return EVERYTHING;
  }
}
