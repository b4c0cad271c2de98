package dev.waybill.mapping;

/// A user's own transformation with a bug in it.
public final class Clumsy implements Transformation {

  @Override
  public String name() {
    return "clumsy";
  }

  @Override
  public Object apply(Object value) {
    return value.toString().substring(3);
  }
}
