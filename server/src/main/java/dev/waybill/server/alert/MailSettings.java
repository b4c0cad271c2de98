package dev.waybill.server.alert;

import dev.waybill.UserException;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// The mail server that takes mail from us.
///
/// @param user null if it asks for none
/// @param password null if it asks for none
/// @param from the sender's address
public record MailSettings(
    String host,
    int port,
    Line line,
    @Nullable String user,
    @Nullable String password,
    String from) {

  /// How the line is made safe.
  public enum Line {
    /// TLS from the first byte (RFC 8314).
    TLS,
    /// TLS before anything else is said (RFC 3207); without it nothing is sent.
    STARTTLS,
    /// Not at all: for a server on this machine.
    PLAIN
  }

  /// What the options say.
  ///
  /// @param address `smtps://USER@HOST:465`, `smtp://USER@HOST:587` (STARTTLS), or
  ///   `smtp+plain://HOST:25`
  /// @param password null if there is none
  /// @throws UserException if the address is none
  public static MailSettings of(String address, @Nullable String password, String from) {
    try {
      var uri = new URI(address);
      Line line =
          switch (String.valueOf(uri.getScheme()).toLowerCase(Locale.ROOT)) {
            case "smtps" -> Line.TLS;
            case "smtp" -> Line.STARTTLS;
            case "smtp+plain" -> Line.PLAIN;
            default -> throw new URISyntaxException(address, "not a mail server");
          };
      String user = uri.getUserInfo();
      if (uri.getHost() != null && (user == null || !user.contains(":"))) {
        int usual =
            switch (line) {
              case TLS -> 465;
              case STARTTLS -> 587;
              case PLAIN -> 25;
            };
        return new MailSettings(
            uri.getHost(), uri.getPort() < 0 ? usual : uri.getPort(), line, user, password, from);
      }
    } catch (URISyntaxException e) {
      // told below
    }
    throw new UserException(
        "--smtp takes smtps://USER@HOST:465, smtp://USER@HOST:587 or smtp+plain://HOST:25, the"
            + " password apart in WAYBILL_SMTP_PASSWORD.");
  }

  /// Without the password.
  @Override
  public String toString() {
    return host + ":" + port;
  }
}
