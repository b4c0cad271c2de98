package dev.waybill.mapping.type;

import dev.waybill.UserException;
import dev.waybill.mapping.Transformation;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;

/// `list`, or `list:SEPARATOR`: the parts of a text, without the white space around them and
/// without empty ones; an empty cell becomes an empty list.
public final class ListType implements Transformation {

  private final Pattern separator;

  /// Parts separated by commas.
  public ListType() {
    this(",");
  }

  private ListType(String separator) {
    this.separator = Pattern.compile(separator, Pattern.LITERAL);
  }

  @Override
  public String name() {
    return "list";
  }

  @Override
  public Transformation configured(String setting) {
    if (setting.isEmpty()) {
      throw new UserException("the type 'list:' needs a separator, as in list:;");
    }
    return new ListType(setting);
  }

  @Override
  public Object apply(Object value) {
    return value instanceof List
        ? value
        : Arrays.stream(separator.split(value.toString()))
            .map(String::strip)
            .filter(part -> !part.isEmpty())
            .toList();
  }

  @Override
  public Object whenEmpty() {
    return List.of();
  }
}
