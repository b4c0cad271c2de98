package dev.waybill.mapping;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// One field that the destination is given.
///
/// @param target its name; dots nest
/// @param from where its value comes from
/// @param types the transformations that the value goes through, in order; empty for as it is
/// @param presence whether a record without a value is refused
/// @param absent what stands in for a missing value; null if nothing does
/// @param maxLength the most characters (code points) that a text may have; 0 for no limit
/// @param trimming whether white space around the cell's text is taken off; null for what holds for
///   all fields
public record FieldSpec(
    String target,
    From from,
    List<TypeSpec> types,
    Presence presence,
    @Nullable Object absent,
    int maxLength,
    @Nullable Trimming trimming) {

  public FieldSpec {
    types = List.copyOf(types);
    if (maxLength < 0) {
      throw new IllegalArgumentException("no text is " + maxLength + " characters long");
    }
  }

  /// A field that takes its value as it is.
  public static FieldSpec of(String target, From from) {
    return new FieldSpec(target, from, List.of(), Presence.OPTIONAL, null, 0, null);
  }

  /// The same field with its value of these types.
  public FieldSpec typed(TypeSpec... newTypes) {
    return new FieldSpec(target, from, List.of(newTypes), presence, absent, maxLength, trimming);
  }

  /// Whether a record without a value is refused.
  public enum Presence {
    REQUIRED,
    OPTIONAL
  }

  /// Whether white space around a text is taken off.
  public enum Trimming {
    TRIM,
    EXACT
  }
}
