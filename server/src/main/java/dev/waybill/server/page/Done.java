package dev.waybill.server.page;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// What was just done, told on the page that comes after it. A code in the address, so that nobody
/// can put words of their own there.
enum Done {
  STARTED("The run is queued."),
  RETRIED("This run sends what did not arrive."),
  CANCELLED("The run is told to end; calls under way are waited for."),
  PAUSED("The flow is paused: it does not run until it is resumed."),
  RESUMED("The flow is resumed."),
  SAVED("The flow is saved."),
  REMOVED("The flow is removed; the ledger keeps what became of its records."),
  ALERTS_SET("The alerts are kept; what happened before now does not count for new ones."),
  SECRET_SET("The secret is kept; flows name it as secret:NAME."),
  SECRET_REMOVED("The secret is forgotten."),
  WITHDRAWN("The token is withdrawn; whoever used it is signed out."),
  SIGNED_OUT("You are signed out.");

  private final String sentence;

  Done(String sentence) {
    this.sentence = sentence;
  }

  String sentence() {
    return sentence;
  }

  String code() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  static @Nullable Done of(String code) {
    for (Done done : values()) {
      if (done.code().equals(code)) {
        return done;
      }
    }
    return null;
  }
}
