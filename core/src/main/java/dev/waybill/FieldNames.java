package dev.waybill;

import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The names of a record's fields, in order and without repetition; shared by all records of a
/// kind.
public final class FieldNames {

  private final List<String> names;
  private final Map<String, Integer> positions;

  private FieldNames(List<String> names) {
    this.names = names;
    this.positions = HashMap.newHashMap(names.size());
    for (int i = 0; i < names.size(); i++) {
      if (positions.putIfAbsent(names.get(i), i) != null) {
        throw new IllegalArgumentException("the field '" + names.get(i) + "' is named twice");
      }
    }
  }

  /// These names, in this order.
  ///
  /// @throws IllegalArgumentException if a name occurs twice
  public static FieldNames of(String... names) {
    return new FieldNames(List.of(names));
  }

  /// These names, in this order.
  ///
  /// @throws IllegalArgumentException if a name occurs twice
  public static FieldNames of(Collection<String> names) {
    return new FieldNames(List.copyOf(names));
  }

  public int size() {
    return names.size();
  }

  /// The name at a position, counted from 0.
  public String name(int index) {
    return names.get(index);
  }

  /// The position of a name, counted from 0; -1 if there is no such field.
  public int indexOf(String name) {
    Integer position = positions.get(name);
    return position == null ? -1 : position;
  }

  public boolean contains(String name) {
    return positions.containsKey(name);
  }

  public List<String> asList() {
    return names;
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return this == other || (other instanceof FieldNames that && names.equals(that.names));
  }

  @Override
  public int hashCode() {
    return names.hashCode();
  }

  @Override
  public String toString() {
    return names.toString();
  }
}
