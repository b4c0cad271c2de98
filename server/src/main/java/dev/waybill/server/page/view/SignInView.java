package dev.waybill.server.page.view;

import org.jspecify.annotations.Nullable;

/// The page where somebody signs in.
///
/// @param problem why they are not signed in; null at first
/// @param next where they wanted to go
public record SignInView(@Nullable String problem, String next) {}
