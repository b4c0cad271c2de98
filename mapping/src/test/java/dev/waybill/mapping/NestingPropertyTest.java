package dev.waybill.mapping;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waybill.FieldNames;
import dev.waybill.Fields;
import java.util.LinkedHashSet;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NestingPropertyTest {

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void whatIsNestedReadsBackUnderItsDottedName(long seed) {
    var random = new Random(seed);
    for (int life = 0; life < 200; life++) {
      FieldNames columns = columns(random);
      var values = new @Nullable Object[columns.size()];
      for (int i = 0; i < values.length; i++) {
        values[i] = random.nextInt(4) == 0 ? null : "v" + random.nextInt();
      }
      Mapping mapping = Mapping.compile(MappingSpec.IDENTITY, columns);
      Fields mapped = Run.of(mapping, Fields.of(columns, values)).only();
      for (int i = 0; i < values.length; i++) {
        assertThat(read(mapped, columns.name(i))).as(columns.name(i)).isEqualTo(values[i]);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void plainColumnsAreHandedOnAsTheSameInstance(long seed) {
    var random = new Random(seed);
    var names = new LinkedHashSet<String>();
    for (int i = random.nextInt(1, 30); i > 0; i--) {
      names.add("column " + random.nextInt(50));
    }
    FieldNames columns = FieldNames.of(names);
    Fields payload = Fields.of(columns, new @Nullable Object[columns.size()]);
    Mapping mapping = Mapping.compile(MappingSpec.IDENTITY, columns);
    assertThat(Run.of(mapping, payload).only()).isSameAs(payload);
  }

  /// Names of which none is the parent of another: values end in a capital, parents do not.
  private static FieldNames columns(Random random) {
    var names = new LinkedHashSet<String>();
    for (int i = random.nextInt(1, 20); i > 0; i--) {
      var name = new StringBuilder();
      for (int depth = random.nextInt(3); depth > 0; depth--) {
        name.append((char) ('a' + random.nextInt(3))).append('.');
      }
      names.add(name.append((char) ('A' + random.nextInt(5))).toString());
    }
    return FieldNames.of(names);
  }

  private static @Nullable Object read(Fields mapped, String name) {
    @Nullable Object value = mapped;
    for (String part : name.split("\\.", -1)) {
      value = Run.nested(value).get(part);
    }
    return value;
  }
}
