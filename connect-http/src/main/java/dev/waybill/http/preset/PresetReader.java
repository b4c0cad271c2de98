package dev.waybill.http.preset;

import dev.waybill.UserException;
import dev.waybill.spi.Option;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.nodes.Node;

/// Makes a preset of a file. `docs/destinations/presets.md` says what may stand in one.
final class PresetReader {

  private static final List<String> PARTS =
      List.of("scheme", "summary", "extends", "address", "base", "options", "http", "delete");

  private static final List<String> OPTION_PARTS =
      List.of("summary", "default", "secret", "http", "cases");

  private final String file;

  private PresetReader(String file) {
    this.file = file;
  }

  /// Reads a preset.
  ///
  /// @param file its name, for complaints
  /// @param others the text of the preset that comes with this module, by its scheme
  /// @throws UserException if the text is none; says where and why
  static Preset read(String file, String text, UnaryOperator<String> others) {
    Node root = Yaml.root(file, text);
    Yaml.Value base = new Yaml.Value(file, root).map().get("extends");
    if (base != null) {
      String scheme = base.text();
      if (!PresetFamily.schemes().contains(scheme)) {
        throw base.bad(
            "extends takes the name of a preset, one of "
                + String.join(", ", PresetFamily.schemes()));
      }
      root = Extension.of(root, Yaml.root(scheme + ".yaml", others.apply(scheme)));
    }
    Preset preset = new PresetReader(file).preset(new Yaml.Value(file, root).map());
    PresetCheck.check(file, preset);
    return preset;
  }

  private Preset preset(Yaml.Map tree) {
    tree.allow("a preset", PARTS);
    var options = new ArrayList<Preset.Own>();
    Yaml.Value own = tree.get("options");
    if (own != null) {
      own.map().values().forEach((name, value) -> options.add(option(name, value.map())));
    }
    Yaml.Value http = tree.get("http");
    Yaml.Value delete = tree.get("delete");
    Yaml.Value address = tree.get("address");
    Yaml.Value base = tree.get("base");
    return new Preset(
        required(tree, "scheme"),
        required(tree, "summary"),
        AddressForm.of(address == null ? "" : address.text()),
        base == null ? null : base.text(),
        List.copyOf(options),
        http == null ? Map.of() : http.map().plain(),
        delete == null || delete.isNull() ? null : delete.map().plain());
  }

  private Preset.Own option(String name, Yaml.Map tree) {
    tree.allow("the option " + name, OPTION_PARTS);
    Yaml.Value secret = tree.get("secret");
    Yaml.Value standard = tree.get("default");
    Yaml.Value http = tree.get("http");
    var cases = new LinkedHashMap<String, Map<String, @Nullable Object>>();
    Yaml.Value given = tree.get("cases");
    if (given != null) {
      given
          .map()
          .values()
          .forEach(
              (value, then) -> cases.put(value, then.isNull() ? Map.of() : then.map().plain()));
    }
    return new Preset.Own(
        name,
        required(tree, "summary"),
        standard == null ? null : standard.text(),
        secret != null && secret.text().equals("true") ? Option.Kind.SECRET : Option.Kind.PLAIN,
        http == null ? Map.of() : http.map().plain(),
        cases);
  }

  private String required(Yaml.Map tree, String name) {
    Yaml.Value value = tree.get(name);
    if (value == null) {
      throw new UserException(file + ", line " + tree.line() + ": there is no " + name + " here");
    }
    return value.text();
  }
}
