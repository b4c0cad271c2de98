package dev.waybill.redis;

import dev.waybill.Fields;
import dev.waybill.spi.Destination;
import dev.waybill.spi.DestinationProvider;
import dev.waybill.spi.Option;
import dev.waybill.spi.Options;
import java.util.List;

/// `redis://HOST:PORT/DATABASE`: records as hashes, strings, elements of a list or entries of a
/// stream.
public final class RedisProvider implements DestinationProvider {

  @Override
  public List<String> schemes() {
    return List.of("redis", "rediss");
  }

  @Override
  public String summary() {
    return "Redis hashes, strings, lists and streams: redis://HOST:6379/DATABASE, rediss:// for TLS";
  }

  @Override
  public List<Option> options() {
    return RedisOptions.all();
  }

  @Override
  public Destination<Fields> open(String address, Options options, Delivery delivery) {
    return Opening.of(address, options, delivery).open();
  }

  @Override
  public Destination<Fields> openDeleting(String address, Options options, Delivery delivery) {
    return Opening.deleting(address, options, delivery).open();
  }
}
