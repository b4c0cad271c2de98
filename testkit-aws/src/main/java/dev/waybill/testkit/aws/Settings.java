package dev.waybill.testkit.aws;

import java.time.InstantSource;

/// What all services of one fake share.
record Settings(Keeping keeping, InstantSource clock) {}
