package dev.waybill.spi;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;

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

  /// The addresses of a host that may be connected to; at least one.
  ///
  /// @param host a name, or an address as text
  /// @throws RefusedException if it has addresses, and none may be connected to
  /// @throws UnknownHostException if it has none
  default InetAddress[] resolve(String host) throws UnknownHostException {
    InetAddress[] all = InetAddress.getAllByName(host);
    InetAddress[] allowed = Arrays.stream(all).filter(this::allows).toArray(InetAddress[]::new);
    if (allowed.length == 0) {
      throw new RefusedException(host, all[0]);
    }
    return allowed;
  }

  /// Makes sure that an address may be connected to.
  ///
  /// @param host as the user wrote it
  /// @throws RefusedException if it may not
  default void check(String host, InetAddress address) throws RefusedException {
    if (!allows(address)) {
      throw new RefusedException(host, address);
    }
  }

  /// A host that must not be connected to. For connectors it is as good as one that is not known.
  final class RefusedException extends UnknownHostException {

    private static final long serialVersionUID = 1;

    /// @param host as the user wrote it
    public RefusedException(String host, InetAddress address) {
      super(sentence(host, address.getHostAddress()));
    }

    private static String sentence(String host, String address) {
      return (address.equals(host) ? "the address " + host : host + ", that is " + address + ",")
          + " must not be connected to from here; whoever runs the service can allow it by"
          + " --allow-address";
    }
  }
}
