package dev.waybill.mapping;

import dev.waybill.FieldNames;
import dev.waybill.Fields;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A record, or a record nested in one, built by position.
final class Group implements Step {

  private final FieldNames names;

  /// The source's position to copy from, or -1 where a step makes the value; saves a call for the
  /// commonest case.
  private final int[] copied;

  private final Step[] steps;
  private final @Nullable PresentNames present;

  /// @param present how names without a value are left out; null to keep them
  Group(Map<String, Step> members, @Nullable PresentNames present) {
    this.names = FieldNames.of(members.keySet());
    this.steps = members.values().toArray(Step[]::new);
    this.copied = new int[steps.length];
    for (int i = 0; i < steps.length; i++) {
      copied[i] =
          steps[i] instanceof Cell cell && cell.position() >= 0 && cell.path().isEmpty()
              ? cell.position()
              : -1;
    }
    this.present = present;
  }

  FieldNames names() {
    return names;
  }

  /// The record; null if nulls are left out and nothing remains.
  @Override
  public @Nullable Fields from(Fields source) throws Refusal {
    var values = new @Nullable Object[steps.length];
    for (int i = 0; i < values.length; i++) {
      int position = copied[i];
      values[i] = position >= 0 ? source.value(position) : steps[i].from(source);
    }
    return present == null ? Fields.of(names, values) : present.only(values);
  }

  /// Whether it hands on a record with these names exactly as it is.
  boolean isIdentity(FieldNames source) {
    if (present != null || !names.equals(source)) {
      return false;
    }
    for (int i = 0; i < copied.length; i++) {
      if (copied[i] != i) {
        return false;
      }
    }
    return true;
  }
}
