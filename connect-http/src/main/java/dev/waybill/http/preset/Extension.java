package dev.waybill.http.preset;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;

/// Lays a preset over another one: what it says takes the place of what stood there, option by
/// option and setting by setting. A setting itself, such as the form of a record, is taken whole.
final class Extension {

  private Extension() {}

  /// What kind of thing is laid over another.
  private enum Kind {
    PRESET,
    OPTIONS,
    OPTION,
    CASES,
    SETTINGS,
    VALUE;

    private Kind of(String name) {
      return switch (this) {
        case PRESET ->
            switch (name) {
              case "options" -> OPTIONS;
              case "http", "delete" -> SETTINGS;
              default -> VALUE;
            };
        case OPTIONS -> OPTION;
        case OPTION ->
            switch (name) {
              case "http" -> SETTINGS;
              case "cases" -> CASES;
              default -> VALUE;
            };
        case CASES -> SETTINGS;
        case SETTINGS, VALUE -> VALUE;
      };
    }
  }

  static Node of(Node preset, Node base) {
    return laid(preset, base, Kind.PRESET);
  }

  private static Node laid(Node over, Node below, Kind kind) {
    if (kind == Kind.VALUE
        || !(over instanceof MappingNode top)
        || !(below instanceof MappingNode bottom)) {
      return over;
    }
    Map<String, NodeTuple> tuples = new LinkedHashMap<>();
    bottom.getValue().forEach(tuple -> tuples.put(name(tuple), tuple));
    for (NodeTuple tuple : top.getValue()) {
      String name = name(tuple);
      NodeTuple other = tuples.get(name);
      Node value =
          other == null
              ? tuple.getValueNode()
              : laid(tuple.getValueNode(), other.getValueNode(), kind.of(name));
      tuples.put(name, new NodeTuple(tuple.getKeyNode(), value));
    }
    List<NodeTuple> all = new ArrayList<>(tuples.values());
    return new MappingNode(
        top.getTag(), true, all, top.getFlowStyle(), top.getStartMark(), top.getEndMark());
  }

  private static String name(NodeTuple tuple) {
    return tuple.getKeyNode() instanceof ScalarNode scalar
        ? scalar.getValue()
        : tuple.getKeyNode().toString();
  }
}
