package dev.waybill.server;

import dev.waybill.server.access.AccessRoom;
import dev.waybill.server.alert.Alerts;
import dev.waybill.server.catalog.Tenant;
import dev.waybill.server.http.HttpSettings;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// How the service is set up.
///
/// @param data where ledger, files of runs and keys are, and the database unless it is elsewhere
/// @param database a file, or `postgresql://user:password@host/database`, which then has the ledger
///   too
/// @param filesUnder the files of flows lie below these; relative paths start from the first
/// @param runsAtOnce so many runs at a time in this process
/// @param flows the flows' folder; null for none
/// @param folderTenant whose the flows of the folder are
/// @param alerts how alerts are told
/// @param environment of this process
public record ServerSettings(
    Path data,
    String database,
    HttpSettings http,
    List<Path> filesUnder,
    int runsAtOnce,
    @Nullable Path flows,
    Tenant folderTenant,
    AccessRoom.Settings access,
    Alerts.Settings alerts,
    Map<String, String> environment) {}
