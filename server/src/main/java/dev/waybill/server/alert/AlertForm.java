package dev.waybill.server.alert;

import dev.waybill.Fields;
import dev.waybill.UserException;
import dev.waybill.json.Json;
import dev.waybill.server.alert.AlertRule.Channel;
import dev.waybill.server.alert.AlertRule.Condition;
import dev.waybill.server.alert.AlertRule.Condition.Failed;
import dev.waybill.server.alert.AlertRule.Condition.Rejected;
import dev.waybill.server.alert.AlertRule.Condition.Runs;
import dev.waybill.server.alert.AlertRule.Condition.Silent;
import dev.waybill.spi.Option;
import dev.waybill.spi.Options;
import jakarta.mail.internet.AddressException;
import jakarta.mail.internet.InternetAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;

/// Rules as JSON, in the form in which people write them:
///
/// ```json
/// [{"when": "failed",                       "to": [{"mail": "ops@example.org"}]},
///  {"when": "rejected", "abovePercent": 5,  "to": [{"webhook": "https://…", "secret": "secret:hook"}]},
///  {"when": "silent", "for": "26h",         "to": [{"mail": "ops@example.org"}]}]
/// ```
public final class AlertForm {

  private static final int MOST_RULES = 20;

  private AlertForm() {}

  /// Reads rules.
  ///
  /// @throws UserException if they are wrong; says where
  public static List<AlertRule> read(String text) {
    Object tree;
    try {
      tree = Json.read(text);
    } catch (JacksonException e) {
      throw new UserException("The alerts are not JSON: " + e.getOriginalMessage(), e);
    }
    if (!(tree instanceof List<?> list) || list.size() > MOST_RULES) {
      throw new UserException("Alerts are a list of up to " + MOST_RULES + " rules.");
    }
    var rules = new ArrayList<AlertRule>();
    var ids = new HashSet<String>();
    for (Object rule : list) {
      AlertRule read = rule(object(rule, "A rule"));
      if (!ids.add(read.id())) {
        throw new UserException(
            "Two alerts have the id " + read.id() + "; give each an id of its own.");
      }
      rules.add(read);
    }
    return List.copyOf(rules);
  }

  private static AlertRule rule(Fields rule) {
    String when = text(rule, "when");
    Set<String> own =
        switch (when) {
          case "failed" -> Set.of();
          case "rejected" -> Set.of("abovePercent");
          case "silent" -> Set.of("for", "runs");
          default ->
              throw new UserException("when takes failed, rejected or silent, not '" + when + "'.");
        };
    only(rule, own, "id", "when", "to");
    Condition condition =
        switch (when) {
          case "rejected" -> new Rejected(number(rule, "abovePercent"));
          case "silent" -> new Silent(duration(text(rule, "for")), runs(rule));
          default -> new Failed();
        };
    if (!(rule.get("to") instanceof List<?> to)) {
      throw new UserException("An alert says in 'to' who is told, as a list.");
    }
    String id = rule.get("id") == null ? when : text(rule, "id");
    return new AlertRule(
        id, condition, to.stream().map(one -> channel(object(one, "Each of 'to'"))).toList());
  }

  private static Runs runs(Fields rule) {
    return switch (rule.get("runs") == null ? "successful" : text(rule, "runs")) {
      case "successful" -> Runs.SUCCESSFUL;
      case "any" -> Runs.ANY;
      default -> throw new UserException("runs takes successful or any.");
    };
  }

  static Channel channel(Fields channel) {
    if (channel.get("webhook") != null) {
      only(channel, Set.of(), "webhook", "secret");
      return new Channel.Webhook(url(text(channel, "webhook")), reference(channel));
    }
    if (channel.get("mail") != null) {
      only(channel, Set.of(), "mail");
      return new Channel.Mail(mailbox(text(channel, "mail")));
    }
    throw new UserException(
        "Each of 'to' is {\"webhook\": URL, \"secret\": \"secret:NAME\"} or {\"mail\": ADDRESS}.");
  }

  private static String url(String text) {
    try {
      var uri = new URI(text);
      String scheme = String.valueOf(uri.getScheme());
      if (uri.getHost() != null
          && uri.getUserInfo() == null
          && (scheme.equals("https") || scheme.equals("http"))) {
        return text;
      }
    } catch (URISyntaxException e) {
      // told below
    }
    throw new UserException("webhook takes an address such as https://example.org/hook.");
  }

  private static String reference(Fields channel) {
    if (channel.get("secret") instanceof String secret && secret.startsWith("secret:")) {
      return secret;
    }
    throw new UserException(
        "A webhook is signed: keep a secret by 'waybill secret set', and name it as"
            + " \"secret\": \"secret:NAME\".");
  }

  private static String mailbox(String text) {
    try {
      var address = new InternetAddress(text, true);
      if (address.getAddress().equals(text)) {
        return text;
      }
    } catch (AddressException e) {
      // told below
    }
    throw new UserException("mail takes one address such as ops@example.org, not '" + text + "'.");
  }

  static Duration duration(String text) {
    var option = Option.of("for", null, "");
    return Options.of("alert", List.of(option), Map.of("for", text)).duration("for");
  }

  private static Fields object(@Nullable Object value, String what) {
    if (value instanceof Fields fields) {
      return fields;
    }
    throw new UserException(what + " is a JSON object.");
  }

  private static String text(Fields fields, String name) {
    if (fields.get(name) instanceof String text && !text.isBlank()) {
      return text;
    }
    throw new UserException("An alert needs '" + name + "', a text.");
  }

  private static double number(Fields fields, String name) {
    if (fields.get(name) instanceof Number number) {
      return number.doubleValue();
    }
    throw new UserException("An alert of rejected records needs '" + name + "', a number.");
  }

  private static void only(Fields fields, Set<String> more, String... known) {
    var all = new HashSet<>(more);
    all.addAll(List.of(known));
    for (String name : fields.names().asList()) {
      if (!all.contains(name)) {
        throw new UserException("There is no '" + name + "' in an alert of this kind.");
      }
    }
  }

  /// Rules as a tree of maps, lists, texts and numbers, to be written as JSON.
  public static List<Map<String, @Nullable Object>> tree(List<AlertRule> rules) {
    return rules.stream().map(AlertForm::tree).toList();
  }

  static Map<String, @Nullable Object> tree(AlertRule rule) {
    var tree = new LinkedHashMap<String, @Nullable Object>();
    tree.put("id", rule.id());
    switch (rule.condition()) {
      case Failed() -> tree.put("when", "failed");
      case Rejected(double percent) -> {
        tree.put("when", "rejected");
        tree.put("abovePercent", percent);
      }
      case Silent(Duration time, Runs runs) -> {
        tree.put("when", "silent");
        tree.put("for", time.toSeconds() + "s");
        tree.put("runs", runs == Runs.ANY ? "any" : "successful");
      }
    }
    tree.put("to", rule.channels().stream().map(AlertForm::tree).toList());
    return tree;
  }

  static Map<String, @Nullable Object> tree(Channel channel) {
    return switch (channel) {
      case Channel.Webhook(String url, String secret) -> Map.of("webhook", url, "secret", secret);
      case Channel.Mail(String to) -> Map.of("mail", to);
    };
  }
}
