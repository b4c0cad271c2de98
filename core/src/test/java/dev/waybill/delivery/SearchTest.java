package dev.waybill.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.BitSet;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SearchTest {

  @ParameterizedTest
  @CsvSource({"0", "1", "3", "10", "50", "200", "500"})
  void needsLittleMoreThanTheInformationTheoreticBound(int bad) {
    double bits = 0;
    for (int i = 0; i < bad; i++) {
      bits += Math.log((1000.0 - i) / (i + 1)) / Math.log(2);
    }

    assertThat(meanCalls(1000, bad, 300)).isLessThanOrEqualTo(1.1 * bits + bad + 3);
  }

  /// The mean number of calls for a batch with this many bad items at random places, the first
  /// refusal included.
  private static double meanCalls(int size, int bad, int rounds) {
    var random = new SplittableRandom(7);
    long calls = 0;
    for (int round = 0; round < rounds; round++) {
      BitSet places = new BitSet();
      while (places.cardinality() < bad) {
        places.set(random.nextInt(size));
      }
      calls += 1 + (bad == 0 ? 0 : calls(size, places));
    }
    return (double) calls / rounds;
  }

  private static int calls(int size, BitSet bad) {
    var search = new Search(size, new BadShare());
    var judged = new BitSet();
    int calls = 0;
    for (int asked = search.next(); asked > 0; asked = search.next()) {
      calls++;
      int from = search.from();
      boolean refused = bad.get(from, from + asked).cardinality() > 0;
      if (!refused || asked == 1) {
        assertThat(judged.get(from, from + asked).isEmpty()).as("each is judged once").isTrue();
        judged.set(from, from + asked);
      }
      search.answered(refused ? Search.Answer.REFUSED : Search.Answer.PASSED);
    }
    assertThat(judged.cardinality()).as("all are judged").isEqualTo(size);
    return calls;
  }

  @Test
  void guiltyGroupWhoseSiblingIsCleanNeedsNoCallOfItsOwn() {
    var search = new Search(2, new BadShare());

    assertThat(search.next()).isEqualTo(1);
    search.answered(Search.Answer.PASSED);

    // The second item is known to be bad: it is sent alone, once, for its reason.
    assertThat(search.from()).isEqualTo(1);
    assertThat(search.next()).isEqualTo(1);
    search.answered(Search.Answer.REFUSED);
    assertThat(search.next()).isZero();
  }

  @Test
  void whatWasLearntSizesTheNextGroups() {
    var clean = new BadShare();
    clean.foundGood(10_000);
    clean.foundBad();
    var dirty = new BadShare();
    for (int i = 0; i < 100; i++) {
      dirty.foundGood(4);
      dirty.foundBad();
    }

    assertThat(clean.mostTelling(1_000, false)).isEqualTo(1_000);
    assertThat(dirty.mostTelling(1_000, false)).isEqualTo(3);
  }

  @Test
  void undecidedGroupSaysNothingOfTheOthers() {
    var search = new Search(100, new BadShare());
    int asked = search.next();

    search.answered(Search.Answer.UNDECIDED);

    assertThat(search.from()).isEqualTo(asked);
    search.next();
    search.answered(Search.Answer.PASSED);
    while (search.next() > 0) {
      search.answered(Search.Answer.PASSED);
    }
    assertThat(search.from()).isEqualTo(100);
  }
}
