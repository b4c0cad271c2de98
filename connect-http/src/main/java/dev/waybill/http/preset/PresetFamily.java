package dev.waybill.http.preset;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.waybill.spi.DestinationFamily;
import dev.waybill.spi.DestinationProvider;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;

/// The presets that come with this module, one file each, and those that users write.
public final class PresetFamily implements DestinationFamily {

  /// Names the files, because those in a jar can not be listed.
  static final String INDEX = "presets.txt";

  /// For `java.util.ServiceLoader`.
  public PresetFamily() {}

  @Override
  public List<DestinationProvider> members() {
    var members = new ArrayList<DestinationProvider>();
    for (String scheme : schemes()) {
      members.add(new PresetProvider(scheme, () -> bundled(scheme)));
    }
    members.add(new FileProvider());
    return List.copyOf(members);
  }

  static List<String> schemes() {
    return text(INDEX).lines().filter(line -> !line.isBlank()).toList();
  }

  /// The preset of this scheme that comes with this module.
  static Preset bundled(String scheme) {
    String file = scheme + ".yaml";
    return PresetReader.read(file, text(file), PresetFamily::source);
  }

  /// The text of the preset that another one stands on.
  static String source(String scheme) {
    return text(scheme + ".yaml");
  }

  private static String text(String file) {
    try (InputStream in = PresetFamily.class.getResourceAsStream(file)) {
      if (in == null) {
        throw new IllegalStateException("the resource " + file + " is missing");
      }
      return new String(in.readAllBytes(), UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
