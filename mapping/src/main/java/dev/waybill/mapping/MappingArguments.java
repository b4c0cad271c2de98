package dev.waybill.mapping;

import dev.waybill.UserException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Collects a mapping from a command line's short spellings, on top of what a job file says. Not
/// safe for use by several threads.
///
/// ```java
/// var spec = new MappingArguments().map("email=E-Mail").type("birthday=date").key("email").spec();
/// ```
public final class MappingArguments {

  private final Map<String, @Nullable Object> tree = new LinkedHashMap<>();
  private final Map<String, @Nullable Object> fields = new LinkedHashMap<>();

  /// Nothing yet.
  public MappingArguments() {
    tree.put("fields", fields);
  }

  /// On top of a job file's `mapping`, which is not changed.
  public MappingArguments(Map<String, ? extends @Nullable Object> jobFile) {
    tree.putAll(jobFile);
    if (jobFile.get("fields") instanceof Map<?, ?> given) {
      fields.putAll(Tree.keyed("mapping: 'fields'", given));
    } else if (jobFile.get("fields") != null) {
      throw new UserException("mapping: 'fields' takes a map of fields");
    }
    tree.put("fields", fields);
  }

  /// `--map email=E-Mail`: the field `email` comes from the column `E-Mail`.
  public MappingArguments map(String argument) {
    return origin("--map", "COLUMN", "from", argument);
  }

  /// `--set source=import`: the field `source` is the text `import` in every record.
  public MappingArguments set(String argument) {
    return origin("--set", "TEXT", "value", argument);
  }

  /// `--expression 'name=first & " " & last'`: the field `name` is computed by JSONata.
  public MappingArguments expression(String argument) {
    return origin("--expression", "JSONATA", "expression", argument);
  }

  /// `--type birthday=date:MM/dd/yyyy`: the field `birthday` is a date.
  public MappingArguments type(String argument) {
    int equals = equals("--type", "TYPE", argument);
    var field = field(argument.substring(0, equals));
    field.remove("format");
    field.put("type", argument.substring(equals + 1));
    return this;
  }

  /// `--require email`, or several joined by commas: records without it are refused.
  public MappingArguments require(String argument) {
    split(argument).forEach(name -> field(name).put("required", true));
    return this;
  }

  /// `--exclude notes`, or several joined by commas: columns that are not handed on.
  public MappingArguments exclude(String argument) {
    return append("exclude", argument);
  }

  /// `--key email`, or several joined by commas: what names a record. Takes the place of a job
  /// file's key.
  public MappingArguments key(String argument) {
    tree.put("key", split(argument));
    return this;
  }

  /// `--trim`: white space around texts is taken off.
  public MappingArguments trim() {
    tree.put("trim", true);
    return this;
  }

  /// What was said so far, as a mapping.
  ///
  /// @throws UserException if it does not fit together
  public MappingSpec spec() {
    return MappingSpec.parse(tree);
  }

  /// What was said so far, in the form of a job file's `mapping`.
  public Map<String, @Nullable Object> tree() {
    Map<String, @Nullable Object> all = new LinkedHashMap<>();
    all.putAll(tree);
    if (fields.isEmpty()) {
      all.remove("fields");
    } else {
      Map<String, @Nullable Object> copy = new LinkedHashMap<>();
      copy.putAll(fields);
      all.put("fields", copy);
    }
    return all;
  }

  private MappingArguments origin(String option, String form, String origin, String argument) {
    int equals = equals(option, form, argument);
    var field = field(argument.substring(0, equals));
    List.of("from", "value", "expression", "separator").forEach(field::remove);
    field.put(origin, argument.substring(equals + 1));
    return this;
  }

  private MappingArguments append(String key, String argument) {
    var all = new ArrayList<@Nullable Object>();
    switch (tree.get(key)) {
      case null -> {}
      case List<?> given -> all.addAll(given);
      case Object one -> all.add(one);
    }
    all.addAll(split(argument));
    tree.put(key, all);
    return this;
  }

  /// The map of a field, made out of what stands there.
  private Map<String, @Nullable Object> field(String name) {
    var field = new LinkedHashMap<String, @Nullable Object>();
    switch (fields.get(name)) {
      case null -> {}
      case Map<?, ?> map -> field.putAll(Tree.keyed("mapping: the field '" + name + "'", map));
      case Object column -> field.put("from", column);
    }
    fields.put(name, field);
    return field;
  }

  private static int equals(String option, String form, String argument) {
    int equals = argument.indexOf('=');
    if (equals < 1 || equals == argument.length() - 1) {
      throw new UserException("%s takes FIELD=%s, not '%s'".formatted(option, form, argument));
    }
    return equals;
  }

  private static List<String> split(String argument) {
    return List.of(argument.split(",", -1)).stream().map(String::strip).toList();
  }
}
