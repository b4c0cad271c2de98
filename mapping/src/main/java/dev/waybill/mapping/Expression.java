package dev.waybill.mapping;

import com.dashjoin.jsonata.JException;
import com.dashjoin.jsonata.Jsonata;
import dev.waybill.FieldNames;
import dev.waybill.Fields;
import dev.waybill.UserException;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A value computed by JSONata over the source's record.
///
/// Safe for several threads: each evaluation has a frame of its own, and the library keeps an
/// instance for each thread.
final class Expression implements Step {

  /// What one record may cost. An evaluation takes microseconds; this ends endless loops only.
  private static final long MOST_MILLIS = 5_000;

  /// Calls within calls.
  private static final int MOST_DEPTH = 500;

  /// Elements of one list: JSONata's `[0..9999999]` is a list of ten million in a dozen characters.
  private static final int MOST_ELEMENTS = 100_000;

  /// JSONata's codes for a call of something that is no function, with and without a suggestion.
  private static final List<String> NO_SUCH_FUNCTION = List.of("T1005", "T1006");

  private final String field;
  private final String text;
  private final Jsonata compiled;
  private final RecordShape shape;
  private final long mostMillis;

  /// @throws UserException if it is none, or calls a function that there is not
  Expression(String field, String text, FieldNames columns) {
    this(field, text, columns, MOST_MILLIS);
  }

  Expression(String field, String text, FieldNames columns, long mostMillis) {
    this.mostMillis = mostMillis;
    this.field = field;
    this.text = text;
    this.shape = RecordShape.of(columns);
    try {
      this.compiled = Jsonata.jsonata(text);
    } catch (JException e) {
      throw wrong(e);
    }
    // What is handed in are our own maps and lists: no need to walk through them for every record.
    compiled.setValidateInput(false);
    tryWithoutValues(columns);
  }

  /// An unknown function is otherwise found only when it is called, for every record anew.
  private void tryWithoutValues(FieldNames columns) {
    try {
      evaluate(Fields.of(columns, new @Nullable Object[columns.size()]));
    } catch (JException e) {
      if (NO_SUCH_FUNCTION.contains(e.getError())) {
        throw wrong(e);
      }
    } catch (RuntimeException | StackOverflowError e) {
      // an expression may well fail on a record without values; those to come have some
    }
  }

  private UserException wrong(JException e) {
    return new UserException(
        "mapping: the field '%s': the expression %s is wrong at character %d: %s"
            .formatted(field, text, e.getLocation(), e.getMessage()),
        e);
  }

  @Override
  public @Nullable Object from(Fields source) throws Refusal {
    try {
      return value(evaluate(source));
    } catch (JException e) {
      boolean told = e.getMessage() != null && !e.getMessage().startsWith("JSonataException");
      throw failed(told ? e.getMessage() : e.getError());
    } catch (StackOverflowError e) {
      throw failed("it calls itself too deeply");
    } catch (RuntimeException e) {
      // the library lets some of Java's own exceptions through, such as NumberFormatException
      throw failed(e.getMessage() == null ? e.toString() : e.getMessage());
    }
  }

  private @Nullable Object evaluate(Fields source) {
    Jsonata.Frame frame = compiled.createFrame();
    frame.setRuntimeBounds(mostMillis, MOST_DEPTH);
    return compiled.evaluate(new RecordView(shape, source), frame);
  }

  private Refusal failed(@Nullable String why) {
    return new Refusal("expression_failed", field + ": the expression " + text + " failed: " + why);
  }

  /// What JSONata gives as a record has it.
  private @Nullable Object value(@Nullable Object result) throws Refusal {
    return switch (result) {
      case null -> null;
      case String given -> given;
      case Boolean given -> given;
      case Integer given -> given.longValue();
      case BigInteger given -> given;
      case Number given -> given;
      case List<?> list -> {
        if (list.size() > MOST_ELEMENTS) {
          throw failed(
              "its list has " + list.size() + " elements, and " + MOST_ELEMENTS + " is the most");
        }
        var elements = new ArrayList<@Nullable Object>(list.size());
        for (Object element : list) {
          elements.add(value(element));
        }
        yield elements;
      }
      case Map<?, ?> map -> {
        var members = new LinkedHashMap<String, @Nullable Object>();
        for (Map.Entry<?, ?> member : map.entrySet()) {
          members.put(String.valueOf(member.getKey()), value(member.getValue()));
        }
        yield Fields.of(FieldNames.of(members.keySet()), members.values().toArray());
      }
      default -> {
        if (Jsonata.NULL_VALUE.equals(result)) {
          yield null;
        }
        throw failed("it gives a function, not a value");
      }
    };
  }
}
