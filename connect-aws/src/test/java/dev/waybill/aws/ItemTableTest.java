package dev.waybill.aws;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waybill.Verdict;
import dev.waybill.Verdict.Rejected.Kind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ItemTableTest {

  @Test
  void throttledRecordOfKinesisIsSentAgain() {
    assertThat(KinesisDestination.ITEMS.verdict("ProvisionedThroughputExceededException", "slow"))
        .isInstanceOf(Verdict.Deferred.class);
  }

  @Test
  void recordOfKinesisThatFailedInsideMayHaveBeenStored() {
    assertThat(KinesisDestination.ITEMS.verdict("InternalFailure", "oops"))
        .isInstanceOf(Verdict.InDoubt.class);
  }

  @Test
  void recordThatFirehoseHasNoRoomForIsSentAgain() {
    assertThat(FirehoseDestination.ITEMS.verdict("ServiceUnavailableException", "Slow down."))
        .isInstanceOf(Verdict.Deferred.class);
  }

  @Test
  void recordOfFirehoseThatFailedInsideMightHaveCompleted() {
    assertThat(FirehoseDestination.ITEMS.verdict("InternalFailure", "oops"))
        .isInstanceOf(Verdict.InDoubt.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"InternalFailure", "InternalException", "ThrottlingException"})
  void eventThatEventBridgeCallsRetryableIsSentAgain(String code) {
    assertThat(EventBridgeDestination.ITEMS.verdict(code, "later"))
        .isInstanceOf(Verdict.Deferred.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "AccessDeniedException",
        "InvalidAccountIdException",
        "InvalidArgument",
        "MalformedDetail",
        "RedactionFailure",
        "NotAuthorizedForSourceException",
        "NotAuthorizedForDetailTypeException"
      })
  void eventThatEventBridgeCallsPermanentlyFailedIsRejected(String code) {
    assertThat(EventBridgeDestination.ITEMS.verdict(code, "no"))
        .isInstanceOfSatisfying(
            Verdict.Rejected.class,
            rejected -> assertThat(rejected.kind()).isEqualTo(Kind.PERMANENT));
  }

  @Test
  void codeThatNobodyKnowsIsARejectionThatMayPass() {
    assertThat(KinesisDestination.ITEMS.verdict("BrandNewException", null))
        .isInstanceOfSatisfying(
            Verdict.Rejected.class,
            rejected -> assertThat(rejected.kind()).isEqualTo(Kind.PASSING));
  }

  @Test
  void sendersFaultIsPermanentAndTheServicesIsNot() {
    assertThat(SenderFault.verdict(true, "InvalidMessageContents", "bad character"))
        .isInstanceOfSatisfying(
            Verdict.Rejected.class,
            rejected -> assertThat(rejected.kind()).isEqualTo(Kind.PERMANENT));
    assertThat(SenderFault.verdict(false, "InternalError", null))
        .isInstanceOf(Verdict.Deferred.class);
    assertThat(SenderFault.verdict(null, null, null)).isInstanceOf(Verdict.Deferred.class);
  }
}
