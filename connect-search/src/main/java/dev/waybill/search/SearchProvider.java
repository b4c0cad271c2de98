package dev.waybill.search;

import dev.waybill.Fields;
import dev.waybill.spi.Destination;
import dev.waybill.spi.DestinationProvider;
import dev.waybill.spi.Option;
import dev.waybill.spi.Options;
import java.util.List;

/// `elasticsearch://HOST:9200/INDEX` and `opensearch://HOST:9200/INDEX`: documents of an index.
public final class SearchProvider implements DestinationProvider {

  @Override
  public List<String> schemes() {
    return List.of("elasticsearch", "elasticsearch+https", "opensearch", "opensearch+https");
  }

  @Override
  public String summary() {
    return "An Elasticsearch or OpenSearch index: elasticsearch://HOST:9200/INDEX, opensearch://…,"
        + " +https:// for TLS";
  }

  @Override
  public List<Option> options() {
    return SearchOptions.all();
  }

  @Override
  public Destination<Fields> open(String address, Options options, Delivery delivery) {
    return Opening.of(address, options, delivery).open();
  }

  @Override
  public Destination<Fields> openDeleting(String address, Options options, Delivery delivery) {
    return Opening.deleting(address, options, delivery).open();
  }
}
