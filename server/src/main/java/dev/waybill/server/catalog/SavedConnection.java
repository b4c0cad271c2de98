package dev.waybill.server.catalog;

import org.jspecify.annotations.Nullable;

/// A connection of one of the API's three kinds, which a flow names by its id.
///
/// @param spec the id of its specification: a kind of source or destination
/// @param document all that the client sent, as a JSON object, secrets replaced by references
public record SavedConnection(
    String id,
    Tenant tenant,
    Kind kind,
    String name,
    @Nullable String description,
    String spec,
    boolean enabled,
    String document,
    Stamp stamp) {

  /// What it stands for.
  public enum Kind {
    /// An account at a system (`/connections`).
    BASE,
    /// Where records come from (`/sourceConnections`).
    SOURCE,
    /// Where they go (`/targetConnections`).
    TARGET
  }
}
