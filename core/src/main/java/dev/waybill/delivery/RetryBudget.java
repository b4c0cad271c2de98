package dev.waybill.delivery;

/// Holds retries down when most of them fail, over the whole run: each retry takes a token, each
/// call that gets something done brings one back, and one comes back each second. Without tokens
/// retries wait; none is dropped.
final class RetryBudget {

  private static final double TOKENS_PER_NANO = 1e-9;

  private final double capacity;
  private double tokens;
  private long asOf;

  /// @param capacity retries that may fail in a row before they slow down to one a second
  RetryBudget(int capacity) {
    this.capacity = capacity;
    this.tokens = capacity;
  }

  /// Takes a token if there is one.
  boolean take(long now) {
    refill(now);
    if (tokens < 1) {
      return false;
    }
    tokens--;
    return true;
  }

  /// When there will be a token.
  long nextAt(long now) {
    refill(now);
    return tokens >= 1 ? now : now + (long) Math.ceil((1 - tokens) / TOKENS_PER_NANO);
  }

  /// A call got something done.
  void refund() {
    tokens = Math.min(capacity, tokens + 1);
  }

  private void refill(long now) {
    tokens = Math.min(capacity, tokens + Math.max(0, now - asOf) * TOKENS_PER_NANO);
    asOf = now;
  }
}
