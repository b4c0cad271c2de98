package dev.waybill.server.page.view;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waybill.server.catalog.CallRecord;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class SplitTreeTest {

  private final List<CallRecord> calls = new ArrayList<>();

  @Test
  void eachPartStandsBelowTheCallThatItWasTakenFrom() {
    CallRecord root = refused(1, 8);
    answered(1, 4);
    refused(5, 8);
    answered(7, 8);
    refused(5, 6);
    answered(5, 5);
    refused(6, 6);

    SplitTree tree = tree(root);

    assertThat(tree.boxes()).hasSize(7);
    assertThat(tree.links()).hasSize(6);
    assertThat(box(tree, 2).y()).isEqualTo(box(tree, 3).y());
    assertThat(box(tree, 7).y()).isGreaterThan(box(tree, 5).y());
    assertThat(box(tree, 7).look()).isEqualTo("bad");
    assertThat(tree.sentence())
        .isEqualTo(
            "A call with 8 records was refused as a whole. 7 calls in all found 1 record at fault,"
                + " and the others went through.");
  }

  @Test
  void boxesOfALevelDoNotOverlap() {
    CallRecord root = refused(1, 64);
    halve(1, 64, List.of(3L, 40L, 41L, 63L));

    SplitTree tree = tree(root);

    for (SplitTree.Box one : tree.boxes()) {
      assertThat(one.x()).isNotNegative();
      assertThat(one.x() + one.width()).isLessThanOrEqualTo(tree.width());
      for (SplitTree.Box other : tree.boxes()) {
        if (one.call() < other.call() && one.y() == other.y()) {
          assertThat(Math.abs(one.x() - other.x())).isGreaterThanOrEqualTo(one.width());
        }
      }
    }
  }

  @Test
  void callThatIsMadeAgainIsOneBox() {
    CallRecord root = refused(1, 2);
    answered(1, 1);
    add(2, 2, "throttled", 0);
    refused(2, 2);

    SplitTree tree = tree(root);

    assertThat(tree.boxes()).hasSize(3);
    assertThat(box(tree, 4).label()).contains("made 2 times");
  }

  @Test
  void callWithoutPartsIsNoTree() {
    CallRecord root = refused(1, 2);
    answered(3, 4);

    assertThat(SplitTree.of(root, calls)).isNull();
  }

  private void halve(long first, long last, List<Long> bad) {
    long middle = (first + last) / 2;
    for (long[] half : new long[][] {{first, middle}, {middle + 1, last}}) {
      boolean refused = bad.stream().anyMatch(each -> each >= half[0] && each <= half[1]);
      add(half[0], half[1], refused ? "refused" : "answered", (int) (half[1] - half[0] + 1));
      if (refused && half[0] < half[1]) {
        halve(half[0], half[1], bad);
      }
    }
  }

  private SplitTree tree(CallRecord root) {
    return Objects.requireNonNull(SplitTree.of(root, calls));
  }

  private static SplitTree.Box box(SplitTree tree, long call) {
    return tree.boxes().stream().filter(box -> box.call() == call).findFirst().orElseThrow();
  }

  private CallRecord refused(long first, long last) {
    return add(first, last, "refused", 0);
  }

  private void answered(long first, long last) {
    add(first, last, "answered", (int) (last - first + 1));
  }

  private CallRecord add(long first, long last, String outcome, int accepted) {
    var call =
        new CallRecord(
            calls.size() + 1L,
            1,
            1,
            "send",
            Instant.EPOCH,
            Duration.ofMillis(5),
            first,
            last,
            (int) (last - first + 1),
            outcome,
            outcome.equals("answered") ? accepted : 0,
            0,
            0,
            null,
            null,
            null);
    calls.add(call);
    return call;
  }
}
