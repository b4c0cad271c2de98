package dev.waybill.http.preset;

import dev.waybill.UserException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;
import org.snakeyaml.engine.v2.schema.CoreSchema;

/// A file of YAML 1.2 as a tree whose complaints name file and line.
final class Yaml {

  private Yaml() {}

  /// @throws UserException if the text is no YAML, or not one map
  static Map parse(String file, String text) {
    return new Value(file, root(file, text)).map();
  }

  /// @throws UserException if the text is no YAML
  static Node root(String file, String text) {
    try {
      var load =
          LoadSettings.builder()
              .setLabel(file)
              .setSchema(new CoreSchema())
              .setMaxAliasesForCollections(50)
              .build();
      return new Compose(load)
          .composeString(text)
          .orElseThrow(() -> new UserException(file + " is empty"));
    } catch (MarkedYamlEngineException e) {
      int line = e.getProblemMark().map(Mark::getLine).orElse(-1) + 1;
      throw new UserException(file + ", line " + line + " is no YAML: " + e.getProblem(), e);
    } catch (YamlEngineException e) {
      throw new UserException(file + " is no YAML: " + e.getMessage(), e);
    }
  }

  /// What stands in one place.
  record Value(String file, Node node) {

    String text() {
      if (node instanceof ScalarNode scalar) {
        return scalar.getValue();
      }
      throw bad("here a single value is needed");
    }

    boolean isNull() {
      return node instanceof ScalarNode scalar && scalar.getTag().equals(Tag.NULL);
    }

    Map map() {
      if (!(node instanceof MappingNode mapping)) {
        throw bad("here settings are needed, each as NAME: VALUE");
      }
      var values = new LinkedHashMap<String, Value>();
      for (NodeTuple tuple : mapping.getValue()) {
        values.put(
            new Value(file, tuple.getKeyNode()).text(), new Value(file, tuple.getValueNode()));
      }
      return new Map(file, line(), values);
    }

    /// Texts, numbers, truths, lists and maps, by YAML's core schema (YAML 1.2.2, section 10.3).
    @Nullable Object plain() {
      return switch (node) {
        case MappingNode mapping -> map().plain();
        case SequenceNode list -> {
          var plain = new ArrayList<@Nullable Object>();
          list.getValue().forEach(each -> plain.add(new Value(file, each).plain()));
          yield plain;
        }
        case ScalarNode scalar -> scalar(scalar);
        default -> throw bad("there is no value here that a preset knows");
      };
    }

    private static @Nullable Object scalar(ScalarNode scalar) {
      Tag tag = scalar.getTag();
      String text = scalar.getValue();
      if (tag.equals(Tag.NULL)) {
        return null;
      }
      if (tag.equals(Tag.BOOL)) {
        return Boolean.valueOf(text);
      }
      return tag.equals(Tag.INT) && text.matches("-?[0-9]{1,18}")
          ? (Object) Long.valueOf(text)
          : text;
    }

    private int line() {
      return node.getStartMark().map(Mark::getLine).orElse(-1) + 1;
    }

    UserException bad(String sentence) {
      String place = node.getStartMark().map(Mark::getName).orElse(file);
      return new UserException(place + ", line " + line() + ": " + sentence);
    }
  }

  /// Settings by name, in order.
  record Map(String file, int line, java.util.Map<String, Value> values) {

    @Nullable Value get(String name) {
      return values.get(name);
    }

    /// @throws UserException if there are others than these
    void allow(String owner, Collection<String> known) {
      values.forEach(
          (name, value) -> {
            if (!known.contains(name)) {
              throw value.bad(owner + " has no '" + name + "'; it has " + String.join(", ", known));
            }
          });
    }

    java.util.Map<String, @Nullable Object> plain() {
      var plain = new LinkedHashMap<String, @Nullable Object>();
      values.forEach((name, value) -> plain.put(name, value.plain()));
      return plain;
    }
  }
}
