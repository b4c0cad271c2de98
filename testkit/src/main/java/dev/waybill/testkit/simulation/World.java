package dev.waybill.testkit.simulation;

import dev.waybill.ByteSlice;
import dev.waybill.Item;
import dev.waybill.Origin;
import dev.waybill.delivery.Backoff;
import dev.waybill.delivery.GiveUp;
import dev.waybill.delivery.Nature;
import dev.waybill.delivery.Policy;
import dev.waybill.spi.Traits;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.SplittableRandom;

/// What a seed decides: how many items there are, how the destination is and misbehaves, and by
/// which policy it is served.
///
/// @param items how many records the source has
/// @param keys how many keys they share; 0 if they have none
/// @param unreadable one record in so many is refused before it is sent; 0 for none
/// @param service settings of the simulated destination
/// @param traits its traits
/// @param lookup whether it can be asked
/// @param policy how it is served
/// @param crashes how often the process may die
/// @param crashChance the chance that it dies at a step
/// @param jitter how much longer than usual an answer may take
/// @param jumps whether the clock jumps forward at times
record World(
    long seed,
    int items,
    int keys,
    int unreadable,
    Map<String, String> service,
    Traits traits,
    Nature.Lookup lookup,
    Policy policy,
    int crashes,
    double crashChance,
    Duration jitter,
    boolean jumps) {

  static World of(long seed) {
    var random = new SplittableRandom(seed);
    boolean ordered = random.nextInt(4) == 0;
    int items = random.nextInt(10) == 0 ? random.nextInt(1, 2_000) : random.nextInt(1, 200);
    int keys = ordered ? random.nextInt(1, 1 + Math.max(1, items / 2)) : 0;
    int nature = random.nextInt(4);
    var service = new HashMap<String, String>();
    service.put("seed", String.valueOf(random.nextInt(1_000_000)));
    service.put("idempotent", String.valueOf(nature == 0));
    service.put("idempotency-keys", String.valueOf(nature == 1));
    service.put("refuse", pick(random, "off", "named", "first", "unnamed"));
    double[] badShares = {0, 0.01, 0.1, 0.5};
    service.put("bad", String.valueOf(badShares[random.nextInt(4)]));
    service.put("heal-after", random.nextInt(4) == 0 ? "2" : "0");
    service.put("defer", random.nextInt(3) == 0 ? "0.3" : "0");
    double trouble = random.nextInt(3) == 0 ? 0 : random.nextDouble() * 0.12;
    for (String fault :
        new String[] {
          "throttle", "fail-before", "fail-after", "timeout", "drop", "half", "nonsense"
        }) {
      service.put(fault, String.valueOf(random.nextBoolean() ? trouble : 0));
    }
    service.put("retry-after", random.nextInt(1, 5) + "s");
    service.put("latency", random.nextInt(1, 200) + "ms");
    service.put("stall", random.nextInt(1, 20) + "s");
    service.put(
        "too-large-above", random.nextInt(5) == 0 ? String.valueOf(random.nextInt(1, 50)) : "0");

    Traits traits =
        Traits.of(
            switch (nature) {
              case 0 -> Traits.Idempotence.IDEMPOTENT;
              case 1 -> Traits.Idempotence.IDEMPOTENT_CALL;
              default -> Traits.Idempotence.NOT_IDEMPOTENT;
            });
    Policy policy =
        Policy.forTraits(traits)
            .batchItems(random.nextInt(1, 100))
            .inFlight(random.nextInt(1, 12))
            .concurrency(
                random.nextBoolean() ? Policy.Concurrency.ADAPTIVE : Policy.Concurrency.FIXED)
            .callsPerSecond(random.nextInt(3) == 0 ? random.nextInt(1, 20) : 0)
            .itemsPerSecond(random.nextInt(5) == 0 ? random.nextInt(10, 500) : 0)
            .linger(random.nextInt(3) == 0 ? Duration.ofMillis(50) : Duration.ZERO)
            .maxAttempts(random.nextInt(1, 6))
            .rejectedRetries(random.nextInt(0, 4))
            .backoff(new Backoff(Duration.ofMillis(50), Duration.ofSeconds(5)))
            .retryBudget(random.nextInt(1, 50))
            .order(ordered ? Policy.Order.PER_KEY : Policy.Order.UNORDERED)
            .patience(Duration.ofSeconds(random.nextInt(30, 600)))
            .giveUp(
                random.nextInt(6) == 0
                    ? GiveUp.NEVER.rejectedShare(0.2).deadline(Duration.ofMinutes(5))
                    : GiveUp.NEVER)
            .heldItems(random.nextInt(1, 500))
            .build();
    return new World(
        seed,
        items,
        keys,
        random.nextInt(4) == 0 ? random.nextInt(2, 20) : 0,
        Map.copyOf(service),
        traits,
        // Asking by a key that several records share says nothing of one of them.
        nature == 2 && keys == 0 ? Nature.Lookup.AVAILABLE : Nature.Lookup.NONE,
        policy,
        random.nextInt(5),
        random.nextDouble() * 0.1,
        Duration.ofMillis(random.nextInt(0, 500)),
        random.nextInt(4) == 0);
  }

  /// The record with this ordinal.
  Item<Integer> item(long ordinal) {
    String key = keys == 0 ? null : "key-" + new SplittableRandom(seed + ordinal).nextInt(keys);
    return new Item<>(
        ordinal, key, (int) ordinal, new Origin("source", ordinal, ordinal, ByteSlice.EMPTY));
  }

  /// Whether the record is refused before it could be sent.
  boolean isUnreadable(long ordinal) {
    return unreadable > 0 && ordinal % unreadable == 0;
  }

  private static String pick(SplittableRandom random, String... choices) {
    return choices[random.nextInt(choices.length)];
  }
}
