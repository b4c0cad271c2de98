package dev.waybill.ledger;

import java.util.regex.Pattern;

/// Takes secrets out of an address, so that the ledger holds none even if a caller forgot.
final class Masking {

  private static final Pattern USER_INFO = Pattern.compile("(//[^/@:\\s]*):[^/@\\s]*@");

  private static final Pattern PARAMETER =
      Pattern.compile(
          "(?i)([?&;][^=&;\\s]*(?:password|passwd|pwd|secret|token|signature|credential|api-?_?key)"
              + "[^=&;\\s]*=)[^&;#\\s]*");

  private Masking() {}

  static String mask(String address) {
    String masked = USER_INFO.matcher(address).replaceAll("$1:***@");
    return PARAMETER.matcher(masked).replaceAll("$1***");
  }
}
