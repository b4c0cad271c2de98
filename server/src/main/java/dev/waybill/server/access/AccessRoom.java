package dev.waybill.server.access;

/// All of this room, behind one door.
public record AccessRoom(
    Access access, Tokens tokens, Sessions sessions, Secrets secrets, AuditLog audit) {}
