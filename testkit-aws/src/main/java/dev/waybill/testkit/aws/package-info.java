/// AWS for tests, in this JVM: [dev.waybill.testkit.aws.FakeAws] speaks the wire protocols of nine
/// services to the real SDK and knows what was stored; [dev.waybill.testkit.aws.Emulators] starts
/// emulators, and [dev.waybill.testkit.aws.WithholdingProxy] stands in front of them. Both have the
/// same faults: [dev.waybill.testkit.aws.AwsFault].
@NullMarked
package dev.waybill.testkit.aws;

import org.jspecify.annotations.NullMarked;
