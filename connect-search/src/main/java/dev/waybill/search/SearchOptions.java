package dev.waybill.search;

import dev.waybill.spi.Option;
import java.util.ArrayList;
import java.util.List;

/// The options of an index.
final class SearchOptions {

  private SearchOptions() {}

  static List<Option> all() {
    var all =
        new ArrayList<>(
            List.of(
                Option.choice(
                    "mode",
                    null,
                    "upsert: a document takes the place of the one with its id; insert: it is made,"
                        + " and one that is there already is a duplicate; update: the one that is"
                        + " there is changed; unless set, upsert where records have a key, else"
                        + " insert",
                    List.of("insert", "upsert", "update")),
                Option.choice(
                    "write",
                    "replace",
                    "what an upsert does to a document that is there: replace it, or merge the"
                        + " record's fields into it",
                    List.of("replace", "merge")),
                Option.of(
                    "id",
                    null,
                    "what a document's _id is made of: {country}-{number}; auto: the index gives it;"
                        + " unless set, the record's key"),
                Option.of("routing-field", null, "the field that chooses a document's shard"),
                Option.of(
                    "version-field",
                    null,
                    "the field with a record's version, a whole number: an older one does not"
                        + " replace a newer"),
                Option.of("pipeline", null, "the ingest pipeline, instead of the index's own"),
                Option.choice(
                    "refresh",
                    "false",
                    "when searches see the documents: false (soon), wait-for (before the call is"
                        + " answered) or true (at once, at a cost)",
                    List.of("false", "wait-for", "true")),
                Option.of(
                    "create-index",
                    "false",
                    "whether an index that is missing is made, by the server's rules"),
                Option.of(
                    "max-bytes",
                    "10485760",
                    "the most bytes in a call; a server's http.max_content_length is 100 MiB unless"
                        + " set otherwise")));
    all.addAll(ConnectionSettings.OPTIONS);
    return List.copyOf(all);
  }
}
