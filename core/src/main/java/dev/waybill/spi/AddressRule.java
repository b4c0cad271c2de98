package dev.waybill.spi;

import java.net.InetAddress;

/// Which addresses of the network a connector may connect to.
///
/// To be asked with each address that a connection is about to be made to, after names have become
/// addresses: a name that is harmless when it is looked at can lead elsewhere a moment later.
@FunctionalInterface
public interface AddressRule {

  /// Whether a connection may be made.
  boolean allows(InetAddress address);

  /// All of them.
  static AddressRule any() {
    return address -> true;
  }

  /// The sentence for one that was refused.
  ///
  /// @param host as the user wrote it
  static String refusal(String host, InetAddress address) {
    String where = address.getHostAddress();
    return (where.equals(host) ? "the address " + where : host + ", that is " + where + ",")
        + " must not be connected to from here; whoever runs the service can allow it by"
        + " --allow-address";
  }
}
