package dev.waybill.testkit.aws;

import java.util.ArrayList;
import java.util.List;

/// The calls of one service. Safe for use by many threads.
final class CallLog {

  private final Keeping keeping;
  private final List<SeenCall> calls = new ArrayList<>();
  private long count;

  CallLog(Keeping keeping) {
    this.keeping = keeping;
  }

  synchronized void add(SeenCall call) {
    count++;
    if (keeping == Keeping.ITEMS) {
      calls.add(call);
    }
  }

  synchronized List<SeenCall> calls() {
    return List.copyOf(calls);
  }

  synchronized long count() {
    return count;
  }
}
