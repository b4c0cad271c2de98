package dev.waybill.run;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.waybill.Batch;
import dev.waybill.Disposition;
import dev.waybill.Item;
import dev.waybill.Reason;
import dev.waybill.Receipt;
import dev.waybill.Reply;
import dev.waybill.Verdict;
import dev.waybill.delivery.Backoff;
import dev.waybill.delivery.Policy;
import dev.waybill.spi.AsyncDestination;
import dev.waybill.spi.Destination;
import dev.waybill.spi.Traits;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class DispatcherTest {

  private static final Reason NO = Reason.of("no", "it says no");

  /// Answers as it is told, and remembers what it was sent.
  private static final class Fake implements Destination<String> {
    final ConcurrentLinkedQueue<List<String>> batches = new ConcurrentLinkedQueue<>();
    private final Traits traits;
    private final Function<List<String>, Reply> replies;
    boolean closed;

    Fake(Traits traits, Function<List<String>, Reply> replies) {
      this.traits = traits;
      this.replies = replies;
    }

    @Override
    public Traits traits() {
      return traits;
    }

    @Override
    public Reply send(Batch<String> batch) {
      List<String> payloads = batch.items().stream().map(Item::payload).toList();
      batches.add(payloads);
      return replies.apply(payloads);
    }

    @Override
    public long bytesOf(Item<String> item) {
      return item.payload().length();
    }

    @Override
    public void close() {
      closed = true;
    }
  }

  private static Fake accepting() {
    return new Fake(plain(), batch -> Reply.accepted(batch.size()));
  }

  private static Traits plain() {
    return Traits.of(Traits.Idempotence.NOT_IDEMPOTENT);
  }

  private static Dispatcher.Builder<String> to(Fake fake) {
    return Dispatcher.to(fake)
        .policy(
            policy ->
                policy
                    .batchItems(10)
                    .backoff(new Backoff(Duration.ofMillis(1), Duration.ofMillis(2))));
  }

  @Test
  void whatWasSubmittedIsDeliveredInBatches() throws Exception {
    Fake fake = accepting();
    try (var dispatcher = to(fake).open()) {
      for (int i = 0; i < 25; i++) {
        dispatcher.submit("item " + i);
      }

      assertThat(dispatcher.flush()).isEmpty();
      assertThat(dispatcher.tally().delivered()).isEqualTo(25);
    }
    assertThat(fake.batches).extracting(List::size).containsExactlyInAnyOrder(10, 10, 5);
    assertThat(fake.closed).isTrue();
  }

  @Test
  void flushGivesBackTheVeryObjectsWithReasonAndAttempts() throws Exception {
    Fake fake =
        new Fake(
            plain(),
            batch ->
                new Reply.Answered(
                    batch.stream()
                        .map(
                            payload ->
                                payload.startsWith("bad")
                                    ? new Verdict.Rejected(NO, Verdict.Rejected.Kind.PERMANENT)
                                    : Verdict.Accepted.WITHOUT_ID)
                        .toList()));
    String bad = new String("bad one");
    try (var dispatcher = to(fake).open()) {
      dispatcher.submit("good one");
      dispatcher.submit(bad);

      List<Undelivered<String>> back = dispatcher.flush();

      assertThat(back).hasSize(1);
      assertThat(back.getFirst().payload()).isSameAs(bad);
      assertThat(back.getFirst().disposition()).isEqualTo(Disposition.REJECTED);
      assertThat(back.getFirst().reason()).isEqualTo(NO);
      assertThat(back.getFirst().attempts()).isEqualTo(1);
      assertThat(dispatcher.flush()).as("each is given back once").isEmpty();
    }
  }

  @Test
  void lingerSendsWithoutAFlush() throws Exception {
    var sent = new CountDownLatch(1);
    Fake fake =
        new Fake(
            plain(),
            batch -> {
              sent.countDown();
              return Reply.accepted(batch.size());
            });
    try (var dispatcher = to(fake).policy(policy -> policy.linger(Duration.ofMillis(5))).open()) {
      dispatcher.submit("one");

      assertThat(sent.await(30, TimeUnit.SECONDS)).isTrue();
    }
  }

  @Test
  void trackedPayloadTellsItsEnd() throws Exception {
    Fake fake =
        new Fake(
            plain(),
            batch ->
                new Reply.Answered(List.of(new Verdict.Accepted("id of " + batch.getFirst()))));
    try (var dispatcher = to(fake).open()) {
      var stage = dispatcher.track("one");
      dispatcher.flush();

      Receipt<String> receipt = stage.toCompletableFuture().get(30, TimeUnit.SECONDS);
      assertThat(receipt.disposition()).isEqualTo(Disposition.DELIVERED);
      assertThat(receipt.id()).isEqualTo("id of one");
    }
  }

  @Test
  void payloadOverTheLimitIsRefusedAtSubmitWithBothSizes() {
    Fake fake = new Fake(plain().maxBytes(100, 8), batch -> Reply.accepted(batch.size()));
    try (var dispatcher = to(fake).open()) {
      assertThatThrownBy(() -> dispatcher.submit("far too long"))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage("the payload has 12 bytes, and the destination takes 8 at the most");
      dispatcher.submit("short");
    }
    assertThat(fake.batches).containsExactly(List.of("short"));
  }

  @Test
  void fullDispatcherRefusesWhereItShallNotWait() throws Exception {
    var gate = new CountDownLatch(1);
    Fake fake =
        new Fake(
            plain(),
            batch -> {
              await(gate);
              return Reply.accepted(batch.size());
            });
    try (var dispatcher =
        Dispatcher.to(fake)
            .policy(policy -> policy.batchItems(1).heldItems(3))
            .whenFull(WhenFull.FAIL)
            .open()) {
      for (int i = 0; i < 3; i++) {
        dispatcher.submit("item " + i);
      }
      assertThatThrownBy(() -> dispatcher.submit("one too many"))
          .isInstanceOf(DispatcherFullException.class)
          .hasMessageContaining("3 payloads");
      gate.countDown();
      assertThat(dispatcher.flush()).isEmpty();
      dispatcher.submit("now there is room");
    }
    assertThat(fake.batches).hasSize(4);
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Test
  void manyThreadsLoseNothing() throws Exception {
    Set<String> received = ConcurrentHashMap.newKeySet();
    Fake fake =
        new Fake(
            plain(),
            batch -> {
              received.addAll(batch);
              return Reply.accepted(batch.size());
            });
    try (var dispatcher =
        Dispatcher.to(fake).policy(policy -> policy.batchItems(50).heldItems(200)).open()) {
      var done = new ArrayList<Future<?>>();
      try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
        for (int thread = 0; thread < 20; thread++) {
          int name = thread;
          done.add(
              threads.submit(
                  () -> {
                    for (int i = 0; i < 500; i++) {
                      dispatcher.submit(name + "-" + i);
                      if (i % 100 == 0) {
                        assertThat(dispatcher.flush()).isEmpty();
                      }
                    }
                    return null;
                  }));
        }
      }
      for (Future<?> thread : done) {
        thread.get();
      }
      assertThat(dispatcher.flush()).isEmpty();
      assertThat(dispatcher.tally().delivered()).isEqualTo(10_000);
    }
    assertThat(received).hasSize(10_000);
  }

  @Test
  void givenUpDestinationGivesEverythingBackAndAFlushMakesANewStart() throws Exception {
    var broken = new AtomicBoolean(true);
    Fake fake =
        new Fake(
            plain(),
            batch ->
                broken.get()
                    ? new Reply.Fatal(Reason.of("401", "bad credentials"))
                    : Reply.accepted(batch.size()));
    try (var dispatcher = to(fake).open()) {
      for (int i = 0; i < 30; i++) {
        dispatcher.submit("item " + i);
      }
      List<Undelivered<String>> back = dispatcher.flush();
      assertThat(back).hasSize(30);
      assertThat(back).extracting(Undelivered::disposition).containsOnly(Disposition.UNPROCESSED);
      assertThat(back)
          .extracting(one -> String.valueOf(one.reason()))
          .containsOnly("bad credentials (401)");

      broken.set(false);
      back.forEach(one -> dispatcher.submit(one.payload()));
      assertThat(dispatcher.flush()).isEmpty();
    }
  }

  @Test
  void itemsOfOneKeyKeepTheirOrder() throws Exception {
    List<String> order = Collections.synchronizedList(new ArrayList<>());
    var failing = new AtomicInteger();
    Fake fake =
        new Fake(
            plain(),
            batch -> {
              if (failing.incrementAndGet() % 3 == 0) {
                return new Reply.Unavailable(NO);
              }
              order.addAll(batch);
              return Reply.accepted(batch.size());
            });
    try (var dispatcher =
        to(fake)
            .policy(
                policy ->
                    policy
                        .batchItems(5)
                        .order(Policy.Order.PER_KEY)
                        .maxAttempts(50)
                        .backoff(new Backoff(Duration.ofMillis(1), Duration.ofMillis(2))))
            .key(payload -> payload.substring(0, 1))
            .open()) {
      for (int i = 100; i < 200; i++) {
        dispatcher.submit("abc".charAt(i % 3) + "-" + i);
      }
      assertThat(dispatcher.flush()).isEmpty();
    }
    for (String key : List.of("a", "b", "c")) {
      assertThat(order.stream().filter(payload -> payload.startsWith(key))).isSorted();
    }
  }

  @Test
  void closedDispatcherTakesNothing() {
    var dispatcher = to(accepting()).open();
    dispatcher.close();

    assertThatThrownBy(() -> dispatcher.submit("late"))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("the dispatcher is closed");
  }

  @Test
  void brokenConnectorLeavesDoubtAndNothingIsLost() throws Exception {
    Fake fake =
        new Fake(
            plain(),
            batch -> {
              throw new IllegalStateException("a bug");
            });
    try (var dispatcher = to(fake).open()) {
      dispatcher.submit("one");

      List<Undelivered<String>> back = dispatcher.flush();

      assertThat(back).extracting(Undelivered::disposition).containsExactly(Disposition.UNKNOWN);
      assertThat(back.getFirst().reason().message()).contains("a bug in the connector");
    }
  }

  /// Has what is sent ready beforehand, and is slow to answer.
  private static final class Preparing implements AsyncDestination<String> {
    final AtomicInteger prepared = new AtomicInteger();
    final ConcurrentLinkedQueue<String> sent = new ConcurrentLinkedQueue<>();
    private final Queue<Supplier<CompletableFuture<Reply>>> next = new ConcurrentLinkedQueue<>();

    @Override
    public Traits traits() {
      return plain().maxBytes(1_000, 100);
    }

    @Override
    public Item<String> prepare(Item<String> item) {
      prepared.incrementAndGet();
      return item.prepared(item.payload().toUpperCase(Locale.ROOT));
    }

    @Override
    public long bytesOf(Item<String> item) {
      return requireNonNull(item.prepared()).toString().length();
    }

    @Override
    public String orderKey(Item<String> item) {
      return requireNonNull(item.prepared()).toString().substring(0, 1);
    }

    @Override
    public CompletableFuture<Reply> begin(Batch<String> batch) {
      Supplier<CompletableFuture<Reply>> scripted = next.poll();
      if (scripted != null) {
        return scripted.get();
      }
      batch.items().forEach(item -> sent.add(requireNonNull(item.prepared()).toString()));
      return CompletableFuture.supplyAsync(() -> Reply.accepted(batch.size()));
    }

    @Override
    public void close() {}
  }

  private static Dispatcher<String> to(Preparing destination) {
    return Dispatcher.to(destination)
        .policy(
            policy ->
                policy
                    .order(Policy.Order.PER_KEY)
                    .backoff(new Backoff(Duration.ofMillis(1), Duration.ofMillis(2))))
        .open();
  }

  @Test
  void itemIsPreparedOnceHoweverOftenItIsSent() throws Exception {
    var destination = new Preparing();
    destination.next.add(() -> CompletableFuture.completedFuture(new Reply.Unavailable(NO)));
    destination.next.add(() -> CompletableFuture.completedFuture(new Reply.TooLarge(NO)));
    destination.next.add(() -> CompletableFuture.completedFuture(new Reply.Refused(NO)));
    try (var dispatcher = to(destination)) {
      List.of("apple", "ash", "beech", "birch", "cedar").forEach(dispatcher::submit);

      assertThat(dispatcher.flush()).extracting(Undelivered::payload).hasSizeLessThan(2);
    }
    assertThat(destination.prepared).hasValue(5);
    assertThat(destination.sent).contains("ASH", "BIRCH", "CEDAR");
  }

  @Test
  void callThatNoThreadWaitsForIsInDoubtIfItFails() throws Exception {
    var destination = new Preparing();
    destination.next.add(
        () -> CompletableFuture.failedFuture(new IllegalStateException("it broke later")));
    try (var dispatcher = to(destination)) {
      dispatcher.submit("apple");

      assertThat(dispatcher.flush())
          .singleElement()
          .satisfies(
              one -> {
                assertThat(one.disposition()).isEqualTo(Disposition.UNKNOWN);
                assertThat(one.reason().message()).contains("it broke later");
              });

      destination.next.add(
          () -> {
            throw new IllegalStateException("it broke at once");
          });
      dispatcher.submit("birch");

      assertThat(dispatcher.flush())
          .singleElement()
          .satisfies(one -> assertThat(one.reason().message()).contains("it broke at once"));
    }
  }

  @Test
  void fewerThanABatchGoOutAtOnceWhereThereIsNoRoomForMore() throws Exception {
    Fake fake = accepting();
    try (var dispatcher =
        to(fake).policy(policy -> policy.heldItems(3).linger(Duration.ofDays(1))).open()) {
      for (int i = 0; i < 20; i++) {
        dispatcher.submit("item " + i);
      }
      assertThat(dispatcher.flush()).isEmpty();
    }
    assertThat(fake.batches).hasSizeGreaterThanOrEqualTo(7);
  }
}
