package dev.waybill.http.preset;

import dev.waybill.Fields;
import dev.waybill.UserException;
import dev.waybill.http.HttpProvider;
import dev.waybill.spi.Destination;
import dev.waybill.spi.DestinationProvider;
import dev.waybill.spi.Option;
import dev.waybill.spi.Options;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// A service that a preset describes, as a destination: the options of the preset become options of
/// the HTTP destination, which does the rest.
final class PresetProvider implements DestinationProvider {

  private final String scheme;
  private final Supplier<Preset> file;
  private final HttpProvider http = new HttpProvider();
  private volatile @Nullable Preset read;

  /// @param file reads the preset; called when something is asked that stands in it
  PresetProvider(String scheme, Supplier<Preset> file) {
    this.scheme = scheme;
    this.file = file;
  }

  private Preset preset() {
    Preset preset = read;
    if (preset == null) {
      preset = file.get();
      read = preset;
    }
    return preset;
  }

  @Override
  public List<String> schemes() {
    return List.of(scheme);
  }

  @Override
  public String summary() {
    Preset preset = preset();
    return preset.summary() + ": " + scheme + ":" + preset.address().shown();
  }

  @Override
  public List<Option> options() {
    Preset preset = preset();
    var options = new ArrayList<Option>();
    preset.options().forEach(own -> options.add(own.option()));
    options.add(
        Option.of(
            Preset.BASE_URL,
            preset.base() == null || preset.base().contains("${") ? null : preset.base(),
            "Another address of the API, such as a gateway's or a test's."));
    for (Option each : http.options()) {
      if (Common.NAMES.contains(each.name())) {
        options.add(said(each, preset.http().get(each.name())));
      }
    }
    return options;
  }

  /// A common option with what the preset says as its default.
  private static Option said(Option option, @Nullable Object value) {
    return value == null || value.toString().contains("${")
        ? option
        : Option.of(option.name(), value.toString(), option.description());
  }

  @Override
  public Destination<Fields> open(String address, Options given, Delivery delivery) {
    var use = new PresetUse(preset(), address, given, delivery);
    PresetUse.Given all = use.given(http.options(), null);
    return http.open(all.url(), all.options(), delivery);
  }

  @Override
  public Destination<Fields> openDeleting(String address, Options given, Delivery delivery) {
    Preset preset = preset();
    if (preset.delete() == null) {
      throw new UserException(
          "The destination "
              + scheme
              + ": can not delete records, so it can not be a mirror: choose mode upsert");
    }
    var use = new PresetUse(preset, address, given, delivery);
    PresetUse.Given all = use.given(http.options(), preset.delete());
    return http.openDeleting(all.url(), all.options(), delivery);
  }
}
