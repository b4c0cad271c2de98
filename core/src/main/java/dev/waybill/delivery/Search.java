package dev.waybill.delivery;

/// Finds the bad items of a refused batch with few calls, by positions alone.
///
/// The items still in question are a run of positions: first a *guilty* group, known to hold a bad
/// item, then the rest, of which nothing is known. Each question is a call with the first few
/// items. If it passes, they are delivered, and a guilty group that shrinks to the others is still
/// guilty without a call of its own. If it is refused, they are the new guilty group, and what was
/// behind them in the old one is as open as the rest. A guilty group of one is sent alone, for its
/// own reason. This is generalised binary splitting (Hwang 1972), with the group sizes taken from
/// [BadShare] instead of from a known number of bad items.
final class Search {

  /// What a call with some of the items says of them.
  enum Answer {
    /// They were not refused as a whole.
    PASSED,
    /// They were refused as a whole.
    REFUSED,
    /// They are out of question, and nothing was learnt of the others.
    UNDECIDED
  }

  private final BadShare share;
  private final int end;
  private int from;
  private int guiltyUntil;
  private int asked;

  /// @param size items in the refused batch
  /// @param share what is known of bad items, kept up by this search
  Search(int size, BadShare share) {
    this.share = share;
    this.end = size;
    this.guiltyUntil = size;
  }

  /// The first position that is to be sent next.
  int from() {
    return from;
  }

  /// The first position behind those that were sent last.
  int askedUntil() {
    return from + asked;
  }

  /// How many items are to be sent next; 0 when all are judged.
  int next() {
    boolean guilty = guiltyUntil > from;
    int size = (guilty ? guiltyUntil : end) - from;
    asked = size <= 1 ? size : share.mostTelling(size, guilty);
    return asked;
  }

  /// What came of the items sent last.
  void answered(Answer answer) {
    switch (answer) {
      case PASSED -> {
        share.foundGood(asked);
        moveOn(Math.max(guiltyUntil, from + asked));
      }
      case REFUSED -> {
        if (asked == 1) {
          share.foundBad();
          moveOn(from + 1);
        } else {
          guiltyUntil = from + asked;
        }
      }
      case UNDECIDED -> moveOn(from + asked);
    }
  }

  private void moveOn(int newGuiltyUntil) {
    from += asked;
    guiltyUntil = newGuiltyUntil;
    asked = 0;
  }
}
