package dev.waybill.flow.job;

import dev.waybill.UserException;
import dev.waybill.mapping.Nearest;
import java.io.IOException;
import java.nio.charset.MalformedInputException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;
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

/// Reads a job file: YAML 1.2, of which JSON is a part. Its form is `docs/job.schema.json`.
public final class JobFile {

  private static final List<String> PARTS =
      List.of("source", "destination", "mapping", "policy", "sync", "live", "service", "out");

  private final String file;
  private final JobSettings settings = new JobSettings();

  private JobFile(String file) {
    this.file = file;
  }

  /// The settings in a job file.
  ///
  /// @throws UserException if it can not be read, or there is something in it that a job has not
  public static JobSettings read(Path path) {
    String text;
    try {
      text = Files.readString(path);
    } catch (MalformedInputException e) {
      throw new UserException(path + " is not UTF-8, and so no job file.", e);
    } catch (IOException e) {
      throw new UserException(
          Files.exists(path)
              ? path + " can not be read: " + e.getMessage() + "."
              : "There is no job file " + path + ".",
          e);
    }
    return parse(path.toString(), text);
  }

  /// The settings in the text of a job file, or of a stored job.
  ///
  /// @param name names it in complaints
  /// @throws UserException as [#read]
  public static JobSettings parse(String name, String text) {
    var job = new JobFile(name);
    try {
      var load = LoadSettings.builder().setLabel(name).setMaxAliasesForCollections(50).build();
      Optional<Node> root = new Compose(load).composeString(text);
      job.top(
          root.orElseThrow(
              () -> new UserException(name + " is empty: it needs a source and a destination.")));
    } catch (MarkedYamlEngineException e) {
      int line = e.getProblemMark().map(Mark::getLine).orElse(-1) + 1;
      throw new UserException(name + ", line " + line + " is no YAML: " + e.getProblem() + ".", e);
    } catch (YamlEngineException e) {
      throw new UserException(name + " is no YAML: " + e.getMessage() + ".", e);
    }
    return job.settings;
  }

  private void top(Node root) {
    each(
        root,
        "a job",
        PARTS,
        (key, value) -> {
          switch (key) {
            case "source" -> source(value);
            case "destination" -> part(value, JobKey.Section.DESTINATION, List.of());
            case "policy" -> part(value, JobKey.Section.POLICY, List.of());
            case "sync" -> sync(value);
            case "live" -> {
              part(value, JobKey.Section.LIVE, List.of());
              settings.live();
            }
            case "mapping" -> settings.mapping(mapping(value));
            case "service" -> settings.service(tree(key, value));
            default -> settings.set(JobKey.OUT, given(JobKey.OUT, value));
          }
        });
  }

  private void source(Node node) {
    part(node, JobKey.Section.SOURCE, List.of("from", "files"));
  }

  private void sync(Node node) {
    part(node, JobKey.Section.SYNC, List.of("key"));
    settings.sync();
  }

  private void part(Node node, JobKey.Section section, List<String> more) {
    var known = new ArrayList<>(more);
    section.settings().forEach(key -> known.add(key.key()));
    if (section == JobKey.Section.SOURCE || section == JobKey.Section.DESTINATION) {
      known.add("options");
    }
    each(
        node,
        section.key(),
        known,
        (name, value) -> {
          switch (name) {
            case "files", "from" -> settings.files(texts(name, value));
            case "key" -> settings.key(texts(name, value));
            case "options" -> options(section, value);
            default -> {
              for (JobKey key : section.settings()) {
                if (key.key().equals(name)) {
                  settings.set(key, given(key, value));
                }
              }
            }
          }
        });
  }

  private void options(JobKey.Section section, Node node) {
    each(
        node,
        section.key() + ".options",
        null,
        (name, value) -> {
          String text = text(section.key() + ".options." + name, value);
          if (section == JobKey.Section.SOURCE) {
            settings.sourceOption(name, text);
          } else {
            settings.destinationOption(name, text);
          }
        });
  }

  private Given given(JobKey key, Node node) {
    String path = key.section().key();
    String name = path.isEmpty() ? key.key() : path + "." + key.key();
    return new Given(text(name, node), at(node) + name);
  }

  private List<String> texts(String name, Node node) {
    return node instanceof SequenceNode list
        ? list.getValue().stream().map(element -> text(name, element)).toList()
        : List.of(text(name, node));
  }

  private String text(String name, Node node) {
    if (node instanceof ScalarNode scalar && !scalar.getTag().equals(Tag.NULL)) {
      return scalar.getValue();
    }
    throw new UserException(at(node) + name + " takes a single value.");
  }

  private void each(
      Node node, String owner, @Nullable Collection<String> known, BiConsumer<String, Node> taker) {
    if (!(node instanceof MappingNode map)) {
      throw new UserException(at(node) + owner + " takes settings, each as NAME: VALUE.");
    }
    for (NodeTuple tuple : map.getValue()) {
      String key = text(owner, tuple.getKeyNode());
      if (known != null && !known.contains(key)) {
        throw new UserException(
            at(tuple.getKeyNode())
                + owner
                + " has no '"
                + key
                + "'"
                + Nearest.suggestion(key, known)
                + "; it has "
                + String.join(", ", known)
                + ".");
      }
      taker.accept(key, tuple.getValueNode());
    }
  }

  private Map<String, @Nullable Object> mapping(Node node) {
    return tree("mapping", node);
  }

  private Map<String, @Nullable Object> tree(String part, Node node) {
    if (tree(node) instanceof Map<?, ?> map) {
      var mapping = new LinkedHashMap<String, @Nullable Object>();
      map.forEach((key, value) -> mapping.put(String.valueOf(key), value));
      return mapping;
    }
    throw new UserException(at(node) + part + " takes settings, each as NAME: VALUE.");
  }

  /// The values that YAML's core schema makes of a node (YAML 1.2.2, section 10.3).
  private @Nullable Object tree(Node node) {
    return switch (node) {
      case MappingNode map -> {
        var tree = new LinkedHashMap<String, @Nullable Object>();
        map.getValue()
            .forEach(
                tuple -> tree.put(text("mapping", tuple.getKeyNode()), tree(tuple.getValueNode())));
        yield tree;
      }
      case SequenceNode list -> {
        var tree = new ArrayList<@Nullable Object>();
        list.getValue().forEach(element -> tree.add(tree(element)));
        yield tree;
      }
      case ScalarNode scalar -> scalar(scalar);
      default -> throw new UserException(at(node) + "there is no value here that a job knows.");
    };
  }

  private static @Nullable Object scalar(ScalarNode scalar) {
    Tag tag = scalar.getTag();
    String text = scalar.getValue();
    if (tag.equals(Tag.NULL)) {
      return null;
    } else if (tag.equals(Tag.BOOL)) {
      return Boolean.valueOf(text);
    } else if (tag.equals(Tag.INT) && text.matches("[-+]?[0-9]{1,18}")) {
      long number = Long.parseLong(text);
      return number == (int) number ? (Object) (int) number : (Object) number;
    } else if (tag.equals(Tag.FLOAT) && text.matches("[-+]?[0-9.]+([eE][-+]?[0-9]+)?")) {
      return Double.valueOf(text);
    }
    return text;
  }

  private String at(Node node) {
    return node.getStartMark()
        .map(mark -> file + ", line " + (mark.getLine() + 1) + ": ")
        .orElse(file + ": ");
  }
}
