package dev.waybill.spi;

import dev.waybill.UserException;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// The settings that a user gave to a source or destination, checked against those that it has.
///
/// Every getter takes an option's name and falls back on its declared default; each throws a
/// [UserException] that names the option and what it takes.
public final class Options {

  private static final Pattern DURATION = Pattern.compile("(\\d+(?:\\.\\d+)?)\\s*(ms|s|m|h|d)?");

  private final String owner;
  private final Map<String, Option> known;
  private final Map<String, String> given;
  private final Permits permits;

  private Options(
      String owner, Map<String, Option> known, Map<String, String> given, Permits permits) {
    this.owner = owner;
    this.known = known;
    this.given = given;
    this.permits = permits;
  }

  /// Checks the user's settings against those that there are.
  ///
  /// @param owner whose options these are, for messages: `akamai`
  /// @param known the options that it has
  /// @param given the user's values by name; secrets may be `env:NAME` or `file:PATH`
  /// @throws UserException if a value is given for an option that it does not have
  public static Options of(String owner, List<Option> known, Map<String, String> given) {
    return of(owner, known, given, Permits.everything());
  }

  /// Checks the user's settings against those that there are.
  ///
  /// @param owner whose options these are, for messages: `akamai`
  /// @param known the options that it has
  /// @param given the user's values by name
  /// @param permits what may be used of the machine; secrets are taken from it
  /// @throws UserException if a value is given for an option that it does not have
  public static Options of(
      String owner, List<Option> known, Map<String, String> given, Permits permits) {
    var byName = new TreeMap<String, Option>();
    known.forEach(option -> byName.put(option.name(), option));
    var values = new HashMap<String, String>();
    given.forEach(
        (name, value) -> {
          Option option = byName.get(name);
          if (option == null) {
            throw new UserException(
                owner
                    + " has no option '"
                    + name
                    + "'; it has "
                    + (byName.isEmpty() ? "none" : String.join(", ", byName.keySet())));
          }
          if (!option.choices().isEmpty()
              && option.choices().stream().noneMatch(value.strip()::equalsIgnoreCase)) {
            throw new UserException(
                owner
                    + " option '"
                    + name
                    + "' takes one of "
                    + String.join(", ", option.choices())
                    + ", not '"
                    + value
                    + "'");
          }
          values.put(
              name,
              option.kind() == Option.Kind.SECRET
                  ? secret(owner, name, value, permits.secrets())
                  : value);
        });
    return new Options(owner, byName, values, permits);
  }

  private static String secret(String owner, String name, String value, SecretSource secrets) {
    try {
      return secrets.reveal(value);
    } catch (UserException e) {
      throw new UserException(owner + " option '" + name + "': " + e.getMessage(), e);
    }
  }

  /// What may be used of the machine.
  public Permits permits() {
    return permits;
  }

  /// Whether the user gave a value.
  public boolean has(String name) {
    return given.containsKey(name);
  }

  /// The value, or the default, or null.
  public @Nullable String text(String name) {
    Option option = known.get(name);
    if (option == null) {
      throw new IllegalArgumentException(owner + " declares no option '" + name + "'");
    }
    return given.getOrDefault(name, option.defaultValue());
  }

  /// The value or the default; there must be one.
  public String required(String name) {
    String value = text(name);
    if (value == null || value.isEmpty()) {
      throw new UserException(
          owner + " needs the option '" + name + "': --option " + name + "=VALUE");
    }
    return value;
  }

  /// A whole number from `least` to `most`.
  public int integer(String name, int least, int most) {
    String value = required(name);
    try {
      int number = Integer.parseInt(value.strip());
      if (number >= least && number <= most) {
        return number;
      }
    } catch (NumberFormatException e) {
      // told below, together with a number out of range
    }
    throw bad(name, "takes a whole number from " + least + " to " + most);
  }

  /// A number from `least` on.
  public double number(String name, double least) {
    String value = required(name);
    try {
      double number = Double.parseDouble(value.strip());
      if (number >= least && number < Double.POSITIVE_INFINITY) {
        return number;
      }
    } catch (NumberFormatException e) {
      // told below
    }
    throw bad(name, "takes a number not below " + least);
  }

  /// A length of time: `500ms`, `10s`, `2m`, `1h`; a bare number is seconds.
  public Duration duration(String name) {
    var match = DURATION.matcher(required(name).strip());
    if (!match.matches()) {
      throw bad(name, "takes a length of time such as 500ms, 10s, 2m or 1h");
    }
    double amount = Double.parseDouble(match.group(1));
    double millis =
        switch (match.group(2) == null ? "s" : match.group(2)) {
          case "ms" -> amount;
          case "s" -> amount * 1_000;
          case "m" -> amount * 60_000;
          case "h" -> amount * 3_600_000;
          case "d" -> amount * 86_400_000;
          default -> throw new IllegalStateException(match.group(2));
        };
    return Duration.ofMillis(Math.round(millis));
  }

  /// Whether a yes-or-no option is on: `true`, `yes`, `on`, `1`, or the contrary.
  public boolean enabled(String name) {
    return switch (required(name).strip().toLowerCase(Locale.ROOT)) {
      case "true", "yes", "on", "1" -> true;
      case "false", "no", "off", "0" -> false;
      default -> throw bad(name, "takes true or false");
    };
  }

  /// One of an enum's constants, written in lower case with hyphens.
  public <E extends Enum<E>> E choice(String name, Class<E> type) {
    String value = required(name).strip();
    for (E constant : type.getEnumConstants()) {
      if (spelled(constant).equalsIgnoreCase(value)) {
        return constant;
      }
    }
    throw bad(
        name,
        "takes one of "
            + Arrays.stream(type.getEnumConstants())
                .map(Options::spelled)
                .collect(Collectors.joining(", ")));
  }

  /// The parts of a comma-separated list, stripped; empty if there is no value.
  public List<String> list(String name) {
    String value = text(name);
    return value == null || value.isBlank()
        ? List.of()
        : Arrays.stream(value.split(",", -1)).map(String::strip).toList();
  }

  /// A complaint about an option's value, for checks that only the connector can make.
  public UserException bad(String name, String rule) {
    Option option = known.get(name);
    boolean secret = option != null && option.kind() == Option.Kind.SECRET;
    return new UserException(
        owner
            + " option '"
            + name
            + "' "
            + rule
            + (secret ? "" : ", not '" + given.getOrDefault(name, "") + "'"));
  }

  private static String spelled(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
