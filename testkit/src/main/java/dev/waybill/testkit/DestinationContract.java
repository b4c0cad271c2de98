package dev.waybill.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.waybill.Batch;
import dev.waybill.Item;
import dev.waybill.Reply;
import dev.waybill.Verdict;
import dev.waybill.spi.Destination;
import dev.waybill.spi.Preview;
import dev.waybill.spi.SingleSender;
import dev.waybill.spi.Traits;
import dev.waybill.spi.Traits.Idempotence;
import dev.waybill.spi.Verifier;
import dev.waybill.spi.Verifier.Findings.Found;
import dev.waybill.spi.Verifier.Presence;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What every destination must hold, so that the engine's accounts are true. The author of a
/// connector extends it and says what is under test:
///
/// ```java
/// class SqliteContractTest extends DestinationContract<Fields> {
///   @Override
///   protected Subject<Fields> subject() { return new SqliteSubject(); }
/// }
/// ```
///
/// A test for something that the subject does not have is skipped and says so.
///
/// @param <T> what the destination takes as an item's payload
@SuppressWarnings("NullAway.Init") // subject and destination are set before each test
public abstract class DestinationContract<T> {

  /// So many items are enough to meet a limit on parameters, packets or buffers, and no more.
  private static final int BIG = 2_000;

  private Subject<T> subject;
  private Destination<T> destination;
  private long batches;

  /// A subject with an empty far side; called before each test.
  protected abstract Subject<T> subject() throws Exception;

  @BeforeEach
  void openDestination() throws Exception {
    subject = subject();
    destination = subject.open();
  }

  @AfterEach
  void closeDestination() throws Exception {
    try {
      destination.close();
    } finally {
      subject.close();
    }
  }

  @Test
  void batchOfValidItemsIsAcceptedAndAppliedExactlyOnce() throws Exception {
    List<Item<T>> items = valid(1, Math.min(10, destination.traits().maxItems()));

    accepted(batch(items));

    appliedOnce(items);
  }

  @Test
  void batchOfOneItemIsAcceptedAndAppliedExactlyOnce() throws Exception {
    List<Item<T>> items = valid(1, 1);

    accepted(batch(items));

    appliedOnce(items);
  }

  @Test
  void biggestBatchAllowedIsAcceptedAndAppliedExactlyOnce() throws Exception {
    List<Item<T>> items = biggest(destination.traits());

    accepted(batch(items));

    appliedOnce(items);
  }

  @Test
  void batchesOneAfterTheOtherAreAllApplied() throws Exception {
    int size = Math.min(5, destination.traits().maxItems());
    List<Item<T>> first = valid(1, size);
    List<Item<T>> second = valid(1 + size, size);

    accepted(batch(first));
    accepted(batch(second));

    var both = new ArrayList<>(first);
    both.addAll(second);
    appliedOnce(both);
  }

  @Test
  void oneBadItemCostsNoneOfTheOthersItsAccount() throws Exception {
    int size = Math.min(5, destination.traits().maxItems());
    assumeTrue(size > 1, "this destination takes one item a call");
    var items = new ArrayList<>(valid(1, size - 1));
    int position = size / 2;
    Item<T> bad = invalid(size);
    items.add(position, bad);

    Reply reply = send(batch(items));

    items.remove(position);
    switch (reply) {
      case Reply.Answered answered -> {
        for (int i = 0; i < size; i++) {
          Verdict verdict = answered.verdicts().get(i);
          assertThat(verdict)
              .as("verdict on item %s of %s; number %s is bad", i, size, position)
              .isInstanceOf(i == position ? Verdict.Rejected.class : Verdict.Accepted.class);
        }
        appliedOnce(items);
      }
      case Reply.Refused refused -> {
        assertThat(refused.suspects())
            .as("the suspects are the bad item or nobody")
            .isIn(List.of(), List.of(position));
        assertThat(subject.applied()).as("items applied of a refused batch").isZero();
        accepted(batch(items));
        appliedOnce(items);
      }
      default -> throw new AssertionError("neither answered nor refused: " + reply);
    }
    assertThat(subject.timesApplied(bad)).as("times that the bad item was applied").isZero();
  }

  @Test
  void badItemAloneIsNotAppliedAndTheReasonSaysWhy() throws Exception {
    Item<T> bad = invalid(1);

    Reply reply = send(batch(List.of(bad)));

    refusedForGood(reply);
    assertThat(subject.applied()).as("items applied").isZero();
  }

  @Test
  void afterABadItemTheDestinationGoesOn() throws Exception {
    refusedForGood(send(batch(List.of(invalid(1)))));
    List<Item<T>> items = valid(2, Math.min(3, destination.traits().maxItems()));

    accepted(batch(items));

    appliedOnce(items);
  }

