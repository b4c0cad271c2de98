package dev.waybill.mapping;

import dev.waybill.UserException;
import dev.waybill.mapping.FieldSpec.Presence;
import dev.waybill.mapping.FieldSpec.Trimming;
import dev.waybill.mapping.MappingSpec.Nesting;
import dev.waybill.mapping.MappingSpec.Nulls;
import dev.waybill.mapping.MappingSpec.Rest;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Reads a job file's `mapping`.
final class SpecReader {

  static final List<String> KEYS =
      List.of("fields", "rest", "exclude", "key", "trim", "nulls", "nest");

  static final List<String> FIELD_KEYS =
      List.of(
          "from",
          "separator",
          "value",
          "expression",
          "type",
          "format",
          "required",
          "default",
          "max-length",
          "trim");

  private SpecReader() {}

  static MappingSpec read(Map<String, ? extends @Nullable Object> root) {
    var tree = new Tree("mapping", root, KEYS);
    return new MappingSpec(
        fields(tree),
        tree.choice("rest", Rest.KEEP, Rest.DROP, "keep", "drop"),
        Set.copyOf(new LinkedHashSet<>(tree.texts("exclude"))),
        tree.texts("key"),
        Boolean.TRUE.equals(tree.flag("trim")) ? Trimming.TRIM : Trimming.EXACT,
        tree.choice("nulls", Nulls.KEEP, Nulls.OMIT, "keep", "omit"),
        Boolean.FALSE.equals(tree.flag("nest")) ? Nesting.FLAT : Nesting.DOTS);
  }

  private static List<FieldSpec> fields(Tree tree) {
    var fields = new ArrayList<FieldSpec>();
    tree.map("fields")
        .forEach(
            (name, entry) -> {
              String where = "mapping: the field '" + name + "'";
              if (name.isBlank()) {
                throw new UserException("mapping: a field under 'fields' has no name");
              }
              fields.add(
                  switch (entry) {
                    case null -> FieldSpec.of(name, From.column(name));
                    case String column -> FieldSpec.of(name, From.column(column));
                    case Map<?, ?> map ->
                        field(name, new Tree(where, Tree.keyed(where, map), FIELD_KEYS));
                    default ->
                        throw new UserException(
                            where + " takes a column's name, or a map with 'from', 'type' …");
                  });
            });
    return fields;
  }

  private static FieldSpec field(String name, Tree tree) {
    Boolean trim = tree.flag("trim");
    return new FieldSpec(
        name,
        from(name, tree),
        types(tree),
        Boolean.TRUE.equals(tree.flag("required")) ? Presence.REQUIRED : Presence.OPTIONAL,
        Values.of(tree.where() + ": 'default'", tree.value("default")),
        tree.count("max-length"),
        trim == null ? null : trim ? Trimming.TRIM : Trimming.EXACT);
  }

  private static From from(String name, Tree tree) {
    long given = List.of("from", "value", "expression").stream().filter(tree::has).count();
    if (given > 1) {
      throw new UserException(tree.where() + " takes one of 'from', 'value' and 'expression'");
    }
    if (tree.has("value")) {
      return new From.Constant(Values.of(tree.where() + ": 'value'", tree.value("value")));
    }
    String expression = tree.text("expression");
    if (expression != null) {
      return new From.Expression(expression);
    }
    String separator = tree.text("separator");
    List<String> columns = tree.texts("from");
    return new From.Columns(
        columns.isEmpty() ? List.of(name) : columns, separator == null ? " " : separator);
  }

  private static List<TypeSpec> types(Tree tree) {
    List<TypeSpec> types = tree.texts("type").stream().map(TypeSpec::parse).toList();
    if (!tree.has("format")) {
      return types;
    }
    if (types.size() != 1 || types.getFirst().setting() != null) {
      throw new UserException(
          tree.where() + " has a 'format', which needs exactly one 'type' without a colon");
    }
    return List.of(new TypeSpec(types.getFirst().name(), format(tree)));
  }

  /// `{in: IN, out: OUT}` as the setting `IN to OUT`.
  private static String format(Tree tree) {
    if (tree.value("format") instanceof Map<?, ?> map) {
      String where = tree.where() + ": 'format'";
      var format = new Tree(where, Tree.keyed(where, map), List.of("in", "out"));
      String in = String.join("|", format.texts("in"));
      String out = format.text("out");
      return out == null ? in : in + " to " + out;
    }
    return String.join("|", tree.texts("format"));
  }
}
