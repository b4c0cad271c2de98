package dev.waybill.akamai;

import dev.waybill.FieldNames;
import java.util.LinkedHashMap;
import java.util.Map;

/// How dotted names nest: `primaryAddress.city` and `primaryAddress.zip` become the object
/// `primaryAddress` with two members. No attribute of the API has a dot in its own name.
sealed interface Nesting {

  /// The value of the field at this position.
  record Leaf(int index) implements Nesting {}

  /// An object with these members, in order.
  record Branch(Map<String, Nesting> members) implements Nesting {}

  /// A name that is both a value and an object.
  final class Conflict extends Exception {
    private static final long serialVersionUID = 1;

    Conflict(String name) {
      super("'" + name + "' is a field itself and also begins the name of another: rename one");
    }
  }

  /// The nesting of these names.
  ///
  /// @throws Conflict if one name is the beginning of another: `address` and `address.city`
  static Branch of(FieldNames names) throws Conflict {
    var root = new Branch(new LinkedHashMap<>());
    for (int i = 0; i < names.size(); i++) {
      Branch place = root;
      String rest = names.name(i);
      for (int dot = rest.indexOf('.'); dot > 0; dot = rest.indexOf('.')) {
        String parent = rest.substring(0, dot);
        Nesting next =
            place.members().computeIfAbsent(parent, name -> new Branch(new LinkedHashMap<>()));
        if (!(next instanceof Branch branch)) {
          throw new Conflict(parent);
        }
        place = branch;
        rest = rest.substring(dot + 1);
      }
      if (place.members().put(rest, new Leaf(i)) != null) {
        throw new Conflict(names.name(i));
      }
    }
    return root;
  }
}
