package dev.waybill.sim;

import dev.waybill.Reason;
import dev.waybill.Reply;
import dev.waybill.Verdict;
import dev.waybill.sim.Behaviour.Keep;
import dev.waybill.sim.Behaviour.Refusal;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Applies what passes of one call, and words the answer.
record Answering(SimulatedService service, Judge judge) {

  /// One verdict for each item.
  Reply answer(Call call, BitSet applied) {
    if (judge.acceptsAll()) {
      return acceptAll(call, applied);
    }
    var verdicts = new ArrayList<Verdict>(call.size());
    int rejected = 0;
    Judge.Sitting sitting = judge.sitting();
    for (int i = 0; i < call.size(); i++) {
      Verdict complaint = sitting.complaint(call, i);
      if (complaint == null) {
        verdicts.add(accepted(service.apply(call, i)));
        applied.set(i);
      } else {
        verdicts.add(complaint);
        rejected += complaint instanceof Verdict.Rejected ? 1 : 0;
      }
    }
    service.truth().rejected(rejected);
    return new Reply.Answered(verdicts);
  }

  /// All or nothing; items that are only put off do not count against the batch.
  Reply answerOrRefuse(Call call, BitSet applied) {
    if (judge.acceptsAll()) {
      return acceptAll(call, applied);
    }
    var complaints = new ArrayList<@Nullable Verdict>(call.size());
    var bad = new ArrayList<Integer>();
    Reason reason = null;
    Judge.Sitting sitting = judge.sitting();
    for (int i = 0; i < call.size(); i++) {
      Verdict complaint = sitting.complaint(call, i);
      complaints.add(complaint);
      if (complaint instanceof Verdict.Rejected rejected) {
        bad.add(i);
        reason = reason == null ? rejected.reason() : reason;
      }
    }
    if (reason != null) {
      service.truth().rejected(bad.size());
      return refusal(reason, bad, call.size());
    }
    var verdicts = new ArrayList<Verdict>(call.size());
    for (int i = 0; i < call.size(); i++) {
      Verdict deferred = complaints.get(i);
      if (deferred == null) {
        applied.set(i);
        verdicts.add(accepted(service.apply(call, i)));
      } else {
        verdicts.add(deferred);
      }
    }
    return new Reply.Answered(verdicts);
  }

  private Reply refusal(Reason first, List<Integer> bad, int size) {
    Refusal refusal = service.behaviour().refusal();
    if (size == 1) {
      return new Reply.Refused(first);
    }
    return switch (refusal) {
      case UNNAMED, OFF ->
          new Reply.Refused(Reason.of("invalid_batch", "a record of this batch is not acceptable"));
      case FIRST -> new Reply.Refused(at(first, bad.getFirst()), List.of(bad.getFirst()));
      case NAMED -> new Reply.Refused(at(first, bad.getFirst()), List.copyOf(bad));
    };
  }

  private static Reason at(Reason reason, int position) {
    return new Reason(reason.code(), "record " + position + ": " + reason.message());
  }

  private Reply acceptAll(Call call, BitSet applied) {
    Behaviour behaviour = service.behaviour();
    int size = call.size();
    applied.set(0, size);
    if (!behaviour.ids()) {
      if (behaviour.keep() == Keep.COUNTS) {
        service.truth().applyUnseen(size);
      } else {
        for (int i = 0; i < size; i++) {
          service.apply(call, i);
        }
      }
      return Reply.accepted(size);
    }
    var verdicts = new ArrayList<Verdict>(size);
    for (int i = 0; i < size; i++) {
      verdicts.add(accepted(service.apply(call, i)));
    }
    return new Reply.Answered(verdicts);
  }

  private static Verdict accepted(@Nullable String id) {
    return id == null ? Verdict.Accepted.WITHOUT_ID : new Verdict.Accepted(id);
  }
}
