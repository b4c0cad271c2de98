package dev.waybill.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import dev.waybill.Batch;
import dev.waybill.Item;
import dev.waybill.Reason;
import dev.waybill.Reply;
import dev.waybill.Verdict;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.platform.testkit.engine.EngineTestKit;

/// The contract catches a destination that breaks it.
class LyingDestinationTest {

  @ParameterizedTest
  @CsvSource({
    "AppliesTwice, batchOfValidItemsIsAcceptedAndAppliedExactlyOnce",
    "AppliesTwice, callsAtTheSameTimeKeepTheirAccountsApart",
    "AppliesTwice, idempotentDestinationAppliesARepeatedBatchOnce",
    "ForgetsTheLast, biggestBatchAllowedIsAcceptedAndAppliedExactlyOnce",
    "ForgetsTheLast, batchOfOneItemIsAcceptedAndAppliedExactlyOnce",
    "AcceptsEverything, badItemAloneIsNotAppliedAndTheReasonSaysWhy",
    "AcceptsEverything, oneBadItemCostsNoneOfTheOthersItsAccount",
    "SaysNothing, badItemAloneIsNotAppliedAndTheReasonSaysWhy",
    "NamesAnother, oneBadItemCostsNoneOfTheOthersItsAccount",
    "AppliesWhatItRefuses, oneBadItemCostsNoneOfTheOthersItsAccount",
    "GivesOneIdToAll, callsAtTheSameTimeKeepTheirAccountsApart",
    "SkipsAVerdict, batchOfValidItemsIsAcceptedAndAppliedExactlyOnce",
    "AnswersForNobody, brokenFarSideIsNeverTakenForAnAnswer",
    "AppliesWhenUnavailable, brokenFarSideIsNeverTakenForAnAnswer"
  })
  void lieIsCaught(String lie, String test) throws ClassNotFoundException {
    var failed =
        EngineTestKit.engine("junit-jupiter")
            .selectors(selectClass(Class.forName(getClass().getName() + "$" + lie)))
            .execute()
            .testEvents()
            .failed();

    assertThat(failed.stream().map(event -> event.getTestDescriptor().getDisplayName()))
        .contains(test + "()");
  }

  abstract static class Lie extends DestinationContract<String> {

    @Override
    protected Subject<String> subject() {
      return new MemorySubject() {
        @Override
        Reply send(Batch<String> batch) {
          return tell(batch, this);
        }

        @Override
        Reply sendBroken(Batch<String> batch) {
          return tellBroken(batch, this);
        }
      };
    }

    /// What the destination does and says.
    Reply tell(Batch<String> batch, MemorySubject subject) {
      return new Reply.Answered(batch.items().stream().map(subject::apply).toList());
    }

    Reply tellBroken(Batch<String> batch, MemorySubject subject) {
      return new Reply.Unavailable(Reason.of("the table is away"));
    }
  }

  static final class AppliesTwice extends Lie {
    @Override
    Reply tell(Batch<String> batch, MemorySubject subject) {
      Reply reply = super.tell(batch, subject);
      subject.table.replaceAll((key, count) -> 2);
      return reply;
    }
  }

  static final class ForgetsTheLast extends Lie {
    @Override
    Reply tell(Batch<String> batch, MemorySubject subject) {
      Reply reply = super.tell(batch, subject);
      subject.table.remove(batch.items().getLast().payload());
      return reply;
    }
  }

  static final class AcceptsEverything extends Lie {
    @Override
    Reply tell(Batch<String> batch, MemorySubject subject) {
      super.tell(batch, subject);
      return Reply.accepted(batch.size());
    }
  }

  static final class SaysNothing extends Lie {
    @Override
    Reply tell(Batch<String> batch, MemorySubject subject) {
      return hasBad(batch)
          ? new Reply.Refused(Reason.of("23505", " "))
          : super.tell(batch, subject);
    }
  }

  static final class NamesAnother extends Lie {
    @Override
    Reply tell(Batch<String> batch, MemorySubject subject) {
      return hasBad(batch)
          ? new Reply.Refused(Reason.of("one is bad"), List.of(0))
          : super.tell(batch, subject);
    }
  }

  static final class AppliesWhatItRefuses extends Lie {
    @Override
    Reply tell(Batch<String> batch, MemorySubject subject) {
      Reply reply = super.tell(batch, subject);
      return hasBad(batch) ? new Reply.Refused(Reason.of("one is bad")) : reply;
    }
  }

  static final class GivesOneIdToAll extends Lie {
    @Override
    Reply tell(Batch<String> batch, MemorySubject subject) {
      super.tell(batch, subject);
      return new Reply.Answered(
          batch.items().stream().map(item -> new Verdict.Accepted("id")).toList());
    }
  }

  static final class SkipsAVerdict extends Lie {
    @Override
    Reply tell(Batch<String> batch, MemorySubject subject) {
      super.tell(batch, subject);
      return Reply.accepted(batch.size() - 1);
    }
  }

  static final class AnswersForNobody extends Lie {
    @Override
    Reply tellBroken(Batch<String> batch, MemorySubject subject) {
      return Reply.accepted(batch.size());
    }
  }

  static final class AppliesWhenUnavailable extends Lie {
    @Override
    Reply tellBroken(Batch<String> batch, MemorySubject subject) {
      tell(batch, subject);
      return super.tellBroken(batch, subject);
    }
  }

  private static boolean hasBad(Batch<String> batch) {
    return batch.items().stream().map(Item::payload).anyMatch(text -> text.startsWith("bad"));
  }
}
