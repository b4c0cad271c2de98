package dev.waybill.server.access;

import dev.waybill.UserException;
import dev.waybill.server.catalog.Tenant;
import dev.waybill.spi.SecretSource;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Function;

/// What the flows of a tenant may refer to: their own secrets, and of the machine's as much as is
/// allowed.
///
/// @param kept finds one of the tenant's own by name
record TenantSecrets(Tenant tenant, Function<String, Optional<String>> kept, References beyond)
    implements SecretSource {

  @Override
  public String reveal(String value) {
    if (value.startsWith("secret:")) {
      String name = value.substring("secret:".length());
      return kept.apply(name)
          .orElseThrow(
              () ->
                  new UserException(
                      "there is no secret "
                          + name
                          + " in "
                          + tenant.organisation()
                          + "/"
                          + tenant.sandbox()
                          + "; set it by 'waybill secret set'"));
    }
    if (value.startsWith("env:")) {
      String name = value.substring("env:".length());
      if (!beyond.allowsVariable(name)) {
        throw notAllowed(value, "--allow-env");
      }
    } else if (value.startsWith("file:") && !isBelow(value.substring("file:".length()))) {
      throw notAllowed(value, "--allow-file");
    }
    return SecretSource.ofMachine().reveal(value);
  }

  /// After links were followed, so that none leads out.
  private boolean isBelow(String file) {
    try {
      Path real = Path.of(file).toRealPath();
      for (Path directory : beyond.directories()) {
        if (real.startsWith(directory.toRealPath())) {
          return true;
        }
      }
      return false;
    } catch (IOException | IllegalArgumentException e) {
      return false;
    }
  }

  private static UserException notAllowed(String value, String option) {
    return new UserException(
        value
            + " is not open to flows of this service: keep the secret by 'waybill secret set' and"
            + " name it secret:NAME, or have the service started with "
            + option);
  }
}
