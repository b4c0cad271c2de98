package dev.waybill.mapping;

import dev.waybill.FieldNames;
import dev.waybill.UserException;
import dev.waybill.mapping.FieldSpec.Presence;
import dev.waybill.mapping.FieldSpec.Trimming;
import dev.waybill.mapping.MappingSpec.Nesting;
import dev.waybill.mapping.MappingSpec.Rest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Holds a mapping against the columns that there are.
final class PlanCompiler {

  private final MappingSpec spec;
  private final Map<String, FieldSpec> byTarget = new HashMap<>();
  private final Map<String, List<Transformation>> transformations = new HashMap<>();

  /// The columns that fields are made from.
  private final Set<String> used = new HashSet<>();

  /// The fields that are simply a column, by that column: they take its place.
  private final Map<String, List<FieldSpec>> inPlaceOf = new HashMap<>();

  PlanCompiler(MappingSpec spec, Transformations all) {
    this.spec = spec;
    for (FieldSpec field : spec.fields()) {
      if (byTarget.put(field.target(), field) != null) {
        throw new UserException("mapping: the field '" + field.target() + "' is named twice");
      }
      transformations.put(
          field.target(),
          field.types().stream().map(type -> all.of(type, field.target())).toList());
      if (field.from() instanceof From.Columns columns) {
        used.addAll(columns.names());
        if (columns.names().size() == 1) {
          inPlaceOf
              .computeIfAbsent(columns.names().getFirst(), column -> new ArrayList<>())
              .add(field);
        }
      }
    }
  }

  /// For records that all have these columns.
  ///
  /// @throws UserException if the mapping names others
  Plan forDeclared(FieldNames columns) {
    for (FieldSpec field : spec.fields()) {
      if (field.from() instanceof From.Columns from) {
        for (String column : from.names()) {
          mustHave(columns, column, "mapping: the field '" + field.target() + "' comes from");
        }
      }
    }
    for (String column : spec.exclude()) {
      mustHave(columns, column, "mapping: 'exclude' names");
    }
    return compile(columns, true);
  }

  /// For a record of a source whose records differ: what it has not is without a value.
  Plan forDiffering(FieldNames columns) {
    return compile(columns, false);
  }

  private static void mustHave(FieldNames columns, String column, String who) {
    if (!columns.contains(column)) {
      throw new UserException(
          "%s the column '%s', which the source does not have%s; its columns are %s"
              .formatted(
                  who,
                  column,
                  Nearest.suggestion(column, columns.asList()),
                  String.join(", ", columns.asList())));
    }
  }

  private Plan compile(FieldNames columns, boolean declared) {
    Map<String, Step> targets = targets(columns);
    Group root = Nester.nest(targets, spec);
    var keyNames = new ArrayList<String>();
    var parts = new ArrayList<Key.Part>();
    for (String name : spec.key()) {
      String field = keyField(name, targets);
      keyNames.add(field);
      parts.add(keyPart(field, targets, columns, declared));
    }
    return new Plan(
        columns,
        root.isIdentity(columns) ? null : root,
        root.names(),
        parts.isEmpty() ? null : new Key(parts),
        List.copyOf(keyNames));
  }

  /// The mapped record's values by name, in order: the columns in theirs, then what is added.
  private Map<String, Step> targets(FieldNames columns) {
    var targets = new LinkedHashMap<String, Step>();
    for (String column : columns.asList()) {
      for (FieldSpec field : inPlaceOf.getOrDefault(column, List.of())) {
        targets.put(field.target(), step(field, columns));
      }
      FieldSpec own = byTarget.get(column);
      if (own == null) {
        if (isKept(column)) {
          targets.put(column, asItIs(column, columns));
        }
      } else if (!(own.from() instanceof From.Columns)) {
        targets.put(column, step(own, columns));
      } else if (isKept(column)) {
        throw new UserException(
            "mapping: the field '%s' comes from elsewhere, but there is a column '%s' too; exclude that column or map it to another field"
                .formatted(column, column));
      }
    }
    for (FieldSpec field : spec.fields()) {
      if (!targets.containsKey(field.target())) {
        targets.put(field.target(), step(field, columns));
      }
    }
    return targets;
  }

  /// Whether a column is handed on without being asked for.
  private boolean isKept(String column) {
    return spec.rest() == Rest.KEEP && !used.contains(column) && !spec.exclude().contains(column);
  }

  private Step asItIs(String column, FieldNames columns) {
    Cell cell = Cell.find(column, columns);
    return spec.trimming() == Trimming.EXACT
        ? cell
        : new Treated(cell, column, Trimming.TRIM, List.of(), null, Presence.OPTIONAL, 0);
  }

  private Step step(FieldSpec field, FieldNames columns) {
    List<Transformation> types = transformations.getOrDefault(field.target(), List.of());
    Trimming trimming = field.trimming() == null ? spec.trimming() : field.trimming();
    Object absent =
        field.absent() == null && !types.isEmpty() ? types.getFirst().whenEmpty() : field.absent();
    Step input = input(field, columns);
    boolean plain =
        types.isEmpty()
            && trimming == Trimming.EXACT
            && absent == null
            && field.presence() == Presence.OPTIONAL
            && field.maxLength() == 0;
    return plain
        ? input
        : new Treated(
            input, label(field), trimming, types, absent, field.presence(), field.maxLength());
  }

  private static Step input(FieldSpec field, FieldNames columns) {
    return switch (field.from()) {
      case From.Columns from when from.names().size() == 1 ->
          Cell.find(from.names().getFirst(), columns);
      case From.Columns from ->
          new Joined(
              from.names().stream().map(name -> Cell.find(name, columns)).toList(),
              from.separator());
      case From.Constant constant -> source -> constant.value();
      case From.Expression expression -> new Expression(field.target(), expression.text(), columns);
    };
  }

  /// What reports call a field: by its column, since that is where the user mends it.
  private static String label(FieldSpec field) {
    return switch (field.from()) {
      case From.Columns from when !from.names().equals(List.of(field.target())) ->
          String.join(" + ", from.names()) + " (for " + field.target() + ")";
      case From.Columns from -> field.target();
      case From.Constant constant -> field.target();
      case From.Expression expression -> field.target();
    };
  }

  /// The field that a name in the key means: itself, or the field that this column became.
  private String keyField(String name, Map<String, Step> targets) {
    List<FieldSpec> renamed = inPlaceOf.getOrDefault(name, List.of());
    return targets.containsKey(name) || renamed.size() != 1 ? name : renamed.getFirst().target();
  }

  private Key.Part keyPart(
      String field, Map<String, Step> targets, FieldNames columns, boolean declared) {
    Step step = targets.get(field);
    if (step instanceof Cell cell) {
      return new Key.Part(cell, List.of());
    }
    if (step != null) {
      List<String> path =
          spec.nesting() == Nesting.DOTS ? Arrays.asList(Names.parts(field)) : List.of(field);
      return new Key.Part(cellOf(step), path);
    }
    if (declared && !columns.contains(field)) {
      var all = new ArrayList<>(targets.keySet());
      columns.asList().stream().filter(column -> !all.contains(column)).forEach(all::add);
      throw new UserException(
          "mapping: the key names '%s', which is neither a field nor a column%s; there are %s"
              .formatted(field, Nearest.suggestion(field, all), String.join(", ", all)));
    }
    return new Key.Part(Cell.find(field, columns), List.of());
  }

  private static @Nullable Cell cellOf(Step step) {
    return step instanceof Treated treated && treated.input() instanceof Cell cell ? cell : null;
  }
}
