package dev.waybill.reliability;

import dev.waybill.reliability.Account.Nature;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/// What a load meets: how the server behaves, and what the load is told of it.
///
/// @param server settings of the simulator
/// @param options of the destination
/// @param nature whether a record may come twice
record FarSide(Map<String, String> server, List<String> options, Nature nature) {

  static final int LATENCY_MILLIS = 20;

  /// One that a seed decides: an upsert, an API with idempotency keys, or one with neither; with
  /// bad records or without; in trouble or not.
  static FarSide of(long seed, SplittableRandom random) {
    var server = new HashMap<String, String>();
    var options = new ArrayList<String>();
    options.add("results=/results");
    Nature nature = Nature.NOT_IDEMPOTENT;
    // In turn, so that every few loads meet all three.
    switch (Math.floorMod(seed, 3)) {
      case 0 -> {
        nature = Nature.IDEMPOTENT;
        server.put("idempotent", "true");
        options.add("idempotent=true");
      }
      case 1 -> {
        server.put("idempotency-keys", "true");
        options.add("idempotency-key-header=Idempotency-Key");
      }
      default -> {}
    }
    server.put("key", "id");
    server.put("seed", "" + random.nextInt(1_000_000));
    server.put("latency", LATENCY_MILLIS + "ms");
    server.put("bad", random.nextBoolean() ? "0.01" : "0");
    server.put("refuse", random.nextBoolean() ? "named" : "off");
    double trouble = random.nextBoolean() ? 0.01 : 0;
    for (String fault : List.of("fail-before", "fail-after", "drop", "half", "nonsense")) {
      server.put(fault, "" + trouble);
    }
    return new FarSide(server, options, nature);
  }
}
