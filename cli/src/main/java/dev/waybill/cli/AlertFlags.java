package dev.waybill.cli;

import dev.waybill.UserException;
import dev.waybill.server.alert.Alerts;
import dev.waybill.server.alert.MailSettings;
import dev.waybill.spi.AddressRule;
import dev.waybill.spi.SecretSource;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// How alerts are told.
final class AlertFlags {

  private static final String SMTP = "WAYBILL_SMTP";
  private static final String PASSWORD = "WAYBILL_SMTP_PASSWORD";

  @Option(
      names = "--smtp",
      paramLabel = "URL",
      description =
          "The mail server: smtps://USER@HOST, smtp://USER@HOST (STARTTLS) or smtp+plain://HOST"
              + " (default: $WAYBILL_SMTP). Its password is $WAYBILL_SMTP_PASSWORD, which may be"
              + " file:PATH.")
  private @Nullable String smtp;

  @Option(names = "--mail-from", paramLabel = "ADDRESS", description = "The sender of mail.")
  private @Nullable String from;

  @Option(
      names = "--public-url",
      paramLabel = "URL",
      description = "Where people reach the page, for links in alerts.")
  private @Nullable String address;

  /// @param addresses where webhooks may be
  /// @throws UserException if one of them can not be so
  Alerts.Settings settings(AddressRule addresses) {
    Map<String, String> environment = System.getenv();
    String server = smtp == null ? environment.getOrDefault(SMTP, "") : smtp;
    return new Alerts.Settings(
        server.isBlank() ? null : mail(server, environment.get(PASSWORD)),
        address == null ? null : address.replaceFirst("/+$", ""),
        addresses);
  }

  private MailSettings mail(String server, @Nullable String password) {
    if (from == null) {
      throw new UserException("A mail server needs a sender: --mail-from waybill@example.org.");
    }
    return MailSettings.of(
        server, password == null ? null : SecretSource.ofMachine().reveal(password), from);
  }
}
