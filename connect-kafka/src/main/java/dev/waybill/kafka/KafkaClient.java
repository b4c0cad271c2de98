package dev.waybill.kafka;

import dev.waybill.UserException;
import dev.waybill.spi.Option;
import dev.waybill.spi.Options;
import java.io.IOException;
import java.io.StringReader;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;

/// What source and destination have in common: how they come to the brokers.
final class KafkaClient {

  private KafkaClient() {}

  /// How the connection is made.
  enum Security {
    PLAINTEXT,
    SSL,
    SASL_PLAINTEXT,
    SASL_SSL
  }

  static List<Option> options() {
    return List.of(
        Option.of(
            "security",
            "plaintext",
            "how to connect: plaintext, ssl, sasl-plaintext or sasl-ssl (the last two with user and"
                + " password)"),
        Option.of("mechanism", "PLAIN", "how to log in: PLAIN, SCRAM-SHA-256 or SCRAM-SHA-512"),
        Option.of("user", null, "the user to log in as"),
        Option.secret("password", "the user's password"),
        Option.of(
            "client-properties",
            null,
            "a file of Java properties with more settings of Kafka's client, which come first"));
  }

  /// The settings of a client.
  static Map<String, Object> settings(KafkaAddress address, Options options) {
    var settings = new HashMap<String, Object>();
    settings.put("bootstrap.servers", address.bootstrap());
    settings.put("client.id", "waybill");
    Security security = options.choice("security", Security.class);
    settings.put("security.protocol", security.name());
    switch (security) {
      case PLAINTEXT, SSL -> {}
      case SASL_PLAINTEXT, SASL_SSL -> {
        String mechanism = options.required("mechanism").strip().toUpperCase(Locale.ROOT);
        settings.put("sasl.mechanism", mechanism);
        settings.put(
            "sasl.jaas.config",
            "org.apache.kafka.common.security."
                + (mechanism.startsWith("SCRAM")
                    ? "scram.ScramLoginModule"
                    : "plain.PlainLoginModule")
                + " required username="
                + quoted(options.required("user"))
                + " password="
                + quoted(options.required("password"))
                + ";");
      }
    }
    return settings;
  }

  /// Adds what the user's own file says; it comes before all else. Such a file may name classes and
  /// other brokers, so it is read as a secret is: in a service, only from where its owner keeps
  /// those.
  static void addFile(Map<String, Object> settings, Options options) {
    String file = options.text("client-properties");
    if (file == null) {
      return;
    }
    var properties = new Properties();
    try {
      properties.load(new StringReader(options.permits().secrets().reveal("file:" + file)));
    } catch (IOException | IllegalArgumentException e) {
      throw new UserException("The file " + file + " of client-properties can not be read.", e);
    }
    properties.forEach((name, value) -> settings.put(String.valueOf(name), value));
  }

  private static String quoted(String text) {
    return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
  }
}
