package dev.waybill.server.page.view;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waybill.server.catalog.FlowRun.Counts;
import org.junit.jupiter.api.Test;

class DispositionsTest {

  @Test
  void oneRejectedRecordInAMillionIsStillSeen() {
    Dispositions bar = Dispositions.of(new Counts(1_000_000, 999_999, 1, 0, 0, 1, 0, 0));

    Dispositions.Part rejected = bar.parts().get(1);
    assertThat(Double.parseDouble(rejected.width())).isGreaterThanOrEqualTo(5);
    assertThat(ends(rejected)).isLessThanOrEqualTo(Dispositions.LENGTH);
    assertThat(bar.parts().getFirst().share()).isEqualTo("> 99.99 %");
  }

  @Test
  void whatIsOnItsWayIsLeftOpen() {
    Dispositions bar = Dispositions.of(new Counts(100, 50, 0, 0, 0, 1, 0, 0));

    assertThat(bar.open()).isEqualTo(50);
    assertThat(bar.parts().getFirst().width()).isEqualTo("500");
  }

  @Test
  void barIsToldInASentence() {
    assertThat(Dispositions.of(new Counts(10, 7, 1, 2, 0, 1, 0, 0)).label())
        .isEqualTo("7 delivered, 1 rejected, 2 unknown, 0 unprocessed of 10 records");
  }

  private static double ends(Dispositions.Part part) {
    return Double.parseDouble(part.x()) + Double.parseDouble(part.width());
  }
}
