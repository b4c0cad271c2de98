package dev.waybill.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waybill.Fields;
import dev.waybill.Item;
import dev.waybill.Reason;
import dev.waybill.spi.Intake;
import dev.waybill.spi.Options;
import dev.waybill.spi.Permits;
import dev.waybill.spi.Source;
import dev.waybill.spi.SourceProvider;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// What a source has handed over.
final class Collected implements Intake<Fields> {

  final List<Item<Fields>> items = new ArrayList<>();

  /// All that the source has left.
  static Collected of(Source source) {
    var all = new Collected();
    while (source.next(all)) {}
    return all;
  }

  static List<Fields> payloads(Source source) {
    return of(source).items.stream().map(Item::payload).toList();
  }

  static List<Object> values(Fields fields) {
    var values = new ArrayList<>();
    for (int i = 0; i < fields.size(); i++) {
      values.add(fields.value(i));
    }
    return values;
  }

  /// What a provider that knows the address opens.
  static Source open(SourceProvider provider, String address, Map<String, String> options) {
    return open(provider, address, options, Permits.everything());
  }

  static Source open(
      SourceProvider provider, String address, Map<String, String> options, Permits permits) {
    assertThat(provider.recognizes(address)).isTrue();
    return provider.open(
        List.of(address), Options.of(provider.name(), provider.options(), options, permits));
  }

  @Override
  public void accept(Item<Fields> item) {
    items.add(item);
  }

  @Override
  public void refuse(Item<Fields> item, Reason reason) {
    throw new AssertionError(reason.toString());
  }
}
