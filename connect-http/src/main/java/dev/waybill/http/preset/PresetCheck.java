package dev.waybill.http.preset;

import dev.waybill.UserException;
import dev.waybill.http.HttpProvider;
import dev.waybill.spi.Option;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// Looks whether a preset makes sense, before anything is done with it.
final class PresetCheck {

  private final String file;
  private final Preset preset;
  private final Map<String, Option> http = new HashMap<>();
  private final Set<String> names = new TreeSet<>(Set.of(Preset.BASE, Preset.KEY));
  private final Set<String> secrets = new HashSet<>();

  private PresetCheck(String file, Preset preset) {
    this.file = file;
    this.preset = preset;
    new HttpProvider().options().forEach(option -> http.put(option.name(), option));
    names.addAll(preset.address().parts());
    for (Preset.Own own : preset.options()) {
      names.add(own.name());
      if (own.kind() == Option.Kind.SECRET) {
        secrets.add(own.name());
      }
    }
  }

  /// @throws UserException if it does not; says what is wrong
  static void check(String file, Preset preset) {
    new PresetCheck(file, preset).check();
  }

  private void check() {
    if (!preset.scheme().matches("[a-z][a-z0-9+-]*")) {
      throw bad("the scheme takes small letters, not '" + preset.scheme() + "'");
    }
    names("base", preset.base());
    settings("http", preset.http());
    Map<String, @Nullable Object> delete = preset.delete();
    if (delete != null) {
      settings("delete", delete);
    }
    for (Preset.Own own : preset.options()) {
      String place = "the option " + own.name();
      if (own.name().equals(Preset.BASE_URL) || Common.NAMES.contains(own.name())) {
        throw bad(place + " is one that every preset has; give it another name");
      }
      names(place, own.defaultValue());
      settings(place, own.http());
      for (Map.Entry<String, Map<String, @Nullable Object>> each : own.cases().entrySet()) {
        settings(place + ", " + each.getKey(), each.getValue());
      }
      if (!own.cases().isEmpty()
          && own.defaultValue() != null
          && !own.cases().containsKey(own.defaultValue())) {
        throw bad(place + " has the default '" + own.defaultValue() + "', which is no case of it");
      }
    }
  }

  private void settings(String place, Map<String, @Nullable Object> settings) {
    settings.forEach(
        (name, value) -> {
          Option option = http.get(name);
          if (option == null && !name.equals(Preset.URL)) {
            throw bad(
                "%s sets '%s', which is no option of http; it has url, %s"
                    .formatted(place, name, String.join(", ", new TreeSet<>(http.keySet()))));
          }
          names(place + ", " + name, value);
          boolean hidden = option != null && option.kind() == Option.Kind.SECRET;
          for (String used : Values.namesIn(value)) {
            if (secrets.contains(used) && !hidden) {
              throw bad(
                  "%s puts the secret %s into %s, where it could be seen; secrets go into %s"
                      .formatted(place, used, name, String.join(", ", secretSettings())));
            }
          }
        });
  }

  private Set<String> secretSettings() {
    var hidden = new TreeSet<String>();
    http.forEach(
        (name, option) -> {
          if (option.kind() == Option.Kind.SECRET) {
            hidden.add(name);
          }
        });
    return hidden;
  }

  private void names(String place, @Nullable Object value) {
    for (String name : Values.namesIn(value)) {
      if (!names.contains(name)) {
        throw bad(
            "%s refers to ${%s}, and there is no such option or part; there are %s"
                .formatted(place, name, String.join(", ", names)));
      }
    }
  }

  private UserException bad(String sentence) {
    return new UserException(file + ": " + sentence);
  }
}
