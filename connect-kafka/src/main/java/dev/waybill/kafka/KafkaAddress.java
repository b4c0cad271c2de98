package dev.waybill.kafka;

import dev.waybill.UserException;
import dev.waybill.spi.AddressRule;
import java.net.UnknownHostException;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A topic and the brokers to ask for it.
///
/// @param brokers `host:port`, at least one
record KafkaAddress(List<String> brokers, String topic) {

  static final String SCHEME = "kafka://";

  private static final String USUAL_PORT = ":9092";
  private static final Pattern FORM = Pattern.compile("kafka://([^/?#]+)/([^/?#]+)/?");

  /// The names that a topic may have (the broker's own rule, `Topic.validate`).
  private static final Pattern TOPIC = Pattern.compile("[a-zA-Z0-9._-]{1,249}");

  static KafkaAddress parse(String text) {
    Matcher match = FORM.matcher(text);
    if (!match.matches()) {
      throw new UserException(
          "The address of a topic is kafka://BROKER:PORT/TOPIC, several brokers with commas, not '"
              + text
              + "'.");
    }
    if (match.group(1).contains("@")) {
      throw new UserException(
          "A user and password for Kafka are given by the options user and password, not in the"
              + " address.");
    }
    if (!TOPIC.matcher(match.group(2)).matches()) {
      throw new UserException(
          "A topic's name has letters, digits, dots, hyphens and underlines, not '"
              + match.group(2)
              + "'.");
    }
    List<String> brokers =
        List.of(match.group(1).split(",", -1)).stream()
            .map(broker -> broker.matches(".*:\\d+") ? broker : broker + USUAL_PORT)
            .toList();
    return new KafkaAddress(brokers, match.group(2));
  }

  String bootstrap() {
    return String.join(",", brokers);
  }

  /// @throws UserException if one of the brokers must not be connected to
  void check(AddressRule rule) {
    for (String broker : brokers) {
      String host = broker.substring(0, broker.lastIndexOf(':'));
      try {
        var unused = rule.resolve(host);
      } catch (AddressRule.RefusedException e) {
        throw new UserException("The broker " + broker + ": " + e.getMessage() + ".", e);
      } catch (UnknownHostException e) {
        throw new UserException("There is no host " + host + " to find a broker at.", e);
      }
    }
  }

  @Override
  public String toString() {
    return "topic " + topic + " at " + bootstrap();
  }
}
