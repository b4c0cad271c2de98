package dev.waybill;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class BatchTest {

  private final Item<String> item = Item.of(7, "a");

  @Test
  void itemKeepsItsKeyInEveryBatchOfTheRun() {
    Batch<String> first = Batch.of("run", 1, List.of(item), 1);
    Batch<String> later = Batch.of("run", 12, List.of(Item.of(3, "b"), item), 2);

    assertThat(first.itemKey(item)).isEqualTo(later.itemKey(item));
  }

  @Test
  void itemsOfOtherPlacesAndRunsHaveOtherKeys() {
    Batch<String> batch = Batch.of("run", 1, List.of(item), 1);

    assertThat(batch.itemKey(item))
        .isNotEqualTo(batch.itemKey(Item.of(8, "a")))
        .isNotEqualTo(Batch.of("other", 1, List.of(item), 1).itemKey(item));
  }
}
