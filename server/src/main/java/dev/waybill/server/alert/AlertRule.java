package dev.waybill.server.alert;

import dev.waybill.UserException;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;

/// What people want to be told of a flow, and where.
///
/// @param id names it within its flow
/// @param channels all of them are told; at least one
public record AlertRule(String id, Condition condition, List<Channel> channels) {

  private static final Pattern ID = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,59}");

  private static final int MOST_CHANNELS = 10;

  /// @throws UserException if its name, or the number of its channels, can not be so
  public AlertRule {
    channels = List.copyOf(channels);
    if (!ID.matcher(id).matches()) {
      throw new UserException(
          "An alert's id takes letters, digits and . _ - only, up to 60, not '" + id + "'.");
    }
    if (channels.isEmpty() || channels.size() > MOST_CHANNELS) {
      throw new UserException(
          "The alert " + id + " needs 1 to " + MOST_CHANNELS + " places to tell: to.");
    }
  }

  /// When a rule holds.
  public sealed interface Condition {

    /// The last run failed. One that somebody cancelled counts for nothing.
    record Failed() implements Condition {}

    /// Of the last run's records a larger share was rejected than this.
    ///
    /// @param percent from 0 to 100
    record Rejected(double percent) implements Condition {

      public Rejected {
        if (!(percent >= 0 && percent <= 100)) {
          throw new UserException("abovePercent takes a number from 0 to 100.");
        }
      }
    }

    /// No run ended for so long.
    record Silent(Duration time, Runs runs) implements Condition {

      private static final Duration SHORTEST = Duration.ofMinutes(1);

      public Silent {
        if (time.compareTo(SHORTEST) < 0) {
          throw new UserException("for takes a length of time of at least 1m.");
        }
      }
    }

    /// Which runs end a silence.
    enum Runs {
      ANY,
      SUCCESSFUL
    }
  }

  /// Who is told.
  public sealed interface Channel {

    /// An HTTP API that takes a POST.
    ///
    /// @param secret the reference of the secret by which it is signed: `secret:NAME`
    record Webhook(String url, String secret) implements Channel {}

    /// A mailbox.
    record Mail(String to) implements Channel {}
  }
}
