package dev.waybill.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.waybill.Batch;
import dev.waybill.Disposition;
import dev.waybill.FieldNames;
import dev.waybill.Fields;
import dev.waybill.Item;
import dev.waybill.Reason;
import dev.waybill.Settlement;
import dev.waybill.UserException;
import dev.waybill.ledger.FailingKey.Doubt;
import dev.waybill.ledger.FlowState.Detail;
import dev.waybill.run.ReasonDigest;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What a ledger knows of a flow's keys, whichever database it stands on.
abstract class FlowStateContract {

  private static final FieldNames NAMES = FieldNames.of("value");

  private @Nullable Ledger opened;

  /// Where the ledger is, which is empty.
  abstract String place() throws Exception;

  @BeforeEach
  void open() throws Exception {
    opened = Ledgers.open(place(), Durability.PROCESS);
  }

  @AfterEach
  void close() {
    ledger().close();
  }

  private Ledger ledger() {
    return Objects.requireNonNull(opened);
  }

  private FlowState state() {
    return ledger().state(new KeyedFlow("crm", "there", List.of("id")));
  }

  private static Item<Fields> item(long ordinal, String key, String value) {
    return new Item<>(ordinal, key, Fields.of(NAMES, value), null);
  }

  private static Batch<Fields> batch(Item<Fields> item) {
    return new Batch<>(1, List.of(item), 1, "r");
  }

  private static Settlement<Fields> settled(
      Item<Fields> item, Disposition disposition, @Nullable Reason reason) {
    return new Settlement<>(1, List.of(item), disposition, reason, 1, List.of());
  }

  private RunJournal<Fields> begin(FlowState state, String run, Set<KeyHash> twins) {
    RunJournal<Fields> journal = ledger().begin(Given.run(run));
    state.begin(run, List.of("text"));
    journal.follow(state, twins);
    return journal;
  }

  private void deliver(String run, Item<Fields> item, Set<KeyHash> twins) {
    try (RunJournal<Fields> journal = begin(state(), run, twins)) {
      journal.sends(batch(item));
      journal.commit();
      journal.settled(settled(item, Disposition.DELIVERED, null));
      journal.commit();
    }
  }

  private List<AcceptedKey> accepted() {
    try (Stream<AcceptedKey> keys = state().accepted(Detail.KEYS)) {
      return keys.toList();
    }
  }

  private List<FailingKey> failing() {
    try (Stream<FailingKey> keys = state().failing()) {
      return keys.toList();
    }
  }

  @Test
  void acceptedIsWhatWasDeliveredLast() {
    deliver("a", item(1, "ann", "1"), Set.of());
    deliver("b", item(1, "ann", "2"), Set.of());

    assertThat(accepted())
        .singleElement()
        .satisfies(
            key -> {
              assertThat(key.key()).isEqualTo("ann");
              assertThat(key.run()).isEqualTo(2);
              assertThat(key.fingerprint()).isEqualTo(new Prints().record(Fields.of(NAMES, "2")));
            });
    assertThat(state().summary().accepted()).isEqualTo(1);
  }

  @Test
  void whatWasInACallWhenTheProcessDiedIsInDoubt() {
    try (RunJournal<Fields> journal = begin(state(), "a", Set.of())) {
      journal.sends(batch(item(1, "ann", "1")));
      journal.commit();
    }
    assertThat(accepted()).isEmpty();
    state().takeUp();

    assertThat(failing())
        .singleElement()
        .satisfies(
            key -> {
              assertThat(key.doubt()).isEqualTo(Doubt.MAY_BE_APPLIED);
              assertThat(key.reason().message()).isEqualTo("the run that sent it broke off");
            });
    deliver("b", item(1, "ann", "1"), Set.of());
    assertThat(failing()).isEmpty();
  }

  @Test
  void whatWasNotCommittedIsNotKnown() {
    try (RunJournal<Fields> journal = begin(state(), "a", Set.of())) {
      journal.settled(settled(item(1, "ann", "1"), Disposition.DELIVERED, null));
    }
    assertThat(accepted()).isEmpty();
  }

  @Test
  void failuresOfTheSameRecordAreCountedFromTheFirstOn() {
    for (String run : List.of("a", "b", "c")) {
      try (RunJournal<Fields> journal = begin(state(), run, Set.of())) {
        journal.settled(
            settled(item(1, "ann", "1"), Disposition.REJECTED, Reason.of("422", "no " + run)));
        journal.commit();
      }
    }
    assertThat(failing())
        .singleElement()
        .satisfies(
            key -> {
              assertThat(key.failures()).isEqualTo(3);
              assertThat(key.lastRun()).isEqualTo(3);
              assertThat(key.reason()).isEqualTo(Reason.of("422", "no c"));
              assertThat(key.firstAt()).isBeforeOrEqualTo(key.lastAt());
            });
    assertThat(state().summary().failingSince()).isNotNull();
  }

  @Test
  void rejectionOfALaterVersionEndsNoDoubt() {
    try (RunJournal<Fields> journal = begin(state(), "a", Set.of())) {
      journal.settled(settled(item(1, "ann", "1"), Disposition.UNKNOWN, Reason.of("lost")));
      journal.commit();
    }
    try (RunJournal<Fields> journal = begin(state(), "b", Set.of())) {
      journal.settled(settled(item(1, "ann", "2"), Disposition.REJECTED, Reason.of("no")));
      journal.commit();
    }
    assertThat(failing())
        .singleElement()
        .satisfies(key -> assertThat(key.doubt()).isEqualTo(Doubt.MAY_BE_APPLIED));
  }

