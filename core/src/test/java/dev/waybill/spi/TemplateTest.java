package dev.waybill.spi;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waybill.FieldNames;
import dev.waybill.Fields;
import dev.waybill.Item;
import dev.waybill.spi.Template.Filled;
import org.junit.jupiter.api.Test;

class TemplateTest {

  private static final Item<Fields> ITEM =
      new Item<>(1, "7|ch", Fields.of(FieldNames.of("id", "land", "town"), 7, "ch", ""), null);

  @Test
  void fieldsAndKeyTakeTheirPlaces() {
    Template template = Template.of("{land}/customer:{id} ({key}) {id}");

    assertThat(template.fields()).containsExactly("land", "id", "key");
    assertThat(template.fill(ITEM)).isEqualTo(new Filled.Text("ch/customer:7 (7|ch) 7"));
    assertThat(template.sample("$1")).isEqualTo("$1/customer:$1 ($1) $1");
  }

  @Test
  void valueThatIsMissingOrEmptyIsNamed() {
    assertThat(Template.of("{id}-{town}").fill(ITEM))
        .isEqualTo(new Filled.Unfit("the record has no town"));
    assertThat(Template.of("{nowhere}").fill(ITEM))
        .isEqualTo(new Filled.Unfit("the record has no nowhere"));
    assertThat(Template.of("{key}").fill(new Item<>(1, null, ITEM.payload(), null)))
        .isEqualTo(new Filled.Unfit("the record has no key"));
  }

  @Test
  void partsOfMomentsTakeTheirPlaces() {
    var item =
        new Item<>(
            1,
            "k",
            Fields.of(FieldNames.of("at", "on"), "2026-11-21T08:30:00+01:00", "2026-11-21"),
            null);

    assertThat(Template.of("{at:year}/{at:month}/{at:day}/{at:hour} {on:day}").fill(item))
        .isEqualTo(new Filled.Text("2026/2026-11/2026-11-21/2026-11-21T08 2026-11-21"));
    assertThat(Template.of("{at:day}").fields()).containsExactly("at");
    assertThat(Template.of("{on:hour}").fill(item))
        .isEqualTo(
            new Filled.Unfit(
                "the record's on '2026-11-21' is no moment such as 2026-01-31T12:00:00Z"));
    assertThat(Template.of("{land:day}").fill(ITEM))
        .isEqualTo(new Filled.Unfit("the record's land 'ch' is no date such as 2026-01-31"));
  }

  @Test
  void textWithoutPlacesIsTheSameForAll() {
    assertThat(Template.of("plain").isFixed()).isTrue();
    assertThat(Template.of("plain").fill(ITEM)).isEqualTo(new Filled.Text("plain"));
  }

  @Test
  void fieldThatIsNamedKeyIsTakenForItself() {
    var item = new Item<>(1, "k", Fields.of(FieldNames.of("key"), "field"), null);

    assertThat(Template.of("{key}").fill(item)).isEqualTo(new Filled.Text("field"));
  }
}
