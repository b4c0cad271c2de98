package dev.waybill.sim;

import dev.waybill.Reason;
import dev.waybill.Verdict;
import dev.waybill.Verdict.Rejected;
import dev.waybill.Verdict.Rejected.Kind;
import dev.waybill.sim.Behaviour.Writing;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Says what is wrong with an item.
final class Judge {

  private static final Verdict DUPLICATE =
      new Rejected(
          Reason.of("unique_violation", "Attempted to update a duplicate value"), Kind.DUPLICATE);
  private static final Verdict DEFERRED =
      new Verdict.Deferred(Reason.of("busy", "not now, send this record again"));

  private final Behaviour behaviour;
  private final GroundTruth truth;
  private final Map<Long, Integer> rejections = new HashMap<>();

  Judge(Behaviour behaviour, GroundTruth truth) {
    this.behaviour = behaviour;
    this.truth = truth;
  }

  /// Whether every item passes, so that nobody needs to be asked.
  boolean acceptsAll() {
    return behaviour.bad().equals(BadItems.NONE)
        && behaviour.defer() == 0
        && behaviour.writing() != Writing.CREATE_UNIQUE;
  }

  /// A judge for one call, who knows what the items before this one have taken.
  Sitting sitting() {
    return new Sitting();
  }

  /// The judging of one call.
  final class Sitting {

    private final Set<String> keysTaken = new HashSet<>();

    /// What is wrong with the item; null if nothing is.
    @Nullable Verdict complaint(Call call, int index) {
      long identity = call.identity(index);
      if (behaviour.bad().refuses(behaviour.seed(), identity, call.record(index))) {
        Verdict rejection = rejection(call, index, identity);
        if (rejection != null) {
          return rejection;
        }
      }
      String key = call.key(index);
      if (behaviour.writing() == Writing.CREATE_UNIQUE
          && key != null
          && (truth.has(key, 0) || !keysTaken.add(key))) {
        return DUPLICATE;
      }
      if (behaviour.defer() > 0 && deferred(index)) {
        keysTaken.remove(key);
        return DEFERRED;
      }
      return null;
    }

    private boolean deferred(int index) {
      long place = Hash.mix(truth.calls(), index);
      return Hash.share(Hash.mix(behaviour.seed() * 31 + 3, place)) < behaviour.defer();
    }
  }

  private @Nullable Verdict rejection(Call call, int index, long identity) {
    if (behaviour.healAfter() == 0) {
      String message = behaviour.bad().message(call.record(index));
      return new Rejected(Reason.of("invalid_value", message), Kind.PERMANENT);
    }
    int times = rejections.merge(identity, 1, Integer::sum);
    return times > behaviour.healAfter()
        ? null
        : new Rejected(
            Reason.of("reference_not_found", "what the record refers to is not there yet"),
            Kind.PASSING);
  }
}
