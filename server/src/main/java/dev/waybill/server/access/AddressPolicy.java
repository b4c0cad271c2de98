package dev.waybill.server.access;

import dev.waybill.spi.AddressRule;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/// Which addresses the destinations of flows, and the webhooks of alerts, may be at.
///
/// Refused are those at which machines in a cloud are told their own credentials, and all
/// link-local ones, to which nobody delivers records. Loopback stays open: databases and stand-ins
/// run there, and a service for one person has them nowhere else. Where people who do not run the
/// machine may make flows, `--refuse-address loopback` and `private` close the rest.
///
/// @param allowed these in any case
/// @param refused these besides
public record AddressPolicy(List<Network> allowed, List<Network> refused) implements AddressRule {

  private static final List<Network> ALWAYS =
      networks(
          "169.254.0.0/16", // link-local, RFC 3927; with it most clouds' metadata
          "fe80::/10", // link-local, RFC 4291
          "fd00:ec2::254", // metadata of AWS over IPv6
          "fd20:ce::254", // metadata of Google Cloud over IPv6
          "100.100.100.200", // metadata of Alibaba Cloud
          "192.0.0.192", // metadata of Oracle Cloud, old machines
          "168.63.129.16"); // Azure's platform, which knows a machine's certificates

  private static final List<Network> LOOPBACK = networks("127.0.0.0/8", "::1", "0.0.0.0/8", "::");

  /// RFC 1918, RFC 6598, RFC 4193.
  private static final List<Network> PRIVATE =
      networks("10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "100.64.0.0/10", "fc00::/7");

  /// Bytes of IPv6 that have an IPv4 address behind them: RFC 6052 (NAT64), and RFC 4291's
  /// `::a.b.c.d`, which nobody uses but to get around rules.
  private static final List<Network> CARRIERS = networks("64:ff9b::/96", "::/96");

  /// RFC 3056 (6to4): the IPv4 address stands behind the first two bytes.
  private static final Network SIX_TO_FOUR = Network.parse("2002::/16");

  /// As the service is if nothing is said.
  public static final AddressPolicy USUAL = new AddressPolicy(List.of(), List.of());

  public AddressPolicy {
    allowed = List.copyOf(allowed);
    refused = List.copyOf(refused);
  }

  /// What the options say.
  ///
  /// @param allowed ranges such as `169.254.7.0/24`, or the words `loopback` and `private`
  /// @param refused likewise
  /// @throws dev.waybill.UserException if one is no range
  public static AddressPolicy of(List<String> allowed, List<String> refused) {
    return new AddressPolicy(read(allowed), read(refused));
  }

  private static List<Network> read(List<String> texts) {
    return texts.stream()
        .flatMap(
            text ->
                switch (text.strip()) {
                  case "loopback" -> LOOPBACK.stream();
                  case "private" -> PRIVATE.stream();
                  default -> Stream.of(Network.parse(text));
                })
        .toList();
  }

  private static List<Network> networks(String... texts) {
    return Arrays.stream(texts).map(Network::parse).toList();
  }

  @Override
  public boolean allows(InetAddress address) {
    return meanings(address.getAddress()).stream().allMatch(this::allows);
  }

  private boolean allows(byte[] address) {
    return isIn(allowed, address) || !(isIn(ALWAYS, address) || isIn(refused, address));
  }

  private static boolean isIn(List<Network> networks, byte[] address) {
    return networks.stream().anyMatch(network -> network.has(address));
  }

  /// The address itself, and the IPv4 address that it leads to, if it does.
  private static List<byte[]> meanings(byte[] address) {
    var meanings = new ArrayList<byte[]>();
    meanings.add(address);
    if (address.length == 16) {
      if (isIn(CARRIERS, address) && !isIn(LOOPBACK, address)) {
        meanings.add(Arrays.copyOfRange(address, 12, 16));
      } else if (SIX_TO_FOUR.has(address)) {
        meanings.add(Arrays.copyOfRange(address, 2, 6));
      }
    }
    return meanings;
  }
}
