package dev.waybill.mapping;

import dev.waybill.UserException;
import org.jspecify.annotations.Nullable;

/// Makes a field's value out of a cell: a text into a date, a country's name into its code.
///
/// To add one, write a public class with a public constructor without parameters, name it in
/// `META-INF/services/dev.waybill.mapping.Transformation`, and put its jar on the class path. It is
/// then a `type` like those that come with Waybill. An instance may be used by several threads.
///
/// ```java
/// public final class CountryCode implements Transformation {
///   public String name() {
///     return "country-code";
///   }
///
///   public Object apply(Object value) throws UnfitValueException {
///     return switch (value.toString()) {
///       case "Canada" -> "CA";
///       case "Mexico" -> "MX";
///       default -> throw new UnfitValueException("is not a country that we deliver to");
///     };
///   }
/// }
/// ```
public interface Transformation {

  /// What stands in a mapping as the field's `type`: lower-case words joined by hyphens.
  String name();

  /// The value to deliver.
  ///
  /// @param value the cell's text, or what the transformation before made of it; never null and
  ///   never an empty text
  /// @return null, a [String], [Boolean], [Number], [dev.waybill.Fields], or a [java.util.List] of
  ///   such
  /// @throws UnfitValueException if the value is none that can be made into one of this type; it
  ///   refuses the record, and the rest goes on
  @Nullable Object apply(Object value) throws UnfitValueException;

  /// What an empty cell becomes.
  default @Nullable Object whenEmpty() {
    return null;
  }

  /// The same transformation with a setting: what the user wrote behind the colon, as in
  /// `date:MM/dd/yyyy`.
  ///
  /// @throws UserException if it has no settings, or not this one
  default Transformation configured(String setting) {
    throw new UserException(
        "the type '" + name() + "' takes no setting, but '" + setting + "' was given: " + name());
  }

  /// Whether a value that does not fit may be shown in the reason why its record was refused.
  default Privacy privacy() {
    return Privacy.SHOWN;
  }

  /// What reports may show of a refused value.
  enum Privacy {
    SHOWN,
    /// Passwords and the like: reports name the column only.
    CONCEALED
  }
}
