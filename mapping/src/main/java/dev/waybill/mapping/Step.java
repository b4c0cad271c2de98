package dev.waybill.mapping;

import dev.waybill.Fields;
import org.jspecify.annotations.Nullable;

/// Makes one value of the mapped record out of the source's record.
interface Step {

  /// The value; null if there is none.
  ///
  /// @throws Refusal if the record has nothing that this value can be made of
  @Nullable Object from(Fields source) throws Refusal;
}
