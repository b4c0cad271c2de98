package dev.waybill.mapping;

import dev.waybill.Fields;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Several columns as one text; those that are empty are left out.
record Joined(List<Cell> cells, String separator) implements Step {

  @Override
  public @Nullable Object from(Fields source) {
    StringBuilder text = null;
    for (Cell cell : cells) {
      Object value = cell.from(source);
      if (value == null || value.equals("")) {
        continue;
      }
      if (text == null) {
        text = new StringBuilder();
      } else {
        text.append(separator);
      }
      text.append(value);
    }
    return text == null ? null : text.toString();
  }
}
