package dev.waybill.server.page.view;

import org.jspecify.annotations.Nullable;

/// A call by itself, and how it was taken apart if it was refused.
///
/// @param tree null if it was not taken apart, or its parts are no longer kept
public record SplitView(RunLine run, String flow, CallRow call, @Nullable SplitTree tree) {}
