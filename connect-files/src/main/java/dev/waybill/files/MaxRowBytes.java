package dev.waybill.files;

import dev.waybill.spi.Option;
import dev.waybill.spi.Options;

/// The option that bounds the memory which one broken row can take.
final class MaxRowBytes {

  static final Option OPTION =
      Option.of(
          "max-row-bytes",
          "1048576",
          "The most bytes that a row may have, its line end included; longer ones are refused.");

  private MaxRowBytes() {}

  static int of(Options options) {
    return options.integer(OPTION.name(), 16, 1 << 28);
  }
}
