package dev.waybill.ledger;

import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;

/// The processes of the operating system.
final class SystemProcesses implements ProcessTable {

  /// The start of a process is reckoned from that of the machine, which shifts by a second or two
  /// when the clock is set.
  private static final Duration TOLERANCE = Duration.ofSeconds(5);

  private final Identity self;

  SystemProcesses() {
    ProcessHandle current = ProcessHandle.current();
    this.self = new Identity(host(), pidSpace(), current.pid(), start(current));
  }

  @Override
  public Identity self() {
    return self;
  }

  @Override
  public boolean isGone(Identity process) {
    if (!process.host().equals(self.host()) || !process.pidSpace().equals(self.pidSpace())) {
      return false;
    }
    return ProcessHandle.of(process.pid())
        .map(handle -> isAnother(start(handle), process.startedAt()))
        .orElse(true);
  }

  /// A start that is not told says nothing.
  private static boolean isAnother(Instant start, Instant expected) {
    return !start.equals(Instant.EPOCH)
        && !expected.equals(Instant.EPOCH)
        && Duration.between(start, expected).abs().compareTo(TOLERANCE) > 0;
  }

  private static Instant start(ProcessHandle handle) {
    return handle.info().startInstant().orElse(Instant.EPOCH);
  }

  /// Linux names the space in which process ids count; elsewhere there is one.
  private static String pidSpace() {
    try {
      return Files.readSymbolicLink(Path.of("/proc/self/ns/pid")).toString();
    } catch (IOException | UnsupportedOperationException e) {
      return "";
    }
  }

  private static String host() {
    try {
      return InetAddress.getLocalHost().getHostName();
    } catch (UnknownHostException e) {
      return "unknown";
    }
  }
}
