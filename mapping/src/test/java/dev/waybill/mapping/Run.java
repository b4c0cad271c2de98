package dev.waybill.mapping;

import dev.waybill.FieldNames;
import dev.waybill.Fields;
import dev.waybill.Item;
import dev.waybill.Reason;
import dev.waybill.spi.Intake;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Sends records through a mapping and keeps what comes out.
final class Run implements Intake<Fields> {

  final List<Item<Fields>> accepted = new ArrayList<>();
  final List<Item<Fields>> refused = new ArrayList<>();
  final List<Reason> reasons = new ArrayList<>();
  private long ordinal;

  static FieldNames columns(String... names) {
    return FieldNames.of(names);
  }

  static Fields record(FieldNames columns, @Nullable Object... values) {
    return Fields.of(columns, values);
  }

  /// A value that is known to be a nested record.
  static Fields nested(@Nullable Object value) {
    return (Fields) Objects.requireNonNull(value);
  }

  static Run of(Mapping mapping, Fields... records) {
    var run = new Run();
    Intake<Fields> intake = mapping.over(run);
    for (Fields one : records) {
      intake.accept(Item.of(++run.ordinal, one));
    }
    return run;
  }

  /// Maps one record of these columns by a mapping from a tree.
  static Run of(Map<String, ?> tree, FieldNames columns, @Nullable Object... values) {
    return of(Mapping.compile(MappingSpec.parse(tree), columns), record(columns, values));
  }

  /// Maps one record with one field.
  static Run field(Map<String, ?> field, FieldNames columns, @Nullable Object... values) {
    return of(Map.of("fields", Map.of("field", field), "rest", "drop"), columns, values);
  }

  Fields only() {
    if (accepted.size() != 1) {
      throw new AssertionError("accepted " + accepted + ", refused " + reasons);
    }
    return accepted.getFirst().payload();
  }

  @Nullable Object value() {
    return only().get("field");
  }

  String reason() {
    if (reasons.size() != 1) {
      throw new AssertionError("accepted " + accepted + ", refused " + reasons);
    }
    return reasons.getFirst().message();
  }

  @Override
  public void accept(Item<Fields> item) {
    accepted.add(item);
  }

  @Override
  public void refuse(Item<Fields> item, Reason reason) {
    refused.add(item);
    reasons.add(reason);
  }
}
