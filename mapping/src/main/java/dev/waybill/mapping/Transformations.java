package dev.waybill.mapping;

import dev.waybill.UserException;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.TreeMap;

/// The transformations that there are: those that come with Waybill and those that users added.
public final class Transformations {

  private final TreeMap<String, Transformation> byName = new TreeMap<>();

  private Transformations(Iterable<Transformation> all) {
    for (Transformation one : all) {
      Transformation other = byName.putIfAbsent(one.name(), one);
      if (other != null) {
        throw new UserException(
            "two transformations are named '%s', %s and %s; rename one of them"
                .formatted(one.name(), other.getClass().getName(), one.getClass().getName()));
      }
    }
  }

  /// Those on the class path.
  public static Transformations found() {
    return found(Transformations.class.getClassLoader());
  }

  /// Those that a class loader finds, which is how plug-ins come in.
  ///
  /// @throws UserException if two have the same name, or one can not be loaded
  public static Transformations found(ClassLoader loader) {
    try {
      return new Transformations(ServiceLoader.load(Transformation.class, loader));
    } catch (ServiceConfigurationError e) {
      throw new UserException(
          "a transformation on the class path can not be loaded: " + e.getMessage(), e);
    }
  }

  /// The names that a `type` may have, sorted.
  public Set<String> names() {
    return byName.navigableKeySet();
  }

  /// The transformation that a field's type names, with its setting if it has one.
  Transformation of(TypeSpec type, String field) {
    Transformation transformation = byName.get(type.name());
    if (transformation == null) {
      throw new UserException(
          "mapping: the field '%s' has the type '%s', which there is not%s; the types are %s"
              .formatted(
                  field,
                  type.name(),
                  Nearest.suggestion(type.name(), byName.keySet()),
                  String.join(", ", byName.keySet())));
    }
    try {
      return type.setting() == null ? transformation : transformation.configured(type.setting());
    } catch (UserException e) {
      throw new UserException("mapping: the field '" + field + "': " + e.getMessage(), e);
    }
  }
}