  @Test
  void idempotentDestinationAppliesARepeatedBatchOnce() throws Exception {
    assumeTrue(
        destination.traits().idempotence() != Idempotence.NOT_IDEMPOTENT,
        "this destination does not call itself idempotent");
    List<Item<T>> items = valid(1, Math.min(5, destination.traits().maxItems()));
    Batch<T> batch = batch(items);

    accepted(batch);
    accepted(new Batch<>(batch.number(), items, 2, batch.run()));

    appliedOnce(items);
  }

  @Test
  void singleItemCallAppliesItsItemExactlyOnce() throws Exception {
    List<Item<T>> items = valid(1, 1);

    Reply reply = singleSender().sendSingle(batch(items));

    Replies.accepted(reply, 1);
    appliedOnce(items);
  }

  @Test
  void singleItemCallSaysWhyItRefusesABadItem() throws Exception {
    SingleSender<T> sender = singleSender();

    refusedForGood(sender.sendSingle(batch(List.of(invalid(1)))));

    assertThat(subject.applied()).as("items applied").isZero();
  }

  @Test
  void callsAtTheSameTimeKeepTheirAccountsApart() throws Exception {
    Traits traits = destination.traits();
    int threads = Math.min(traits.maxInFlight(), 8);
    int size = Math.min(7, traits.maxItems());
    var ids = new HashSet<String>();
    var items = new ArrayList<Item<T>>();
    var answers = new ArrayList<Future<Reply>>();

    try (var pool = Executors.newVirtualThreadPerTaskExecutor()) {
      var gate = new CyclicBarrier(threads);
      for (int i = 0; i < threads; i++) {
        List<List<Item<T>>> turns =
            List.of(valid(1 + 2L * i * size, size), valid(1 + (2L * i + 1) * size, size));
        for (List<Item<T>> turn : turns) {
          items.addAll(turn);
        }
        Batch<T> first = batch(turns.getFirst());
        Batch<T> second = batch(turns.getLast());
        Callable<Reply> twoCalls =
            () -> {
              gate.await();
              Replies.accepted(destination.send(first), size);
              return destination.send(second);
            };
        answers.add(pool.submit(twoCalls));
      }
    }

    for (Future<Reply> answer : answers) {
      for (Verdict.Accepted verdict : Replies.accepted(answer.get(), size)) {
        if (verdict.id() != null) {
          assertThat(ids.add(verdict.id())).as("id %s is given once", verdict.id()).isTrue();
        }
      }
    }
    appliedOnce(items);
  }

  @Test
  void brokenFarSideIsNeverTakenForAnAnswer() throws Exception {
    List<Item<T>> items = valid(1, Math.min(5, destination.traits().maxItems()));
    breakDown();

    Reply reply = send(batch(items));

    assertThat(reply)
        .isInstanceOfAny(Reply.Unavailable.class, Reply.InDoubt.class, Reply.Throttled.class);
    subject.mend();
    if (!(reply instanceof Reply.InDoubt)) {
      assertThat(subject.applied()).as("items applied by a call that replied %s", reply).isZero();
    }
  }

  @Test
  void farSideThatComesBackIsUsedAgain() throws Exception {
    int size = Math.min(3, destination.traits().maxItems());
    accepted(batch(valid(1, size)));
    breakDown();
    var unlucky = send(batch(valid(1 + size, size)));
    assertThat(unlucky).isNotInstanceOf(Reply.Answered.class);
    subject.mend();
    List<Item<T>> items = valid(1 + 2L * size, size);

    // pooled connections may still be the broken ones: each such call must say so, and be the last
    // of its kind soon
    Reply reply = send(batch(items));
    for (int i = 0; i < 16 && reply instanceof Reply.Unavailable; i++) {
      reply = send(batch(items));
    }

    if (reply instanceof Reply.InDoubt) {
      items = valid(1 + 3L * size, size);
      reply = send(batch(items));
    }
    Replies.accepted(reply, size);
    for (Item<T> item : items) {
      assertThat(subject.timesApplied(item)).as("times that %s was applied", item).isOne();
    }
  }

  @Test
  void verifierFindsWhatWasAppliedAndNothingElse() throws Exception {
    Verifier<T> verifier = verifier();
    int size = Math.min(3, destination.traits().maxItems());
    List<Item<T>> there = valid(1, size);
    accepted(batch(there));
    var asked = new ArrayList<>(there);
    asked.addAll(valid(1 + size, size));

    var findings = verifier.find(asked);

    assertThat(findings).isInstanceOf(Found.class);
    assertThat(((Found) findings).presences())
        .extracting(Presence::getClass)
        .as("first those that were applied, then as many that were not")
        .containsExactlyElementsOf(
            IntStream.range(0, 2 * size)
                .<Class<? extends Presence>>mapToObj(
                    i -> i < size ? Presence.Present.class : Presence.Absent.class)
                .toList());
    appliedOnce(there);
  }

