package dev.waybill.flow.books;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waybill.Span;
import java.util.BitSet;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class OrdinalsTest {

  @Test
  void whatIsInTheOneAndNotInTheOtherIsWhatBitsSay() {
    var random = new Random(11);
    for (int round = 0; round < 500; round++) {
      BitSet some = random(random);
      BitSet others = random(random);

      Ordinals rest = ordinals(some).without(ordinals(others));

      some.andNot(others);
      assertThat(rest.spans()).containsExactlyElementsOf(ordinals(some).spans().toList());
      assertThat(rest.count()).isEqualTo(some.cardinality());
    }
  }

  @Test
  void openEndStaysOpen() {
    Ordinals open = Ordinals.range(1, Long.MAX_VALUE);

    assertThat(open.behind(1_000).spans()).containsExactly(new Span(1_001, Long.MAX_VALUE));
    assertThat(open.without(Ordinals.range(500, Long.MAX_VALUE)).spans())
        .containsExactly(new Span(1, 499));
    assertThat(open.without(open).isEmpty()).isTrue();
    assertThat(open.count()).isEqualTo(Long.MAX_VALUE);
  }

  private static BitSet random(Random random) {
    var bits = new BitSet();
    for (int at = 1 + random.nextInt(4); at < 60; at += 1 + random.nextInt(8)) {
      int end = at + random.nextInt(8);
      bits.set(at, end);
      at = end;
    }
    return bits;
  }

  private static Ordinals ordinals(BitSet bits) {
    var ordinals = new Ordinals();
    bits.stream().forEach(bit -> ordinals.add(bit, bit));
    return ordinals;
  }
}
