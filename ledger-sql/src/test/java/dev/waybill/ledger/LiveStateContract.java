package dev.waybill.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.waybill.Batch;
import dev.waybill.ByteSlice;
import dev.waybill.Disposition;
import dev.waybill.Item;
import dev.waybill.Origin;
import dev.waybill.Settlement;
import dev.waybill.Span;
import dev.waybill.UserException;
import dev.waybill.spi.LiveKnowledge;
import dev.waybill.spi.LiveKnowledge.Located;
import dev.waybill.spi.Position;
import dev.waybill.spi.SourceIdentity;
import dev.waybill.spi.Stretch;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What a ledger knows of live flows, whichever database it stands on.
abstract class LiveStateContract {

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

  private LiveState state() {
    return ledger().live(new LiveFlow("orders", "kafka://b/orders", "postgresql://db/crm"));
  }

  private RunJournal<String> begin(String run) {
    return ledger().begin(Given.run(run, SourceIdentity.NONE));
  }

  private static Position at(String partition, long offset) {
    return new Position(partition, offset, 0);
  }

  private static Item<String> item(long ordinal, Position position) {
    var origin =
        new Origin(position.partition(), position.index(), position.offset(), ByteSlice.utf8("{}"));
    return new Item<>(ordinal, "k" + ordinal, "record", origin);
  }

  private static Settlement<String> delivered(Item<String> item) {
    return new Settlement<>(1, List.of(item), Disposition.DELIVERED, null, 1, List.of());
  }

  @Test
  void positionsAreKnownToTheNextRun() {
    try (RunJournal<String> journal = begin("a")) {
      assertThat(journal.follow(state())).isEqualTo(LiveKnowledge.NONE);
      journal.reached(new Stretch(at("p", 1), at("p", 5)));
      journal.reached(new Stretch(at("p", 7), at("p", 9)));
      journal.told(at("p", 3));
      journal.commit();
      journal.forgets(at("p", 7));
      journal.reached(new Stretch(at("p", 1), at("p", 9)));
      journal.told(at("p", 4));
      journal.commit();
      journal.finish(Given.report(), "");
    }
    try (RunJournal<String> journal = begin("b")) {
      LiveKnowledge known = journal.follow(state());
      assertThat(known.settled()).containsExactly(new Stretch(at("p", 1), at("p", 9)));
      assertThat(known.told()).containsOnlyKeys("p").containsEntry("p", at("p", 4));
      assertThat(known.inDoubt()).isEmpty();
    }
  }

  @Test
  void itemsOfOpenCallsAreKnownByTheirPositionsToTheSameRun() {
    try (RunJournal<String> journal = begin("a")) {
      journal.follow(state());
      journal.sends(
          new Batch<>(
              4,
              List.of(
                  item(1, at("p", 10)),
                  item(2, at("p", 11)),
                  item(3, at("q", 12)),
                  item(4, at("p", 12))),
              1,
              "a"));
      journal.commit();
    }
    Resumed<String> resumed = ledger().resume("a");
    try (RunJournal<String> journal = resumed.journal()) {
      assertThat(journal.follow(state()).inDoubt())
          .containsExactly(
              new Located(4, new Span(1, 2), at("p", 10)),
              new Located(4, new Span(3, 3), at("q", 12)),
              new Located(4, new Span(4, 4), at("p", 12)));
    }
  }

  @Test
  void whatWasLeftInDoubtGoesFromRunToRunUntilItHasComeToItsEnd() {
    Item<String> first = item(1, at("p", 10));
    try (RunJournal<String> journal = begin("a")) {
      journal.follow(state());
      journal.sends(
          new Batch<>(4, List.of(first, item(2, at("p", 11)), item(3, at("p", 12))), 1, "a"));
      journal.commit();
      journal.settled(delivered(first));
      journal.reached(new Stretch(at("p", 10), at("p", 10)));
      journal.finish(Given.report(), "");
    }
    try (RunJournal<String> journal = begin("b")) {
      assertThat(journal.follow(state()).inDoubt())
          .containsExactly(new Located(-1, new Span(1, 2), at("p", 11)));
      journal.settled(delivered(item(1, at("p", 11))));
      journal.reached(new Stretch(at("p", 10), at("p", 11)));
      journal.finish(Given.report(), "");
    }
    try (RunJournal<String> journal = begin("c")) {
      assertThat(journal.follow(state()).inDoubt())
          .containsExactly(new Located(-1, new Span(1, 1), at("p", 12)));
      journal.settled(delivered(item(1, at("p", 12))));
      journal.reached(new Stretch(at("p", 10), at("p", 12)));
      journal.finish(Given.report(), "");
    }
    try (RunJournal<String> journal = begin("d")) {
      assertThat(journal.follow(state()).inDoubt()).isEmpty();
    }
  }

  @Test
  void onlyOneOfTwoRunsThatBeginAtOnceIsTheFlowsOwn() {
    LiveState seen = state();
    try (RunJournal<String> one = begin("a");
        RunJournal<String> other = begin("b")) {
      one.follow(seen);
      assertThatThrownBy(() -> other.follow(seen))
          .isInstanceOf(UserException.class)
          .hasMessageContaining("has begun just now");
    }
    assertThat(state().lastRun()).isEqualTo("a");
  }
}
