package dev.waybill.mapping;

/// A user's own transformation.
public final class Backwards implements Transformation {

  @Override
  public String name() {
    return "backwards";
  }

  @Override
  public Object apply(Object value) throws UnfitValueException {
    if (value.toString().equals("palindrome")) {
      throw new UnfitValueException("is not one, in spite of its name");
    }
    return new StringBuilder(value.toString()).reverse().toString();
  }
}
