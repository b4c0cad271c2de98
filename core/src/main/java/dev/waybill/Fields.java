package dev.waybill;

import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// A structured record: named values in order. The payload of everything that comes from files and
/// tables.
///
/// A value is null, a [String], [Boolean], [Number], another `Fields`, or a [List] of such values.
/// Records of one source share one [FieldNames], so a record costs an array and nothing more.
/// Immutable, provided that the array handed in is not changed afterwards.
public final class Fields {

  private final FieldNames names;
  private final @Nullable Object[] values;

  private Fields(FieldNames names, @Nullable Object[] values) {
    if (names.size() != values.length) {
      throw new IllegalArgumentException(
          values.length + " values for " + names.size() + " names: " + names);
    }
    this.names = names;
    this.values = values;
  }

  /// The values under these names, by position. The array is kept, not copied.
  ///
  /// @throws IllegalArgumentException if there are not as many values as names
  public static Fields of(FieldNames names, @Nullable Object... values) {
    return new Fields(names, values);
  }

  public FieldNames names() {
    return names;
  }

  public int size() {
    return values.length;
  }

  /// The value at a position, counted from 0.
  public @Nullable Object value(int index) {
    return values[index];
  }

  /// The value of the field with this name; null if it is null or if there is no such field.
  public @Nullable Object get(String name) {
    int index = names.indexOf(name);
    return index < 0 ? null : values[index];
  }

  /// The value of the field with this name as text; null if it is null or missing.
  public @Nullable String text(String name) {
    Object value = get(name);
    return value == null ? null : value.toString();
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Fields that
        && names.equals(that.names)
        && Arrays.equals(values, that.values);
  }

  @Override
  public int hashCode() {
    return Objects.hash(names, Arrays.hashCode(values));
  }

  @Override
  public String toString() {
    var text = new StringBuilder("{");
    for (int i = 0; i < values.length; i++) {
      text.append(i == 0 ? "" : ", ").append(names.name(i)).append('=').append(values[i]);
    }
    return text.append('}').toString();
  }
}
