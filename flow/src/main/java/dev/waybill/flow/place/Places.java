package dev.waybill.flow.place;

import dev.waybill.UserException;
import java.util.ServiceLoader;

/// The places on the class path.
public final class Places {

  private Places() {}

  /// The place of an address.
  ///
  /// @throws UserException if there is none
  public static Place at(String address) {
    int colon = address.indexOf(':');
    String scheme = colon < 0 ? address : address.substring(0, colon);
    for (Place place : ServiceLoader.load(Place.class)) {
      if (place.scheme().equals(scheme)) {
        return place;
      }
    }
    throw new UserException(
        scheme.equals("flink")
            ? "Apache Flink is not a part of this program: start it with --on "
                + address
                + " on the command line of ./waybill, which adds it, or put waybill-flink.jar and its"
                + " lib on the class path."
            : "--on takes flink:local or flink://HOST:PORT, not '" + address + "'.");
  }
}
