package dev.waybill.ledger;

import dev.waybill.Disposition;
import java.util.Locale;

/// Dispositions as the ledger writes them.
final class Dispositions {

  private Dispositions() {}

  static String name(Disposition disposition) {
    return switch (disposition) {
      case DELIVERED -> "delivered";
      case REJECTED -> "rejected";
      case UNKNOWN -> "unknown";
      case UNPROCESSED -> "unprocessed";
    };
  }

  static Disposition named(String name) {
    return Disposition.valueOf(name.toUpperCase(Locale.ROOT));
  }
}
