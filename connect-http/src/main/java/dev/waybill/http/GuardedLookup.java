package dev.waybill.http;

import dev.waybill.spi.AddressRule;
import java.net.InetAddress;
import java.net.UnknownHostException;
import org.apache.hc.client5.http.DnsResolver;

/// Looks up names, and lets through only addresses that may be connected to. The client connects to
/// exactly what it is given here, so that no second look-up can lead it elsewhere; addresses
/// written as numbers, in whatever way, come by here too.
record GuardedLookup(AddressRule rule) implements DnsResolver {

  @Override
  public InetAddress[] resolve(String host) throws UnknownHostException {
    return rule.resolve(host);
  }

  @Override
  public String resolveCanonicalHostname(String host) throws UnknownHostException {
    return rule.resolve(host)[0].getCanonicalHostName();
  }
}
