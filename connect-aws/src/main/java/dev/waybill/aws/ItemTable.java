package dev.waybill.aws;

import dev.waybill.Reason;
import dev.waybill.Verdict;
import dev.waybill.Verdict.Rejected.Kind;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What a failed item of an answered call means, by the service's error code. A code that is in no
/// table counts as a rejection that may pass: the service says that it did not take the item.
final class ItemTable {

  private enum Meaning {
    DEFERRED,
    REJECTED,
    IN_DOUBT
  }

  private final Map<String, Meaning> meanings = new HashMap<>();

  /// Codes upon which the item is to be sent again; nothing was applied.
  ItemTable deferred(String... codes) {
    return with(Meaning.DEFERRED, codes);
  }

  /// Codes upon which the item would fail for ever.
  ItemTable rejected(String... codes) {
    return with(Meaning.REJECTED, codes);
  }

  /// Codes upon which the item may have been applied nevertheless.
  ItemTable inDoubt(String... codes) {
    return with(Meaning.IN_DOUBT, codes);
  }

  private ItemTable with(Meaning meaning, String... codes) {
    for (String code : codes) {
      meanings.put(Codes.plain(code), meaning);
    }
    return this;
  }

  Verdict verdict(String code, @Nullable String message) {
    var reason = Reason.of(code, message == null ? "the service failed it" : Text.oneLine(message));
    return switch (meanings.get(Codes.plain(code))) {
      case DEFERRED -> new Verdict.Deferred(reason);
      case REJECTED -> new Verdict.Rejected(reason, Kind.PERMANENT);
      case IN_DOUBT -> new Verdict.InDoubt(reason);
      case null -> new Verdict.Rejected(reason, Kind.PASSING);
    };
  }
}
