package dev.waybill.mapping;

import org.jspecify.annotations.Nullable;

/// A field's type as the user wrote it: `integer`, or `date:MM/dd/yyyy`.
///
/// @param name the name of a [Transformation]
/// @param setting what stands behind the first colon; null if there is no colon
public record TypeSpec(String name, @Nullable String setting) {

  /// Reads `name` or `name:setting`.
  public static TypeSpec parse(String text) {
    int colon = text.indexOf(':');
    return colon < 0
        ? new TypeSpec(text.strip(), null)
        : new TypeSpec(text.substring(0, colon).strip(), text.substring(colon + 1));
  }
}
