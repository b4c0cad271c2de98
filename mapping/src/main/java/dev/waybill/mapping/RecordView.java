package dev.waybill.mapping;

import dev.waybill.Fields;
import java.util.AbstractMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// A source's record as the map that JSONata reads; nothing is copied for the columns that an
/// expression does not name.
final class RecordView extends AbstractMap<String, @Nullable Object> {

  private final RecordShape shape;
  private final Fields source;

  RecordView(RecordShape shape, Fields source) {
    this.shape = shape;
    this.source = source;
  }

  @Override
  public @Nullable Object get(@Nullable Object name) {
    if (name == null) {
      return null;
    }
    Integer position = shape.position(name);
    if (position != null) {
      return Values.plain(source.value(position));
    }
    RecordShape nested = shape.nested().get(name);
    return nested == null ? null : new RecordView(nested, source);
  }

  @Override
  public boolean containsKey(@Nullable Object name) {
    return shape.positions().containsKey(name) || shape.nested().containsKey(name);
  }

  @Override
  public Set<Map.Entry<String, @Nullable Object>> entrySet() {
    var all = new LinkedHashMap<String, @Nullable Object>();
    shape.positions().keySet().forEach(name -> all.put(name, get(name)));
    shape.nested().keySet().forEach(name -> all.putIfAbsent(name, get(name)));
    return all.entrySet();
  }
}
