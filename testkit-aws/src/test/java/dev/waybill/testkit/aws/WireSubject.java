package dev.waybill.testkit.aws;

import java.net.URI;

/// Something that a wire contract is held against: a fake, or an emulator behind the proxy.
///
/// @param endpoint where the SDK goes to
/// @param faults of the one service under test
record WireSubject(URI endpoint, AwsFaults faults) {}
