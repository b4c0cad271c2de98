package dev.waybill.http;

import java.time.Duration;

/// How the end of a job is found out, where an API answers that it has begun one.
///
/// @param url where an answer tells the address to ask at
/// @param done what holds in an answer once the job has ended
/// @param every how long to wait before each question
/// @param patience after which sum of waits its end is not waited for any longer
record Job(Pointer url, Condition done, Duration every, Duration patience) {}
