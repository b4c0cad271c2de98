package dev.waybill.server.access;

import dev.waybill.UserException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.regex.Pattern;

/// A range of addresses (CIDR, RFC 4632 and RFC 4291): `10.0.0.0/8`, `fe80::/10`, `192.0.2.7`.
///
/// @param base its bytes, of which the first `bits` count
@SuppressWarnings("ArrayRecordComponent") // never compared, never changed
record Network(byte[] base, int bits) {

  /// Numbers only: a name would be looked up, and could be another network tomorrow.
  private static final Pattern FORM =
      Pattern.compile(
          "([0-9]{1,3}(?:\\.[0-9]{1,3}){3}|[0-9A-Fa-f:.]*:[0-9A-Fa-f:.]*)(?:/([0-9]{1,3}))?");

  /// @throws UserException if it is none
  static Network parse(String text) {
    var form = FORM.matcher(text.strip());
    if (form.matches()) {
      try {
        byte[] base = InetAddress.getByName(form.group(1)).getAddress();
        int bits = form.group(2) == null ? base.length * 8 : Integer.parseInt(form.group(2));
        if (bits <= base.length * 8) {
          return new Network(base, bits);
        }
      } catch (UnknownHostException e) {
        // told below
      }
    }
    throw new UserException(
        "'" + text + "' is no range of addresses; write it as 10.0.0.0/8, fd00::/8 or 192.0.2.7.");
  }

  boolean has(byte[] address) {
    if (address.length != base.length) {
      return false;
    }
    int whole = bits / 8;
    if (!Arrays.equals(base, 0, whole, address, 0, whole)) {
      return false;
    }
    int rest = bits % 8;
    int mask = 0xff << (8 - rest) & 0xff;
    return rest == 0 || (base[whole] & mask) == (address[whole] & mask);
  }
}
