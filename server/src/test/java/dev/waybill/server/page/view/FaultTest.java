package dev.waybill.server.page.view;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class FaultTest {

  private static final List<String> COLUMNS = List.of("id", "email", "city", "work_email");
  private static final List<String> VALUES = List.of("7", "bo@x.example", "Rome", "bo@x.example");

  @Test
  void columnThatIsNamedAndWhoseValueIsQuotedIsAtFault() {
    assertThat(Fault.columns("email 'bo@x.example' is not acceptable", COLUMNS, VALUES))
        .containsExactly(1);
  }

  @Test
  void valueAloneFindsItsColumns() {
    assertThat(Fault.columns("'bo@x.example' is not acceptable", COLUMNS, VALUES))
        .containsExactlyInAnyOrder(1, 3);
  }

  @Test
  void nameAloneFindsItsColumnAndNotOneThatContainsIt() {
    assertThat(Fault.columns("email is empty, but it is required", COLUMNS, VALUES))
        .containsExactly(1);
  }

  @Test
  void reasonThatTellsNothingOfTheRowBlamesNoColumn() {
    assertThat(Fault.columns("no answer came within 10 s", COLUMNS, VALUES)).isEmpty();
  }

  @Test
  void rowWithTooFewValuesIsNoTrouble() {
    assertThat(Fault.columns("city is missing", COLUMNS, List.of("7"))).containsExactly(2);
  }
}
