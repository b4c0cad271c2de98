package dev.waybill.testkit.aws;

import dev.waybill.testkit.aws.BatchShape.Entry;
import dev.waybill.testkit.aws.BatchShape.Kind;
import java.time.Duration;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Carries a call out with a fault, truthfully: what is said not to be applied never reaches the
/// backend, and what is said to be applied does.
record FaultLayer(BatchShape shape, Backend backend) {

  Outcome call(AwsCall call, AwsFault fault) {
    return switch (fault) {
      case AwsFault.Denied denied -> Outcome.of(call.service().denied());
      case AwsFault.Refused refused -> Outcome.of(refusal(call.service(), refused));
      case AwsFault.Slow slow -> new Outcome(call(call, slow.then()).answer(), slow.delay());
      case AwsFault.None none -> Outcome.of(carriedOut(call));
      case AwsFault.Failed failed -> {
        if (failed.effect() == Effect.APPLIED) {
          var unseen = carriedOut(call);
          yield unseen instanceof Refusal refusal
              ? Outcome.of(refusal)
              : Outcome.of(call.service().failed());
        }
        yield Outcome.of(call.service().failed());
      }
      case AwsFault.Cut cut -> {
        if (cut.effect() == Effect.APPLIED) {
          carriedOut(call);
        }
        yield Outcome.cut();
      }
      case AwsFault.ItemsFailed items ->
          Outcome.of(partly(call, items.items(), items.effect(), items.code()));
      case AwsFault.ItemsMissing items ->
          Outcome.of(partly(call, items.items(), items.effect(), null));
      case AwsFault.WrongChecksum items -> Outcome.of(spoiled(call, items.items()));
    };
  }

  private static Refusal refusal(Service service, AwsFault.Refused fault) {
    Refusal refusal =
        fault.code() == null
            ? service.throttled()
            : Refusal.of(fault.status(), fault.code(), fault.message());
    Duration delay = fault.retryAfter();
    return delay == null
        ? refusal
        : new Refusal(
            refusal.status(),
            refusal.type(),
            refusal.code(),
            refusal.message(),
            Map.of("Retry-After", String.valueOf(delay.toSeconds())));
  }

  private AwsAnswer carriedOut(AwsCall call) {
    Refusal refusal = backend.check(call);
    return refusal == null ? backend.apply(call) : refusal;
  }

  private BitSet selected(AwsCall call, Selection selection) {
    List<Struct> items = shape.items(call);
    var selected = new BitSet();
    for (int i = 0; i < items.size(); i++) {
      selected.set(i, selection.selects(call.number(), i, shape.content(items.get(i))));
    }
    return selected;
  }

  private AwsAnswer partly(
      AwsCall call, Selection selection, Effect effect, @Nullable String code) {
    Refusal refusal = backend.check(call);
    if (refusal != null) {
      return refusal;
    }
    BitSet selected = selected(call, selection);
    if (selected.isEmpty()) {
      return backend.apply(call);
    }
    if (shape instanceof BatchShape.Single) {
      return single(call, effect, code);
    }
    List<Struct> items = shape.items(call);
    boolean applied = effect == Effect.APPLIED;
    AwsCall sent = applied ? call : shape.keeping(call, i -> !selected.get(i));
    List<@Nullable Entry> told = new ArrayList<>();
    Map<String, String> headers = Map.of();
    if (applied || selected.cardinality() < items.size()) {
      AwsAnswer answer = backend.apply(sent);
      if (!(answer instanceof AwsAnswer.Done done)) {
        return answer;
      }
      headers = done.headers();
      told = shape.entries(sent, done.body());
    }
    return new AwsAnswer.Done(
        200, headers, shape.answer(call, spliced(items, told, selected, effect, code)));
  }

  /// What the backend told of what it got, with the fault in its places.
  private List<@Nullable Entry> spliced(
      List<Struct> items,
      List<@Nullable Entry> told,
      BitSet selected,
      Effect effect,
      @Nullable String code) {
    var all = new ArrayList<@Nullable Entry>();
    int next = 0;
    for (int i = 0; i < items.size(); i++) {
      boolean hit = selected.get(i);
      Entry real = null;
      if (!hit || effect == Effect.APPLIED) {
        real = next < told.size() ? told.get(next) : null;
        next++;
      }
      boolean refused = real != null && real.kind() == Kind.FAILED;
      if (!hit || refused) {
        all.add(real);
      } else {
        all.add(code == null ? null : shape.failure(items.get(i), code));
      }
    }
    return all;
  }

  private AwsAnswer single(AwsCall call, Effect effect, @Nullable String code) {
    if (effect == Effect.APPLIED) {
      AwsAnswer answer = backend.apply(call);
      if (answer instanceof Refusal) {
        return answer;
      }
    }
    String shown = code == null ? call.service().failed().code() : code;
    int status =
        shown.equals(call.service().throttled().code())
            ? call.service().throttled().status()
            : shown.startsWith("Internal") || shown.startsWith("ServiceUnavailable") ? 500 : 400;
    return Refusal.of(status, shown, BatchShape.message(shown));
  }

  /// Everything is applied, and the checksums of some messages are wrong.
  private AwsAnswer spoiled(AwsCall call, Selection selection) {
    BitSet selected = selected(call, selection);
    AwsAnswer answer = carriedOut(call);
    if (!(answer instanceof AwsAnswer.Done done)) {
      return answer;
    }
    List<@Nullable Entry> told = shape.entries(call, done.body());
    var spoiled = new ArrayList<@Nullable Entry>();
    for (int i = 0; i < told.size(); i++) {
      Entry entry = told.get(i);
      spoiled.add(
          entry == null || entry.kind() == Kind.FAILED || !selected.get(i)
              ? entry
              : new Entry(
                  entry.told().copy().with("MD5OfMessageBody", "0".repeat(32)), entry.kind()));
    }
    return new AwsAnswer.Done(200, done.headers(), shape.answer(call, spoiled));
  }
}
