package dev.waybill.mapping;

/// A value is not of the type that its field is to have. Made without a stack trace, since a file
/// may have a million of them.
public final class UnfitValueException extends Exception {

  private final String rule;

  /// An exception for one value.
  ///
  /// @param rule what is wrong with the value, to be read behind it: `is not a date of the form
  ///   MM/dd/yyyy`
  public UnfitValueException(String rule) {
    super(rule, null, false, false);
    this.rule = rule;
  }

  /// What is wrong with the value, to be read behind it.
  public String rule() {
    return rule;
  }
}
