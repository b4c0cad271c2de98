package dev.waybill.sim;

import dev.waybill.UserException;
import dev.waybill.spi.Option;
import dev.waybill.spi.Options;
import dev.waybill.spi.Traits.Idempotence;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// How a simulated service behaves. What each setting means stands in [#OPTIONS].
///
/// @param failAbove 0 for never
/// @param tooLargeAbove 0 for never
/// @param keyField null for the item's own key
record Behaviour(
    long seed,
    BadItems bad,
    Refusal refusal,
    int healAfter,
    double defer,
    FaultRates rates,
    int failAbove,
    int tooLargeAbove,
    Duration retryAfter,
    Duration latency,
    Duration stall,
    double callsPerSecond,
    double itemsPerSecond,
    @Nullable String keyField,
    Writing writing,
    boolean idempotencyKeys,
    boolean ids,
    Keep keep) {

  /// What happens to a batch with items that the service does not want.
  enum Refusal {
    /// Each item has its own verdict.
    OFF,
    /// The batch is refused; all bad items are named.
    NAMED,
    /// The batch is refused; the first bad item is named.
    FIRST,
    /// The batch is refused; nobody is named.
    UNNAMED
  }

  /// What happens to an item whose key is there already.
  enum Writing {
    /// There are then two of it.
    CREATE,
    /// It is rejected as a duplicate.
    CREATE_UNIQUE,
    /// It takes the place of the other.
    UPSERT
  }

  /// What is kept of what was applied.
  enum Keep {
    /// Totals.
    COUNTS,
    /// How often each item and each key was applied, and the calls.
    HASHES,
    /// All that, and the records.
    RECORDS
  }

  /// The settings of `sim:` and of the simulator alike.
  static final List<Option> OPTIONS =
      List.of(
          Option.of("seed", "1", "Another seed makes another life; the same one repeats it."),
          Option.of(
              "bad",
              "0",
              "Items to refuse: a share (0.01), or FIELD endsWith|startsWith|contains|= TEXT, or"
                  + " FIELD isEmpty."),
          Option.of(
              "refuse",
              "off",
              "What a bad item does to its batch: off (it alone is rejected), or the batch is"
                  + " refused and bad items are named (named), only the first is (first), or none"
                  + " (unnamed)."),
          Option.of("heal-after", "0", "A bad item passes after so many rejections; 0 for never."),
          Option.of("defer", "0", "Share of the items that are put off, drawn anew at each call."),
          Option.of("throttle", "0", "Share of calls answered with 'come back later'."),
          Option.of("retry-after", "2s", "How long a throttled caller is told to wait."),
          Option.of("fail-before", "0", "Share of calls that fail, with nothing applied."),
          Option.of("fail-after", "0", "Share of calls that fail after all was applied."),
          Option.of("timeout", "0", "Share of calls without an answer, one half of them applied."),
          Option.of("drop", "0", "Share of connections dropped, one half after applying."),
          Option.of("half", "0", "Share of calls applied, whose answer breaks off."),
          Option.of("nonsense", "0", "Share of calls applied, whose answer is nonsense."),
          Option.of("fail-above", "0", "Calls with more items than this fail; 0 for none."),
          Option.of("too-large-above", "0", "Calls with more items are too large; 0 for none."),
          Option.of("latency", "0ms", "How long a call takes."),
          Option.of("stall", "10s", "How long a call hangs that gets no answer."),
          Option.of("calls-per-second", "0", "Calls above this rate are throttled; 0 for none."),
          Option.of("items-per-second", "0", "Items above this rate are throttled; 0 for none."),
          Option.of("key", null, "The field that tells records apart; else the flow's key."),
          Option.of(
              "unique", null, "A field that no two records may share: duplicates are errors."),
          Option.of("idempotent", "false", "Whether a record takes the place of one with its key."),
          Option.of("idempotency-keys", "false", "Whether a repeated call is applied once."),
          Option.of("ids", "true", "Whether accepted records are given ids."),
          Option.of("keep", "hashes", "What to keep of the records: counts, hashes or records."));

  /// Reads the settings.
  static Behaviour of(Options options) {
    BadItems bad = BadItems.parse(options.required("bad"));
    if (bad == null) {
      throw options.bad(
          "bad", "takes a share such as 0.01 or a rule such as 'email endsWith @invalid.example'");
    }
    Writing writing = Writing.CREATE;
    if (options.has("unique")) {
      writing = Writing.CREATE_UNIQUE;
    }
    if (options.enabled("idempotent")) {
      if (writing == Writing.CREATE_UNIQUE) {
        throw new UserException(
            "sim options 'unique' and 'idempotent' exclude each other: with the first a second"
                + " record with a key is an error, with the second it replaces the other");
      }
      writing = Writing.UPSERT;
    }
    Keep keep = options.choice("keep", Keep.class);
    if (keep == Keep.COUNTS && writing != Writing.CREATE) {
      throw options.bad("keep", "takes hashes or records where keys matter");
    }
    return new Behaviour(
        seed(options),
        bad,
        options.choice("refuse", Refusal.class),
        options.integer("heal-after", 0, Integer.MAX_VALUE),
        FaultRates.share(options, "defer"),
        FaultRates.of(options),
        options.integer("fail-above", 0, Integer.MAX_VALUE),
        options.integer("too-large-above", 0, Integer.MAX_VALUE),
        options.duration("retry-after"),
        options.duration("latency"),
        options.duration("stall"),
        options.number("calls-per-second", 0),
        options.number("items-per-second", 0),
        options.has("unique") ? options.text("unique") : options.text("key"),
        writing,
        options.enabled("idempotency-keys"),
        options.enabled("ids"),
        keep);
  }

  /// Reads settings given as names and values in turn.
  static Behaviour of(String... namesAndValues) {
    Map<String, String> given = new HashMap<>();
    for (int i = 0; i < namesAndValues.length; i += 2) {
      given.put(namesAndValues[i], namesAndValues[i + 1]);
    }
    return of(Options.of("sim", OPTIONS, given));
  }

  private static long seed(Options options) {
    try {
      return Long.parseLong(options.required("seed").strip());
    } catch (NumberFormatException e) {
      throw options.bad("seed", "takes a whole number");
    }
  }

  Idempotence idempotence() {
    if (writing == Writing.UPSERT) {
      return Idempotence.IDEMPOTENT;
    }
    return idempotencyKeys ? Idempotence.IDEMPOTENT_CALL : Idempotence.NOT_IDEMPOTENT;
  }
}
