package dev.waybill.mapping;

import dev.waybill.UserException;
import dev.waybill.mapping.MappingSpec.Nesting;
import dev.waybill.mapping.MappingSpec.Nulls;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

/// Makes records within records out of dotted names.
final class Nester {

  /// The values of one record by name; a nested record stands where its first value did.
  private final Map<String, Object> members = new LinkedHashMap<>();

  private Nester() {}

  /// @throws UserException if a name is both a value and a parent (`a` and `a.b`)
  static Group nest(Map<String, Step> targets, MappingSpec spec) {
    var root = new Nester();
    targets.forEach(
        (name, step) -> {
          String[] parts = spec.nesting() == Nesting.DOTS ? Names.parts(name) : new String[] {name};
          Nester parent = root;
          for (int i = 0; i < parts.length - 1; i++) {
            Object member = parent.members.computeIfAbsent(parts[i], part -> new Nester());
            if (!(member instanceof Nester nested)) {
              throw bothValueAndParent(parts, i, name);
            }
            parent = nested;
          }
          if (parent.members.putIfAbsent(parts[parts.length - 1], step) != null) {
            throw bothValueAndParent(parts, parts.length - 1, name);
          }
        });
    return root.group(spec.nulls());
  }

  private static UserException bothValueAndParent(String[] parts, int last, String name) {
    String parent = String.join(".", Arrays.copyOf(parts, last + 1));
    String child = name.equals(parent) ? name + ".…" : name;
    return new UserException(
        "mapping: the field '%s' can not have a value of its own and hold others ('%s') too; rename one of them, or set 'nest' to false"
            .formatted(parent, child));
  }

  private Group group(Nulls nulls) {
    var steps = new LinkedHashMap<String, Step>();
    members.forEach(
        (name, member) ->
            steps.put(name, member instanceof Nester nested ? nested.group(nulls) : (Step) member));
    return new Group(steps, nulls == Nulls.OMIT ? new PresentNames(steps) : null);
  }
}