  @Test
  void verifierThatCanNotAskSaysSo() throws Exception {
    Verifier<T> verifier = verifier();
    breakDown();

    var findings = verifier.find(valid(1, 2));

    assertThat(findings)
        .isNotEqualTo(new Found(List.of(new Presence.Absent(), new Presence.Absent())));
    if (findings instanceof Found found) {
      assertThat(found.presences()).hasOnlyElementsOfType(Presence.Undecided.class);
    }
    subject.mend();
  }

  @Test
  void previewShowsNoSecretAndMakesNoCall() throws Exception {
    assumeTrue(destination instanceof Preview, "this destination has no preview");
    Preview<T> preview = (Preview<T>) destination;
    var before = subject.calls();

    String text = preview.preview(batch(valid(1, Math.min(3, destination.traits().maxItems()))));

    assertThat(text).isNotBlank();
    for (String secret : subject.secrets()) {
      assertThat(text).doesNotContain(secret);
    }
    assertThat(subject.applied()).as("items applied by a preview").isZero();
    assertThat(subject.calls()).as("calls made by a preview").isEqualTo(before);
  }

  @Test
  void bytesAreCountedWhereTheyAreLimited() {
    Traits traits = destination.traits();
    boolean limited = traits.maxBytes() < Long.MAX_VALUE || traits.maxItemBytes() < Long.MAX_VALUE;

    for (Item<T> item : valid(1, 3)) {
      long bytes = destination.bytesOf(item);
      assertThat(bytes).isBetween(limited ? 1L : 0L, traits.maxItemBytes());
      assertThat(destination.bytesOf(item)).as("the same at every call").isEqualTo(bytes);
    }
  }

  @Test
  void traitsStayTheSame() throws Exception {
    Traits before = destination.traits();

    accepted(batch(valid(1, 1)));

    assertThat(destination.traits()).isEqualTo(before);
  }

  @Test
  void closingTwiceIsClosingOnce() throws Exception {
    accepted(batch(valid(1, 1)));

    destination.close();

    assertThatCode(destination::close).doesNotThrowAnyException();
  }

  private Item<T> invalid(long ordinal) {
    var invalid = subject.invalid(ordinal);
    assumeTrue(invalid.isPresent(), "this far side takes every item");
    return invalid.orElseThrow();
  }

  private void breakDown() throws Exception {
    assumeTrue(
        subject.breakDown() == Subject.FarSide.BROKEN, "this subject's far side can not be broken");
  }

  private SingleSender<T> singleSender() {
    assumeTrue(destination instanceof SingleSender, "this destination has no single-item call");
    return (SingleSender<T>) destination;
  }

  private Verifier<T> verifier() {
    assumeTrue(destination instanceof Verifier, "this destination can not be asked for items");
    return (Verifier<T>) destination;
  }

  private List<Item<T>> valid(long from, int count) {
    return LongStream.range(from, from + count).mapToObj(subject::valid).toList();
  }

  private List<Item<T>> biggest(Traits traits) {
    var items = new ArrayList<Item<T>>();
    long bytes = 0;
    while (items.size() < Math.min(traits.maxItems(), BIG)) {
      Item<T> item = subject.valid(items.size() + 1L);
      bytes += traits.maxBytes() < Long.MAX_VALUE ? destination.bytesOf(item) : 0;
      if (bytes > traits.maxBytes()) {
        break;
      }
      items.add(item);
    }
    return items;
  }

  private Batch<T> batch(List<Item<T>> items) {
    batches++;
    return new Batch<>(batches, List.copyOf(items), 1, "contract-" + batches);
  }

  private Reply send(Batch<T> batch) throws InterruptedException {
    return Replies.sound(destination.send(batch), batch.size());
  }

  private void accepted(Batch<T> batch) throws InterruptedException {
    Replies.accepted(destination.send(batch), batch.size());
  }

  private void appliedOnce(List<Item<T>> items) throws Exception {
    for (Item<T> item : items) {
      assertThat(subject.timesApplied(item)).as("times that %s was applied", item).isOne();
    }
    assertThat(subject.applied()).as("items applied in all").isEqualTo(items.size());
  }

  private static void refusedForGood(Reply reply) {
    Replies.sound(reply, 1);
    if (reply instanceof Reply.Answered answered) {
      assertThat(answered.verdicts().getFirst()).isInstanceOf(Verdict.Rejected.class);
    } else {
      assertThat(reply).isInstanceOf(Reply.Refused.class);
    }
  }
}
