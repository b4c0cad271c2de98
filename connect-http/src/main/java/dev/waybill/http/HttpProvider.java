package dev.waybill.http;

import dev.waybill.Fields;
import dev.waybill.UserException;
import dev.waybill.spi.Destination;
import dev.waybill.spi.DestinationProvider;
import dev.waybill.spi.Option;
import dev.waybill.spi.Options;
import dev.waybill.spi.Traits;
import java.time.InstantSource;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// `http://…` and `https://…`: any API that takes records as JSON, set up by options.
public final class HttpProvider implements DestinationProvider {

  /// Where the user says nothing: records in a call, and calls at a time.
  private static final int SUGGESTED_ITEMS = 100;

  private static final int SUGGESTED_IN_FLIGHT = 10;

  private final InstantSource clock;

  /// For `java.util.ServiceLoader`: the system's clock.
  public HttpProvider() {
    this(InstantSource.system());
  }

  HttpProvider(InstantSource clock) {
    this.clock = clock;
  }

  @Override
  public List<String> schemes() {
    return List.of("http", "https");
  }

  @Override
  public String summary() {
    return "Any HTTP API that takes records as JSON: https://HOST/PATH";
  }

  @Override
  public List<Option> options() {
    return HttpOptions.all();
  }

  @Override
  public Destination<Fields> open(String address, Options given, Delivery delivery) {
    var setup = new Setup(given);
    ConnectionSettings settings = ConnectionSettings.from(given);
    Endpoint endpoint = setup.endpoint(address, delivery, clock);
    Endpoint single = setup.single(delivery, clock);
    Traits traits = traits(setup, settings, endpoint);
    HttpCaller caller = HttpCaller.open(settings);
    try {
      Auth auth = setup.auth(caller, clock);
      Lookup lookup = setup.lookup(caller, auth, endpoint, Lookup.WithoutId.PRESENT);
      Reach.check(endpoint.url().base(), settings);
      var sender = new Sender(caller, auth, new RateHeaders(clock));
      return destination(sender, traits, endpoint, single, lookup);
    } catch (RuntimeException e) {
      caller.close();
      throw e;
    }
  }

  @Override
  public Destination<Fields> openDeleting(String address, Options given, Delivery delivery) {
    var setup = new Setup(given);
    ConnectionSettings settings = ConnectionSettings.from(given);
    Endpoint endpoint = setup.deleting(delivery.key(), clock);
    boolean single = endpoint.body() instanceof Body.None;
    // What is gone stays gone, however often it is deleted.
    Traits traits =
        Traits.of(Traits.Idempotence.IDEMPOTENT)
            .maxItems(single ? 1 : setup.maxItems())
            .maxInFlight(settings.maxConnections())
            .suggesting(SUGGESTED_ITEMS, SUGGESTED_IN_FLIGHT, setup.callsPerSecond());
    HttpCaller caller = HttpCaller.open(settings);
    try {
      Auth auth = setup.auth(caller, clock);
      Reach.check(endpoint.url().base(), settings);
      var sender = new Sender(caller, auth, new RateHeaders(clock));
      if (endpoint.url().needsFound()) {
        Lookup lookup = setup.lookup(caller, auth, endpoint, Lookup.WithoutId.ABSENT);
        endpoint = endpoint.after(found(lookup));
      }
      return new HttpDestination(sender, traits, endpoint);
    } catch (RuntimeException e) {
      caller.close();
      throw e;
    }
  }

  private static Lookup found(@Nullable Lookup lookup) {
    if (lookup == null) {
      throw new UserException(
          "delete-url needs the id that the API has given the record, {found}: say by --option"
              + " find-url=https://HOST/PATH/{key} where it tells");
    }
    return lookup;
  }

  private static Destination<Fields> destination(
      Sender sender,
      Traits traits,
      Endpoint endpoint,
      @Nullable Endpoint single,
      @Nullable Lookup lookup) {
    if (single == null) {
      return lookup == null
          ? new HttpDestination(sender, traits, endpoint)
          : new HttpDestination.WithLookup(sender, traits, endpoint, lookup);
    }
    return lookup == null
        ? new HttpDestination.WithSingle(sender, traits, endpoint, single)
        : new HttpDestination.WithSingleAndLookup(sender, traits, endpoint, single, lookup);
  }

  private static Traits traits(Setup setup, ConnectionSettings settings, Endpoint endpoint) {
    Traits traits =
        Traits.of(setup.idempotence())
            .maxItems(endpoint.body() instanceof Body.Single ? 1 : setup.maxItems())
            .maxInFlight(settings.maxConnections());
    long maxBytes = setup.maxBytes();
    if (maxBytes < Long.MAX_VALUE) {
      long forRecords = setup.maxBytes() - Sizes.around(endpoint.body());
      traits = traits.maxBytes(forRecords, forRecords);
    }
    return traits.suggesting(SUGGESTED_ITEMS, SUGGESTED_IN_FLIGHT, setup.callsPerSecond());
  }
}
