package dev.waybill.aws;

import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/// What all destinations can be told. Not for use by several threads.
///
/// @param <B> the builder of the destination
public abstract class DestinationBuilder<B extends DestinationBuilder<B>> {

  AwsConnection connection = AwsConnection.ordinary();
  private UnaryOperator<Limits> limits = told -> told;
  WhenInDoubt whenInDoubt = WhenInDoubt.TELL;

  DestinationBuilder() {}

  abstract B self();

  /// Where AWS is and who is calling; all as the SDK's ordinary chain has it unless set.
  public B connection(AwsConnection value) {
    this.connection = value;
    return self();
  }

  /// Changes the limits that are documented, or that the service tells when asked: `limits(limits
  /// -> limits.maxItems(250))`.
  public B limits(UnaryOperator<Limits> change) {
    UnaryOperator<Limits> before = this.limits;
    this.limits = told -> change.apply(before.apply(told));
    return self();
  }

  /// What is to become of items of which nobody knows whether they arrived; [WhenInDoubt#TELL]
  /// unless set. Without effect where a repeat does no harm.
  public B whenInDoubt(WhenInDoubt value) {
    this.whenInDoubt = value;
    return self();
  }

  /// The limits that hold where these are documented or told.
  Limits limits(Limits told) {
    return limits.apply(told);
  }

  static <V> V required(@Nullable V value, String name) {
    if (value == null) {
      throw new IllegalStateException("the builder needs " + name);
    }
    return value;
  }
}
