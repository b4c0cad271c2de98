package dev.waybill.mapping;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// Where a field's value comes from.
public sealed interface From {

  /// One column, or several of which those that are not empty are joined as text.
  ///
  /// @param names the columns, at least one
  /// @param separator what is put between several
  record Columns(List<String> names, String separator) implements From {
    public Columns {
      names = List.copyOf(names);
      if (names.isEmpty()) {
        throw new IllegalArgumentException("a field comes from at least one column");
      }
    }
  }

  /// The same value for every record.
  record Constant(@Nullable Object value) implements From {}

  /// A JSONata expression over the source's record.
  record Expression(String text) implements From {}

  /// One column as it is.
  static Columns column(String name) {
    return new Columns(List.of(name), " ");
  }
}
