package dev.waybill.mapping.type;

import dev.waybill.mapping.Transformation;
import dev.waybill.mapping.UnfitValueException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoField;
import java.time.temporal.TemporalAccessor;

/// `datetime`, `datetime:IN` or `datetime:IN to OUT`: a point in time becomes `yyyy-MM-dd
/// HH:mm:ss`, or the form asked for, in UTC. By default ISO 8601 is read, with an offset or
/// without, and with a `T` or a blank in the middle. A time without an offset is taken as UTC.
public final class DateTimeType implements Transformation {

  private final Forms forms;

  /// Reads ISO 8601, writes `yyyy-MM-dd HH:mm:ss`.
  public DateTimeType() {
    this(Forms.iso8601());
  }

  private DateTimeType(Forms forms) {
    this.forms = forms;
  }

  @Override
  public String name() {
    return "datetime";
  }

  @Override
  public Transformation configured(String setting) {
    return new DateTimeType(Forms.of(setting));
  }

  @Override
  public Object apply(Object value) throws UnfitValueException {
    LocalDateTime time = forms.read(value.toString().strip(), DateTimeType::utc);
    if (time == null) {
      throw new UnfitValueException("is not a time of the form " + forms.name());
    }
    return forms.write(time);
  }

  /// A day alone is its first moment.
  static LocalDateTime utc(TemporalAccessor told) {
    if (told.isSupported(ChronoField.INSTANT_SECONDS)) {
      return LocalDateTime.ofInstant(Instant.from(told), ZoneOffset.UTC);
    }
    return told.isSupported(ChronoField.HOUR_OF_DAY)
        ? LocalDateTime.from(told)
        : LocalDate.from(told).atStartOfDay();
  }
}
