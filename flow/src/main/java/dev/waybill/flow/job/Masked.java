package dev.waybill.flow.job;

import java.util.regex.Pattern;

/// Addresses without the passwords in them.
public final class Masked {

  /// `user:password@` behind `//` (RFC 3986, section 3.2.1).
  private static final Pattern USER_INFO = Pattern.compile("(//[^/?#@:]*:)[^/?#@]*@");

  /// `password=…` and the like among the parameters.
  private static final Pattern PARAMETER =
      Pattern.compile("(?i)([?&;][^=&;]*(?:password|secret|token|key)[^=&;]*=)[^&;]*");

  private Masked() {}

  /// The address with `***` in place of each password.
  public static String address(String address) {
    String masked = USER_INFO.matcher(address).replaceAll("$1***@");
    return PARAMETER.matcher(masked).replaceAll("$1***");
  }
}
