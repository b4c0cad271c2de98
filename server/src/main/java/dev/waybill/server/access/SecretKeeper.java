package dev.waybill.server.access;

import dev.waybill.server.catalog.Tenant;
import dev.waybill.spi.SecretSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// Puts secrets that were given in the clear where they are kept encrypted, and a reference in
/// their place.
///
/// @param secrets where they are kept
public record SecretKeeper(Secrets secrets) {

  /// What secrets belong to.
  ///
  /// @param name begins theirs: `connection.ID`
  /// @param by who gives them
  public record Owner(Tenant tenant, String name, String by) {

    /// A part of it.
    public Owner part(String part) {
      return new Owner(tenant, name + "." + part, by);
    }
  }

  /// The same values, with references for those that are secret and no references.
  ///
  /// @param secret which names are secret
  public Map<String, @Nullable Object> keep(
      Owner owner, Map<String, ? extends @Nullable Object> values, Predicate<String> secret) {
    var kept = new LinkedHashMap<String, @Nullable Object>(values);
    kept.replaceAll(
        (name, value) ->
            value instanceof String text
                    && secret.test(name)
                    && !text.isEmpty()
                    && !SecretSource.isReference(text)
                ? reference(owner.part(name), text)
                : value);
    return kept;
  }

  private String reference(Owner owner, String text) {
    secrets.set(owner.tenant(), owner.name(), text, owner.by());
    return "secret:" + owner.name();
  }

  /// Forgets all that belongs to something.
  ///
  /// @param owner its name
  public void forget(Tenant tenant, String owner) {
    secrets.list(tenant).stream()
        .map(Secrets.Named::name)
        .filter(name -> name.startsWith(owner + "."))
        .forEach(name -> secrets.remove(tenant, name));
  }
}