  @Test
  void deletedRecordsAreKnownNoLonger() {
    deliver("a", item(1, "ann", "1"), Set.of());
    FlowState state = state();
    try (RunJournal<Fields> journal = ledger().begin(Given.run("b"))) {
      state.begin("b", List.of());
      KeyedWriting keys = journal.follow(state, Set.of());
      keys.deletes();
      journal.sends(batch(item(2, "ann", "")));
      journal.settled(settled(item(2, "ann", ""), Disposition.DELIVERED, null));
      journal.commit();
    }
    assertThat(accepted()).isEmpty();
  }

  @Test
  void keysThatShareTheirHashAreKeptApart() {
    KeyHash ann = new Prints().key("ann");
    deliver("a", item(1, "ann", "1"), Set.of());
    // From now on another key has ann's hash, as far as the flow can tell.
    deliver("b", item(1, "ann", "2"), Set.of(ann));
    assertThat(accepted()).singleElement().extracting(AcceptedKey::run).isEqualTo(2L);

    // And then no more.
    deliver("c", item(1, "ann", "3"), Set.of());
    assertThat(accepted()).singleElement().extracting(AcceptedKey::run).isEqualTo(3L);
    assertThat(state().summary().accepted()).isEqualTo(1);
  }

  @Test
  void runThatWasOvertakenByAnotherChangesNothing() {
    FlowState first = state();
    try (RunJournal<Fields> hung = begin(first, "a", Set.of())) {
      deliver("b", item(1, "ann", "2"), Set.of());
      hung.settled(settled(item(1, "ann", "1"), Disposition.DELIVERED, null));
      assertThatThrownBy(hung::commit)
          .isInstanceOf(UserException.class)
          .hasMessageContaining("another run of the flow crm has begun");
    }
    assertThat(accepted()).singleElement().extracting(AcceptedKey::run).isEqualTo(2L);
  }

  @Test
  void twoRunsPlannedAtATimeDoNotBothBegin() {
    FlowState one = state();
    FlowState other = state();
    one.begin("a", List.of());
    assertThatThrownBy(() -> other.begin("b", List.of()))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("Another run of the flow crm has begun meanwhile");
  }

  @Test
  void flowBelongsToOneDestinationAndOneKey() {
    state();
    assertThatThrownBy(() -> ledger().state(new KeyedFlow("crm", "elsewhere", List.of("id"))))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("was kept in there and now goes to elsewhere");
    assertThatThrownBy(() -> ledger().state(new KeyedFlow("crm", "there", List.of("email"))))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("had the key id and now has email");
  }

  @Test
  void resetForgetsAllOrOne() {
    deliver("a", item(1, "ann", "1"), Set.of());
    deliver("b", item(2, "bob", "1"), Set.of());
    assertThat(state().reset("ann")).isTrue();
    assertThat(state().reset("ann")).isFalse();
    assertThat(accepted()).singleElement().extracting(AcceptedKey::key).isEqualTo("bob");

    state().reset();
    assertThat(ledger().state("crm")).isEmpty();
    assertThat(accepted()).isEmpty();
    assertThat(ledger().states()).hasSize(1);
  }

  @Test
  void keysComeInTheOrderOfTheirHashes() {
    for (int i = 0; i < 20; i++) {
      deliver("r" + i, item(1, "key-" + i, "1"), Set.of());
    }
    assertThat(accepted().stream().map(AcceptedKey::hash).toList()).isSorted().hasSize(20);
  }

  @Test
  void likeReasonsOfFailingKeysAreOneSinceTheFirstOfThemFailed() {
    FlowState state = state();
    Item<Fields> one = item(1, "a", "x");
    Item<Fields> other = item(2, "b", "y");
    try (RunJournal<Fields> journal = begin(state, "r1", Set.of())) {
      journal.sends(batch(one));
      journal.settled(settled(one, Disposition.REJECTED, Reason.of("bad", "value 'x' is bad")));
      journal.commit();
    }
    try (RunJournal<Fields> journal = begin(state, "r2", Set.of())) {
      journal.sends(batch(other));
      journal.settled(settled(other, Disposition.REJECTED, Reason.of("bad", "value 'y' is bad")));
      journal.commit();
    }

    List<FailingKey> keys;
    try (Stream<FailingKey> failing = state.failing()) {
      keys = failing.sorted(Comparator.comparing(FailingKey::key)).toList();
    }
    assertThat(state.reasons())
        .singleElement()
        .satisfies(
            reason -> {
              assertThat(reason.count()).isEqualTo(2);
              assertThat(reason.pattern()).isEqualTo("value … is bad");
              assertThat(reason.firstSeen()).isEqualTo(keys.getFirst().firstAt());
              assertThat(reason.lastSeen()).isEqualTo(keys.getLast().lastAt());
              assertThat(reason.examples())
                  .extracting(ReasonDigest.Example::key)
                  .containsExactlyInAnyOrder("a", "b");
            });
  }
}
