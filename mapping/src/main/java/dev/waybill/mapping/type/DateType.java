package dev.waybill.mapping.type;

import dev.waybill.mapping.Transformation;
import dev.waybill.mapping.UnfitValueException;
import java.time.LocalDate;

/// `date`, `date:IN` or `date:IN to OUT`: a day in one form becomes a day in another; by default
/// `MM/dd/yyyy` (also with single digits) becomes `yyyy-MM-dd HH:mm:ss`, as an Akamai Identity
/// Cloud takes it. Several forms may be read: `date:MM/dd/yyyy|dd.MM.yyyy`.
///
/// The letters are those of [java.time.format.DateTimeFormatter]. Days that there are not, such as
/// 02/30/2024, are refused.
public final class DateType implements Transformation {

  private final Forms forms;

  /// Reads `MM/dd/yyyy`, writes `yyyy-MM-dd HH:mm:ss`.
  public DateType() {
    this(Forms.of("MM/dd/yyyy|M/d/yyyy to yyyy-MM-dd HH:mm:ss").named("MM/dd/yyyy"));
  }

  private DateType(Forms forms) {
    this.forms = forms;
  }

  @Override
  public String name() {
    return "date";
  }

  @Override
  public Transformation configured(String setting) {
    return new DateType(Forms.of(setting));
  }

  @Override
  public Object apply(Object value) throws UnfitValueException {
    LocalDate day = forms.read(value.toString().strip(), LocalDate::from);
    if (day == null) {
      throw new UnfitValueException("is not a date of the form " + forms.name());
    }
    return forms.write(day.atStartOfDay());
  }
}
