package dev.waybill.server.page.view;

import dev.waybill.server.catalog.FlowRun;

/// How a run ended, or stands, as people are shown it. Each has a word and a sign besides its
/// colour, so that nobody needs to see the colour.
public enum Outcome {
  QUEUED("waiting", "clock"),
  RUNNING("running", "dots"),
  CANCELLING("ending", "stop"),
  DELIVERED("delivered", "check"),
  PARTLY("delivered in part", "partly"),
  FAILED("failed", "cross"),
  CANCELLED("cancelled", "stop");

  private final String word;
  private final String sign;

  Outcome(String word, String sign) {
    this.word = word;
    this.sign = sign;
  }

  /// The outcome of this run.
  public static Outcome of(FlowRun run) {
    return switch (run.state()) {
      case QUEUED -> run.cancelling() ? CANCELLING : QUEUED;
      case RUNNING -> run.cancelling() ? CANCELLING : RUNNING;
      case SUCCESS -> run.counts().undelivered() == 0 ? DELIVERED : PARTLY;
      case FAILED -> run.cancelling() ? CANCELLED : FAILED;
    };
  }

  /// `delivered in part`.
  public String word() {
    return word;
  }

  /// The word at the beginning of a line.
  public String heading() {
    return Character.toUpperCase(word.charAt(0)) + word.substring(1);
  }

  /// The name of its sign among the icons.
  public String sign() {
    return sign;
  }

  /// The class that gives it its colour.
  public String style() {
    return "o-" + name().toLowerCase(java.util.Locale.ROOT);
  }

  /// Whether something may still happen.
  public boolean isUnderWay() {
    return switch (this) {
      case QUEUED, RUNNING, CANCELLING -> true;
      case DELIVERED, PARTLY, FAILED, CANCELLED -> false;
    };
  }
}
