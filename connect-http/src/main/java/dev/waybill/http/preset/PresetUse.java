package dev.waybill.http.preset;

import dev.waybill.UserException;
import dev.waybill.spi.DestinationProvider.Delivery;
import dev.waybill.spi.Option;
import dev.waybill.spi.Options;
import dev.waybill.spi.Permits;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A preset with an address, options and a key: what it makes of the options of the HTTP
/// destination.
final class PresetUse {

  private final Preset preset;
  private final Options given;
  private final List<String> key;
  private final Map<String, String> parts;
  private final Values values = new Values(this::value);

  /// @throws UserException if the address has not the preset's form
  PresetUse(Preset preset, String address, Options given, Delivery delivery) {
    this.preset = preset;
    this.given = given;
    this.key = delivery.key();
    String form = preset.address().shown();
    this.parts =
        preset
            .address()
            .read(
                address.strip().substring(address.strip().indexOf(':') + 1),
                preset.scheme() + ":" + form);
  }

  /// What the HTTP destination is given.
  ///
  /// @param url the address of the calls
  record Given(String url, Options options) {}

  /// What the HTTP destination is given for it.
  ///
  /// @param known those that it has
  /// @param over what is different for what is to be done; null if nothing is
  Given given(List<Option> known, @Nullable Map<String, @Nullable Object> over) {
    var settings = new LinkedHashMap<String, @Nullable Object>(preset.http());
    for (Preset.Own own : preset.options()) {
      String value = given.text(own.name());
      if (value != null) {
        settings.putAll(own.http());
        Map<String, @Nullable Object> then = own.cases().get(own.spelled(value));
        if (then != null) {
          settings.putAll(then);
        }
      }
    }
    if (over != null) {
      settings.putAll(over);
    }
    var made = new HashMap<String, String>();
    settings.forEach(
        (name, setting) -> {
          if (setting != null) {
            made.put(name, values.in(name, setting));
          }
        });
    String to = made.remove(Preset.URL);
    for (String name : Common.NAMES) {
      String value = given.has(name) ? given.text(name) : null;
      if (value != null) {
        // Further headers come besides those that the service needs.
        made.merge(name, value, (its, more) -> name.equals("headers") ? its + "\n" + more : more);
      }
    }
    // Secrets were revealed when they were given to the preset; what they hide is no reference.
    var permits = new Permits(value -> value, given.permits().addresses());
    Options options = Options.of(preset.scheme(), known, made, permits);
    return new Given(to == null ? "https:" : to, options);
  }

  private String value(String name) {
    String part = parts.get(name);
    if (part != null) {
      return part;
    }
    return switch (name) {
      case Preset.BASE -> base();
      case Preset.KEY -> key(null);
      default -> option(name);
    };
  }

  private String base() {
    String other = given.has(Preset.BASE_URL) ? given.text(Preset.BASE_URL) : null;
    String base = other == null ? values.text(String.valueOf(preset.base())) : other.strip();
    return base.endsWith("/") ? base.substring(0, base.length() - 1) : base;
  }

  private String option(String name) {
    Preset.Own own = preset.option(name);
    String value = given.has(name) ? given.text(name) : own == null ? null : own.defaultValue();
    if (value == null || value.isEmpty()) {
      throw new UserException(
          "%s needs the option '%s': --option %s=VALUE%s"
              .formatted(
                  preset.scheme(), name, name, own == null ? "" : " (" + own.summary() + ")"));
    }
    if (!given.has(name) && value.equals("${" + Preset.KEY + "}")) {
      return key(name);
    }
    return own == null ? value : own.spelled(value);
  }

  /// @param option the option that may be given instead; null if there is none
  private String key(@Nullable String option) {
    if (key.size() != 1) {
      throw new UserException(
          preset.scheme()
              + " needs to know the one field by which a record is known: give --key FIELD"
              + (option == null ? "" : ", or --option " + option + "=FIELD"));
    }
    return key.getFirst();
  }
}
