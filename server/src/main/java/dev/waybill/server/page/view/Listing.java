package dev.waybill.server.page.view;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// A part of a long list.
///
/// @param next the address of the part behind it; null if there is none
/// @param isFirst whether it is the first part
public record Listing<T>(List<T> items, @Nullable String next, boolean isFirst) {

  public Listing {
    items = List.copyOf(items);
  }

  /// Whether there is nothing to show at all.
  public boolean isEmpty() {
    return items.isEmpty();
  }
}
