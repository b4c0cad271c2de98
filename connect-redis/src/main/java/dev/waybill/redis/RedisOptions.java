package dev.waybill.redis;

import dev.waybill.spi.Option;
import java.util.ArrayList;
import java.util.List;

/// The options of a Redis database.
final class RedisOptions {

  private RedisOptions() {}

  static List<Option> all() {
    var all =
        new ArrayList<>(
            List.of(
                Option.choice(
                    "type",
                    "hash",
                    "what a record becomes: a hash of its fields, a string, one more element of a"
                        + " list, or one more entry of a stream",
                    List.of("hash", "string", "list", "stream")),
                Option.of(
                    "key",
                    null,
                    "the Redis key: customer:{id}; unless set, the records' name and their key,"
                        + " customer:{key}, and the name alone for lists and streams"),
                Option.choice(
                    "mode",
                    null,
                    "upsert: a record is written whatever is there; insert: only where its key is"
                        + " not there; update: only where it is; unless set, upsert, and insert for"
                        + " lists and streams, which only grow",
                    List.of("insert", "upsert", "update")),
                Option.choice(
                    "write",
                    "merge",
                    "what becomes of a hash that is there: merge the record's fields into it, or"
                        + " replace it",
                    List.of("merge", "replace")),
                Option.of("ttl", null, "how long a hash or string lives: 30d"),
                Option.of(
                    "value-field",
                    null,
                    "the field that is the content of a string or element; unless set, the whole"
                        + " record as JSON"),
                Option.of("max-length", "0", "how many entries a stream keeps, about; 0: all"),
                Option.of("max-bytes", "16777216", "the most bytes in a pipeline")));
    all.addAll(ConnectionSettings.OPTIONS);
    return List.copyOf(all);
  }
}
