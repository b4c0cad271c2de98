package dev.waybill.testkit.aws;

import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// What all services of [FakeAws] have: faults, and the ground truth. Safe for use by many threads.
public abstract sealed class FakeService
    permits FakeKinesis,
        FakeFirehose,
        FakeSqs,
        FakeSns,
        FakeDynamoDb,
        FakeCloudWatch,
        FakeLogs,
        FakeEventBridge,
        FakeLambda {

  static final String ACCOUNT = "000000000000";

  private final Service service;
  private final Keeping keeping;
  private final InstantSource clock;
  private final AwsFaults faults;
  private final CallLog log;
  private final ReentrantLock lock = new ReentrantLock();
  private final List<Stored> stored = new ArrayList<>();
  private final LongAdder count = new LongAdder();

  FakeService(Service service, Settings settings) {
    this.service = service;
    this.keeping = settings.keeping();
    this.clock = settings.clock();
    this.faults = new AwsFaults(BatchShapes.of(service));
    this.log = new CallLog(settings.keeping());
  }

  /// What befalls the next calls.
  public AwsFaults faults() {
    return faults;
  }

  /// All that was stored, in the order in which it was.
  ///
  /// @throws IllegalStateException if the fake keeps only counts
  public List<Stored> stored() {
    if (keeping == Keeping.COUNTS) {
      throw new IllegalStateException("an instant FakeAws counts and keeps nothing");
    }
    return locked(() -> List.copyOf(stored));
  }

  /// The calls that write, in the order in which they were answered.
  public List<SeenCall> calls() {
    return log.calls();
  }

  /// How many calls came that write.
  public long callCount() {
    return log.count();
  }

  final CallLog log() {
    return log;
  }

  /// How much was stored.
  public long storedCount() {
    return count.sum();
  }

  /// The contents, in the order in which they were stored.
  public List<String> texts() {
    return stored().stream().map(Stored::text).toList();
  }

  /// How often each content was stored.
  public Map<String, Integer> timesStored() {
    var times = new LinkedHashMap<String, Integer>();
    stored().forEach(one -> times.merge(one.text(), 1, Integer::sum));
    return times;
  }

  /// The contents under one key, in the order in which they were stored.
  public List<String> textsOf(String key) {
    return stored().stream().filter(one -> one.key().equals(key)).map(Stored::text).toList();
  }

  final Service service() {
    return service;
  }

  final Instant now() {
    return clock.instant();
  }

  final boolean keepsItems() {
    return keeping == Keeping.ITEMS;
  }

  final void store(
      AwsCall call,
      int position,
      String target,
      String key,
      byte[] content,
      Map<String, String> attributes) {
    count.increment();
    if (keepsItems()) {
      stored.add(new Stored(call.number(), position, target, key, content, attributes));
    }
  }

  final <T extends @Nullable Object> T locked(Supplier<T> action) {
    lock.lock();
    try {
      return action.get();
    } finally {
      lock.unlock();
    }
  }

  /// This service as what carries calls out.
  final Backend backend() {
    return new Backend() {
      @Override
      public @Nullable Refusal check(AwsCall call) {
        return locked(() -> refusal(call));
      }

      @Override
      public AwsAnswer apply(AwsCall call) {
        return locked(() -> carryOut(call));
      }
    };
  }

  /// Why the call as a whole is refused; null if it is not.
  abstract @Nullable Refusal refusal(AwsCall call);

  /// Carries out a call that is not refused.
  abstract AwsAnswer carryOut(AwsCall call);

  static Refusal unknown(AwsCall call) {
    return Refusal.of(
        "UnknownOperationException", "The fake does not know " + call.operation() + ".");
  }
}
