package dev.waybill.testkit.aws;

import org.jspecify.annotations.Nullable;

/// What carries calls out: a fake, or an emulator over there.
interface Backend {

  /// Why the call as a whole can not be; null if it can, or if only [#apply] can tell. Faults that
  /// take items out of a call come behind this look at all of it.
  @Nullable Refusal check(AwsCall call);

  AwsAnswer apply(AwsCall call);
}
