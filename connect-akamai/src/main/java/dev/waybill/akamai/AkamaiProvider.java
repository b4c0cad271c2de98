package dev.waybill.akamai;

import dev.waybill.Fields;
import dev.waybill.UserException;
import dev.waybill.http.HttpCaller;
import dev.waybill.spi.Destination;
import dev.waybill.spi.DestinationProvider;
import dev.waybill.spi.Option;
import dev.waybill.spi.Options;
import java.time.InstantSource;
import java.util.List;

/// Makes destinations for addresses such as `akamai:https://my-app.us-dev.janraincapture.com`.
public final class AkamaiProvider implements DestinationProvider {

  private static final String SCHEME = "akamai";

  /// For `java.util.ServiceLoader`.
  public AkamaiProvider() {}

  @Override
  public List<String> schemes() {
    return List.of(SCHEME);
  }

  @Override
  public String summary() {
    return "Akamai Identity Cloud, an entity type: akamai:https://APP.REGION.janraincapture.com";
  }

  @Override
  public List<Option> options() {
    return AkamaiSettings.OPTIONS;
  }

  /// Opens the destination. No call is made before the first batch, so that a dry run makes none.
  ///
  /// @throws UserException if address, options or column names are wrong
  @Override
  public Destination<Fields> open(String address, Options options, Delivery delivery) {
    String rest = address.strip().substring(address.strip().indexOf(':') + 1);
    AkamaiSettings settings = AkamaiSettings.of(rest, options, delivery);
    try {
      Nesting.of(delivery.columns());
    } catch (Nesting.Conflict e) {
      throw new UserException("akamai can not nest the columns: " + e.getMessage(), e);
    }
    HttpCaller caller = HttpCaller.open(settings.connection());
    var pacer = new Pacer(settings.updatesPerSecond(), System::nanoTime, Thread::sleep);
    return new AkamaiDestination(settings, caller::call, caller, InstantSource.system(), pacer);
  }
}
