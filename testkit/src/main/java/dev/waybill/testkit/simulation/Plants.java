package dev.waybill.testkit.simulation;

import dev.waybill.Reply;
import dev.waybill.Verdict;
import dev.waybill.delivery.Policy;
import java.util.Collections;

/// How the faults in [Plant] are planted.
final class Plants {

  private Plants() {}

  /// The reply as a faulty engine would take it.
  static Reply seen(Plant plant, Reply reply) {
    return switch (plant) {
      case DROP_DEFERRED ->
          reply instanceof Reply.Answered answered
              ? new Reply.Answered(
                  answered.verdicts().stream()
                      .map(
                          verdict ->
                              verdict instanceof Verdict.Deferred
                                  ? Verdict.Accepted.WITHOUT_ID
                                  : verdict)
                      .toList())
              : reply;
      case TRUST_DOUBT ->
          reply instanceof Reply.InDoubt doubt ? new Reply.Unavailable(doubt.reason()) : reply;
      case TRUST_FAILURE ->
          reply instanceof Reply.Unavailable ? Reply.accepted(Integer.MAX_VALUE) : reply;
      case REJECT_WHOLE_BATCH ->
          reply instanceof Reply.Refused refused
              ? new Reply.Answered(
                  Collections.nCopies(
                      10_000,
                      new Verdict.Rejected(refused.reason(), Verdict.Rejected.Kind.PERMANENT)))
              : reply;
      case IGNORE_RETRY_AFTER ->
          reply instanceof Reply.Throttled throttled
              ? new Reply.Throttled(throttled.reason(), null)
              : reply;
      default -> reply;
    };
  }

  static Policy rate(Policy policy, double callsPerSecond) {
    return change(policy, policy.inFlight(), callsPerSecond, policy.order(), policy.maxAttempts());
  }

  static Policy inFlight(Policy policy, int calls) {
    return change(policy, calls, policy.callsPerSecond(), policy.order(), policy.maxAttempts());
  }

  static Policy order(Policy policy, Policy.Order order) {
    return change(policy, policy.inFlight(), policy.callsPerSecond(), order, policy.maxAttempts());
  }

  static Policy attempts(Policy policy, int attempts) {
    return change(policy, policy.inFlight(), policy.callsPerSecond(), policy.order(), attempts);
  }

  private static Policy change(
      Policy policy, int inFlight, double callsPerSecond, Policy.Order order, int maxAttempts) {
    return new Policy(
        policy.batchItems(),
        inFlight,
        policy.concurrency(),
        callsPerSecond,
        policy.itemsPerSecond(),
        policy.linger(),
        maxAttempts,
        policy.rejectedRetries(),
        policy.singleAfter(),
        policy.backoff(),
        policy.retryBudget(),
        order,
        policy.patience(),
        policy.giveUp(),
        policy.heldItems(),
        policy.heldBytes(),
        policy.parkAfter());
  }
}
