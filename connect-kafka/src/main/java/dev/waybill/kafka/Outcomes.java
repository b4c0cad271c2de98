package dev.waybill.kafka;

import dev.waybill.Reason;
import dev.waybill.Reply;
import dev.waybill.Verdict;
import dev.waybill.kafka.KafkaDestination.Sent;
import java.util.List;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.InvalidRecordException;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.InvalidTopicException;
import org.apache.kafka.common.errors.NotEnoughReplicasException;
import org.apache.kafka.common.errors.RecordBatchTooLargeException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.UnsupportedForMessageFormatException;
import org.jspecify.annotations.Nullable;

/// Reads what became of a call's records, one after the other.
final class Outcomes {

  private final KafkaAddress address;
  private boolean accepted;
  private boolean rejected;
  private boolean doubted;
  private @Nullable Reason fatal;
  private @Nullable Reason later;
  private @Nullable Reason doubt;

  Outcomes(KafkaAddress address) {
    this.address = address;
  }

  /// What became of a record.
  Verdict verdict(Sent sent) throws InterruptedException {
    Throwable refused = sent.refused();
    if (refused != null) {
      return certain(refused);
    }
    try {
      RecordMetadata metadata = sent.await();
      accepted = true;
      return new Verdict.Accepted(
          metadata.hasOffset() ? metadata.partition() + "@" + metadata.offset() : null);
    } catch (ExecutionException e) {
      return failed(e.getCause() == null ? e : e.getCause());
    }
  }

  /// It did not leave the client.
  private Verdict certain(Throwable failure) {
    return switch (failure) {
      case RecordTooLargeException tooLarge -> rejected(tooLarge);
      case InvalidTopicException wrong -> fatal(wrong);
      case AuthorizationException refused -> fatal(refused);
      case AuthenticationException refused -> fatal(refused);
      default -> later(failure);
    };
  }

  /// The broker refused it, or nobody knows.
  private Verdict failed(Throwable failure) {
    return switch (failure) {
      case RecordTooLargeException tooLarge -> rejected(tooLarge);
      case RecordBatchTooLargeException tooLarge -> rejected(tooLarge);
      case InvalidRecordException invalid -> rejected(invalid);
      case UnsupportedForMessageFormatException unsupported -> rejected(unsupported);
      case InvalidTopicException wrong -> fatal(wrong);
      case AuthorizationException refused -> fatal(refused);
      case NotEnoughReplicasException before -> later(before);
      default -> {
        doubted = true;
        doubt = reason(failure);
        yield new Verdict.InDoubt(doubt);
      }
    };
  }

  private Verdict rejected(Throwable failure) {
    rejected = true;
    return new Verdict.Rejected(reason(failure), Verdict.Rejected.Kind.PERMANENT);
  }

  private Verdict later(Throwable failure) {
    later = reason(failure);
    return new Verdict.Deferred(later);
  }

  private Verdict fatal(Throwable failure) {
    fatal =
        Reason.of(
            code(failure), String.valueOf(Complaints.unwritable(address, failure).getMessage()));
    return new Verdict.Deferred(fatal);
  }

  private static Reason reason(Throwable failure) {
    return Reason.of(code(failure), Complaints.deepest(failure));
  }

  /// `RecordTooLargeException` as `RecordTooLarge`.
  private static String code(Throwable failure) {
    return failure.getClass().getSimpleName().replace("Exception", "");
  }

  /// Whether the brokers may be away.
  boolean failed() {
    return doubted || later != null;
  }

  /// The reply in whole, which says of all items alike what it can.
  Reply reply(List<Verdict> verdicts) {
    boolean some = accepted || rejected;
    if (!some && !doubted && fatal != null) {
      return new Reply.Fatal(fatal);
    }
    if (!some && !doubted && later != null) {
      return new Reply.Unavailable(later);
    }
    if (!some && doubt != null && later == null && fatal == null) {
      return new Reply.InDoubt(doubt);
    }
    return new Reply.Answered(verdicts);
  }
}
