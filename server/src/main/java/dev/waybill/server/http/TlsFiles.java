package dev.waybill.server.http;

import java.nio.file.Path;

/// Certificate and key in the PEM format.
///
/// @param certificates the server's certificate, and behind it those that lead to the root
/// @param key the private key as PKCS #8 without a pass phrase
public record TlsFiles(Path certificates, Path key) {}
