package dev.waybill.mapping;

import dev.waybill.FieldNames;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Where an expression finds the source's columns: each under its own name, and those with dots
/// nested as well (`primaryAddress.city`). A column named like such a parent hides it.
///
/// @param positions the columns by name
/// @param nested the records that dots make, by name
record RecordShape(Map<String, Integer> positions, Map<String, RecordShape> nested) {

  static RecordShape of(FieldNames columns) {
    var root = new RecordShape(new LinkedHashMap<>(), new HashMap<>());
    for (int i = 0; i < columns.size(); i++) {
      root.positions.put(columns.name(i), i);
    }
    for (int i = 0; i < columns.size(); i++) {
      String[] parts = Names.parts(columns.name(i));
      RecordShape shape = root;
      for (int part = 0; part < parts.length - 1; part++) {
        shape =
            shape.nested.computeIfAbsent(
                parts[part], name -> new RecordShape(new LinkedHashMap<>(), new HashMap<>()));
      }
      shape.positions.putIfAbsent(parts[parts.length - 1], i);
    }
    return root;
  }

  @Nullable Integer position(Object name) {
    return positions.get(name);
  }
}
