package dev.waybill;

/// Something that the user can mend. The message is one sentence that says what is wrong, where
/// (file, line, record, option) and what to do; it is shown as it is, without a stack trace.
public class UserException extends RuntimeException {

  public UserException(String sentence) {
    super(sentence);
  }

  public UserException(String sentence, Throwable cause) {
    super(sentence, cause);
  }
}
