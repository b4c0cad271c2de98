package dev.waybill.delivery;

/// What is believed of the share of bad items, learnt from the items judged so far in the run.
///
/// The share is one of a fixed row of values, from one in three to one in a million, all equally
/// likely at first; every item found good or bad makes some of them likelier (Bayes' rule). Two
/// counts are all that has to be remembered for that. They fade as new evidence comes in, so that a
/// change in the middle of a file is noticed.
final class BadShare {

  /// Neighbouring shares differ by the square root of two.
  private static final int SHARES = 40;

  private static final double LARGEST = 0.35;

  /// Evidence from more items than this is thinned out, so that old batches weigh less than new.
  private static final double MEMORY = 20_000;

  private final double[] logBad = new double[SHARES];
  private final double[] logGood = new double[SHARES];
  private final double[] weights = new double[SHARES];
  private double good;
  private double bad;
  private boolean stale = true;

  BadShare() {
    for (int i = 0; i < SHARES; i++) {
      double share = LARGEST * Math.pow(2, -i / 2.0);
      logBad[i] = Math.log(share);
      logGood[i] = Math.log1p(-share);
    }
  }

  /// `count` items were found good.
  void foundGood(int count) {
    good += count;
    fade();
  }

  /// One item was found bad.
  void foundBad() {
    bad++;
    fade();
  }

  private void fade() {
    if (good + bad > MEMORY) {
      good /= 2;
      bad /= 2;
    }
    stale = true;
  }

  private void weigh() {
    double largest = Double.NEGATIVE_INFINITY;
    for (int i = 0; i < SHARES; i++) {
      weights[i] = good * logGood[i] + bad * logBad[i];
      largest = Math.max(largest, weights[i]);
    }
    for (int i = 0; i < SHARES; i++) {
      weights[i] = Math.exp(weights[i] - largest);
    }
    stale = false;
  }

  /// How many items of a group to send next, so that the answer tells most: the number for which
  /// "all good" is as likely as not.
  ///
  /// @param size items in the group, at least 2
  /// @param guilty whether at least one of them is known to be bad
  /// @return from 1 to `size`, and less than `size` for a guilty group
  int mostTelling(int size, boolean guilty) {
    if (stale) {
      weigh();
    }
    int low = 1;
    int high = guilty ? size - 1 : size;
    while (low < high) {
      int middle = (low + high + 1) >>> 1;
      if (chanceOfClean(middle, size, guilty) >= 0.5) {
        low = middle;
      } else {
        high = middle - 1;
      }
    }
    // low is the largest number with at least an even chance; the next may be nearer to even.
    int most = guilty ? size - 1 : size;
    if (low < most
        && 0.5 - chanceOfClean(low + 1, size, guilty) < chanceOfClean(low, size, guilty) - 0.5) {
      return low + 1;
    }
    return low;
  }

  /// The chance that the first `count` items are all good.
  private double chanceOfClean(int count, int size, boolean guilty) {
    double clean = 0;
    double all = 0;
    for (int i = 0; i < SHARES; i++) {
      double none = guilty ? Math.exp(size * logGood[i]) : 0;
      clean += weights[i] * (Math.exp(count * logGood[i]) - none);
      all += weights[i] * (1 - none);
    }
    return clean / all;
  }
}
