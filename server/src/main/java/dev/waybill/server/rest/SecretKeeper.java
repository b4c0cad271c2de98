package dev.waybill.server.rest;

import dev.waybill.UserException;
import dev.waybill.flow.job.Masked;
import dev.waybill.server.access.Secrets;
import dev.waybill.server.catalog.Tenant;
import dev.waybill.spi.SecretSource;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// Puts secrets that a client sends in the clear where they are kept encrypted, and a reference in
/// their place.
final class SecretKeeper {

  private final Secrets secrets;

  SecretKeeper(Secrets secrets) {
    this.secrets = secrets;
  }

  /// Replaces those values that are secret and no references.
  ///
  /// @param owner what they belong to, for their names: `connection.ID`
  /// @param secret which names are secret
  void keep(
      Tenant tenant,
      String by,
      String owner,
      Map<String, @Nullable Object> values,
      Predicate<String> secret) {
    values.replaceAll(
        (name, value) -> {
          if (!(value instanceof String text)
              || !secret.test(name)
              || text.isEmpty()
              || SecretSource.isReference(text)) {
            return value;
          }
          String kept = owner + "." + name;
          secrets.set(tenant, kept, text, by);
          return "secret:" + kept;
        });
  }

  /// Forgets all that belongs to something.
  void forget(Tenant tenant, String owner) {
    secrets.list(tenant).stream()
        .map(Secrets.Named::name)
        .filter(name -> name.startsWith(owner + "."))
        .forEach(name -> secrets.remove(tenant, name));
  }

  /// An address is shown to everybody, so there must be no password in it.
  static void requireNoneIn(String address) {
    if (!Masked.address(address).equals(address)) {
      throw new UserException(
          "The address "
              + Masked.address(address)
              + " has a password in it, where everybody would see it; leave it away there and give"
              + " it as an option.");
    }
  }
}
