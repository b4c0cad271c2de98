package dev.waybill.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waybill.Disposition;
import dev.waybill.Item;
import dev.waybill.Reason;
import dev.waybill.Settlement;
import java.util.List;
import org.junit.jupiter.api.Test;

class ReasonDigestTest {

  private final ReasonDigest digest = new ReasonDigest();

  private void reject(long ordinal, String message) {
    digest.add(
        new Settlement<>(
            1,
            List.of(Item.of(ordinal, "payload")),
            Disposition.REJECTED,
            Reason.of("code", message),
            1,
            List.of()));
  }

  @Test
  void reasonsThatDifferOnlyInValuesAreOne() {
    reject(1, "age -3 violates the rule");
    reject(2, "age 178 violates the rule");
    reject(3, "age 1,234.5 violates the rule");
    reject(4, "email 'a' is there already");

    List<ReasonDigest.Group> groups = digest.groups();

    assertThat(groups).extracting(ReasonDigest.Group::count).containsExactly(3L, 1L);
    assertThat(groups.getFirst().pattern()).isEqualTo("age … violates the rule");
    assertThat(groups.getFirst().examples())
        .extracting(ReasonDigest.Example::message)
        .containsExactly(
            "age -3 violates the rule",
            "age 178 violates the rule",
            "age 1,234.5 violates the rule");
  }

  @Test
  void deliveredItemsHaveNoReason() {
    digest.add(
        new Settlement<>(1, List.of(Item.of(1, "x")), Disposition.DELIVERED, null, 1, List.of()));

    assertThat(digest.groups()).isEmpty();
  }

  @Test
  void memoryIsBoundedHoweverManyReasonsThereAre() {
    for (int i = 0; i < 5_000; i++) {
      reject(
          i + 1,
          "reason "
              + Character.toString('a' + i % 26)
              + Integer.toString(i, 36).replaceAll("\\d", "x")
              + i / 7 % 3
              + "y".repeat(i % 40));
    }

    assertThat(digest.groups()).hasSizeLessThanOrEqualTo(201);
    assertThat(digest.groups().stream().mapToLong(ReasonDigest.Group::count).sum())
        .isEqualTo(5_000);
  }
}
