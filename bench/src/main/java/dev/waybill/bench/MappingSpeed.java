package dev.waybill.bench;

import dev.waybill.FieldNames;
import dev.waybill.Fields;
import dev.waybill.Item;
import dev.waybill.Reason;
import dev.waybill.mapping.Mapping;
import dev.waybill.mapping.MappingArguments;
import dev.waybill.mapping.MappingSpec;
import dev.waybill.spi.Intake;
import java.util.LinkedHashMap;
import java.util.Map;

/// How many records a second a mapping hands on, on one core, without a source or a destination:
/// records of ten columns, in the best of five rounds.
public final class MappingSpeed {

  private static final FieldNames PLAIN =
      FieldNames.of(
          "email", "first", "last", "city", "zip", "birthday", "member", "gender", "age", "notes");

  private static final FieldNames DOTTED =
      FieldNames.of(
          "email",
          "name.first",
          "name.last",
          "address.city",
          "address.zip",
          "birthday",
          "member",
          "gender",
          "age",
          "notes");

  private static final int DIFFERENT = 1_000;
  private static final int ROUNDS = 5;

  private MappingSpeed() {}

  /// Prints one line for each kind of mapping.
  public static void main(String[] arguments) {
    var cases = new LinkedHashMap<String, Mapping>();
    cases.put("identity", Mapping.compile(MappingSpec.IDENTITY, PLAIN));
    cases.put("identity with key", compile(new MappingArguments().key("email"), PLAIN));
    cases.put(
        "rename and exclude",
        compile(new MappingArguments().map("mail=email").exclude("notes"), PLAIN));
    cases.put("nesting", Mapping.compile(MappingSpec.IDENTITY, DOTTED));
    cases.put(
        "nesting, nulls left out",
        Mapping.compile(MappingSpec.parse(Map.of("nulls", "omit")), DOTTED));
    cases.put(
        "boolean, gender, integer",
        compile(
            new MappingArguments().type("member=boolean").type("gender=gender").type("age=integer"),
            PLAIN));
    cases.put("one date", compile(new MappingArguments().type("birthday=date"), PLAIN));
    cases.put(
        "all of these, nested, with key",
        compile(
            new MappingArguments()
                .type("birthday=date")
                .type("member=boolean")
                .type("gender=gender")
                .type("age=integer")
                .key("email"),
            DOTTED));
    cases.put(
        "one expression",
        compile(new MappingArguments().expression("last=$uppercase(last)"), PLAIN));
    cases.put("every record refused", compile(new MappingArguments().type("first=integer"), PLAIN));
    cases.forEach(
        (name, mapping) ->
            System.out.printf("%-32s %,14.0f records/s%n", name, speed(name, mapping)));
  }

  private static Mapping compile(MappingArguments arguments, FieldNames columns) {
    return Mapping.compile(arguments.spec(), columns);
  }

  private static double speed(String name, Mapping mapping) {
    FieldNames columns = name.contains("nest") ? DOTTED : PLAIN;
    var items = new Item<?>[DIFFERENT];
    for (int i = 0; i < DIFFERENT; i++) {
      items[i] = Item.of(i + 1, contact(columns, i));
    }
    double best = 0;
    int passes = name.equals("identity") ? 20_000 : 1_000;
    for (int round = 0; round < ROUNDS; round++) {
      best = Math.max(best, round(mapping, items, passes));
    }
    return best;
  }

  @SuppressWarnings("unchecked")
  private static double round(Mapping mapping, Item<?>[] items, int passes) {
    var counter = new Counter();
    Intake<Fields> intake = mapping.over(counter);
    long start = System.nanoTime();
    for (int pass = 0; pass < passes; pass++) {
      for (Item<?> item : items) {
        intake.accept((Item<Fields>) item);
      }
    }
    double seconds = (System.nanoTime() - start) / 1e9;
    long expected = (long) passes * items.length;
    if (counter.records != expected) {
      throw new IllegalStateException(counter.records + " records instead of " + expected);
    }
    return expected / seconds;
  }

  private static Fields contact(FieldNames columns, int i) {
    return Fields.of(
        columns,
        "person" + i + "@example.com",
        "First" + i,
        "Last" + i,
        "City" + i % 50,
        i % 7 == 0 ? null : "1000" + i % 10,
        "%02d/%02d/%d".formatted(i % 12 + 1, i % 28 + 1, 1940 + i % 60),
        i % 2 == 0 ? "true" : "no",
        i % 2 == 0 ? "M" : "female",
        String.valueOf(18 + i % 60),
        i % 5 == 0 ? "a note of no consequence" : null);
  }

  /// Looks at each record, so that none of the work can be left out.
  private static final class Counter implements Intake<Fields> {

    private long records;
    private long fields;

    @Override
    public void accept(Item<Fields> item) {
      records++;
      fields += item.payload().size();
    }

    @Override
    public void refuse(Item<Fields> item, Reason reason) {
      records++;
      fields += reason.message().length();
    }

    @Override
    public String toString() {
      return records + " records, " + fields + " fields";
    }
  }
}
