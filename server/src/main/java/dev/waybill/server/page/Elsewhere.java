package dev.waybill.server.page;

import dev.waybill.server.catalog.Tenant;
import java.util.Optional;
import java.util.function.Function;

/// Finds what an address means in another sandbox than the chosen one, so that links can be given
/// to others and stand in alerts.
final class Elsewhere {

  private Elsewhere() {}

  /// Looks in the other sandboxes that the visitor reaches, and moves them where it is found.
  static <T> Optional<T> find(
      Visit visit, Function<Tenant, Optional<T>> finder, Function<T, Tenant> tenant) {
    for (String sandbox : visit.sandboxes()) {
      Optional<T> found = finder.apply(new Tenant(visit.caller().organisation(), sandbox));
      if (found.isPresent()) {
        visit.moveTo(tenant.apply(found.get()));
        return found;
      }
    }
    return Optional.empty();
  }
}
