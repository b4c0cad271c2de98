/// Who calls, and what they may: tokens, roles, sessions, the audit log, and the secrets of flows.
///
/// Knows nothing of flows and runs but their tenant.
@NullMarked
package dev.waybill.server.access;

import org.jspecify.annotations.NullMarked;
