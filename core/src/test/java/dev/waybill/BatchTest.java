package dev.waybill;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class BatchTest {

  private final Item<String> item = Item.of(7, "a");

  @Test
  void itemKeepsItsKeyInEveryBatchOfTheRun() {
    Batch<String> first = new Batch<>(1, List.of(item), 1, "run");
    Batch<String> later = new Batch<>(12, List.of(Item.of(3, "b"), item), 2, "run");

    assertThat(first.itemKey(item)).isEqualTo(later.itemKey(item));
  }

  @Test
  void itemsOfOtherPlacesAndRunsHaveOtherKeys() {
    Batch<String> batch = new Batch<>(1, List.of(item), 1, "run");

    assertThat(batch.itemKey(item))
        .isNotEqualTo(batch.itemKey(Item.of(8, "a")))
        .isNotEqualTo(new Batch<>(1, List.of(item), 1, "other").itemKey(item));
  }
}
