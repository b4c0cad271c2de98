package dev.waybill.server.catalog;

import com.cronutils.model.CronType;
import com.cronutils.model.definition.CronDefinitionBuilder;
import com.cronutils.model.time.ExecutionTime;
import com.cronutils.parser.CronParser;
import dev.waybill.UserException;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Optional;

/// When a flow runs by itself.
public sealed interface Schedule {

  /// The shortest time between two runs.
  Duration SHORTEST = Duration.ofMinutes(1);

  /// The first time after this one; empty if there is none any more.
  Optional<Instant> after(Instant time);

  /// By a cron expression of five fields (minute, hour, day of month, month, day of week).
  record Cron(String expression, ZoneId zone) implements Schedule {

    private static final CronParser PARSER =
        new CronParser(CronDefinitionBuilder.instanceDefinitionFor(CronType.UNIX));

    /// Checks the expression.
    ///
    /// @throws UserException if it is no cron expression
    public Cron {
      times(expression);
    }

    /// An expression in a time zone.
    ///
    /// @param zone as the time zone database calls it: `Europe/Berlin`
    /// @throws UserException if there is no such zone, or it is no cron expression
    public static Cron of(String expression, String zone) {
      try {
        return new Cron(expression, ZoneId.of(zone));
      } catch (DateTimeException e) {
        throw new UserException(
            "There is no time zone '" + zone + "'; they are called as in Europe/Berlin or UTC.", e);
      }
    }

    private static ExecutionTime times(String expression) {
      try {
        return ExecutionTime.forCron(PARSER.parse(expression).validate());
      } catch (IllegalArgumentException e) {
        throw new UserException(
            "'"
                + expression
                + "' is no cron expression ("
                + e.getMessage()
                + "); it takes minute, hour, day of month, month and day of week, as in: 30 2 * * 1-5",
            e);
      }
    }

    @Override
    public Optional<Instant> after(Instant time) {
      return times(expression).nextExecution(time.atZone(zone)).map(next -> next.toInstant());
    }
  }

  /// From an instant on, again and again.
  record Every(Instant start, Duration interval) implements Schedule {

    /// Checks the interval.
    ///
    /// @throws UserException if the interval is too short
    public Every {
      if (interval.compareTo(SHORTEST) < 0) {
        throw new UserException(
            "The interval of a schedule is at least " + SHORTEST.toMinutes() + " minute.");
      }
    }

    @Override
    public Optional<Instant> after(Instant time) {
      if (time.isBefore(start)) {
        return Optional.of(start);
      }
      long turns = Duration.between(start, time).dividedBy(interval);
      return Optional.of(start.plus(interval.multipliedBy(turns + 1)));
    }
  }
}
