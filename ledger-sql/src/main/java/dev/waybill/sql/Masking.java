package dev.waybill.sql;

import java.util.regex.Pattern;

/// Takes secrets out of an address, so that no database holds any even if a caller forgot.
public final class Masking {

  private static final Pattern USER_INFO = Pattern.compile("(//[^/@:\\s]*):[^/@\\s]*@");

  private static final Pattern PARAMETER =
      Pattern.compile(
          "(?i)([?&;][^=&;\\s]*(?:password|passwd|pwd|secret|token|signature|credential|api-?_?key)"
              + "[^=&;\\s]*=)[^&;#\\s]*");

  private Masking() {}

  /// The address with `***` in place of each secret.
  public static String mask(String address) {
    String masked = USER_INFO.matcher(address).replaceAll("$1:***@");
    return PARAMETER.matcher(masked).replaceAll("$1***");
  }
}
