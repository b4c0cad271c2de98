package dev.waybill.mapping;

import dev.waybill.Fields;
import dev.waybill.mapping.FieldSpec.Presence;
import dev.waybill.mapping.FieldSpec.Trimming;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A value that is trimmed, transformed and held against the field's rules. An empty text counts as
/// no value.
///
/// @param field what reports call it: the column, and the field where that has another name
/// @param transformations in order
/// @param absent what stands in for no value; it is not transformed
/// @param maxLength in code points; 0 for no limit
record Treated(
    Step input,
    String field,
    Trimming trimming,
    List<Transformation> transformations,
    @Nullable Object absent,
    Presence presence,
    int maxLength)
    implements Step {

  /// Characters of a value that a reason shows.
  private static final int SHOWN = 80;

  @Override
  public @Nullable Object from(Fields source) throws Refusal {
    Object value = input.from(source);
    if (value instanceof String text) {
      String kept = trimming == Trimming.TRIM ? text.strip() : text;
      value = kept.isEmpty() ? null : kept;
    }
    if (value == null) {
      value = absent;
    } else {
      for (Transformation transformation : transformations) {
        value = transformed(transformation, value);
        if (value == null) {
          break;
        }
      }
    }
    if (value == null && presence == Presence.REQUIRED) {
      throw new Refusal("missing_value", field + " is empty, but it is required");
    }
    if (maxLength > 0 && value instanceof String text && text.length() > maxLength) {
      int length = text.codePointCount(0, text.length());
      if (length > maxLength) {
        throw unfit(
            text, "is " + length + " characters long, but " + maxLength + " is the most allowed");
      }
    }
    return value;
  }

  private @Nullable Object transformed(Transformation transformation, Object value) throws Refusal {
    try {
      return transformation.apply(value);
    } catch (UnfitValueException e) {
      throw unfit(value, e.rule());
    } catch (RuntimeException e) {
      // A user's own code: it may cost its record, but not the run.
      throw unfit(value, "made the transformation '" + transformation.name() + "' fail: " + e);
    }
  }

  private Refusal unfit(Object value, String rule) {
    if (transformations.stream().anyMatch(t -> t.privacy() == Transformation.Privacy.CONCEALED)) {
      return new Refusal("unfit_value", field + ": the value (not shown) " + rule);
    }
    String text = value.toString();
    String shown =
        text.codePointCount(0, text.length()) <= SHOWN
            ? text
            : text.substring(0, text.offsetByCodePoints(0, SHOWN)) + "…";
    return new Refusal("unfit_value", field + ": '" + shown + "' " + rule);
  }
}
