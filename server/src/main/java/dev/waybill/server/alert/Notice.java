package dev.waybill.server.alert;

import dev.waybill.server.catalog.Tenant;
import java.time.Instant;

/// Something to be told to one channel.
///
/// @param id never the same for two; whoever is told twice can know by it
/// @param body JSON, for programs
/// @param subject one line, for people
/// @param words some lines, for people
/// @param rounds how often it was tried to send it
record Notice(
    String id,
    Tenant tenant,
    String flow,
    String rule,
    AlertRule.Channel channel,
    String body,
    String subject,
    String words,
    Instant createdAt,
    int rounds) {}
