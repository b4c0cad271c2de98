package dev.waybill.ledger;

import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;

/// What can be said of processes on this machine.
interface ProcessTable {

  /// A process, such that no other one was or will be equal to it.
  ///
  /// @param host the machine's name
  /// @param pidSpace what the process id counts in: containers on one machine number their
  ///   processes apart
  /// @param startedAt tells it from an earlier one with the same id
  record Identity(String host, String pidSpace, long pid, Instant startedAt) {}

  /// This process.
  Identity self();

  /// Whether it is certain that this process has ended; false for one that can not be seen from
  /// here.
  boolean isGone(Identity process);

  /// The processes of the operating system.
  static ProcessTable ofSystem() {
    return new ProcessTable() {

      /// The start of a process is reckoned from that of the machine, which may shift by a second
      /// or two when the clock is set.
      private static final Duration TOLERANCE = Duration.ofSeconds(5);

      private final Identity self =
          new Identity(
              host(), pidSpace(), ProcessHandle.current().pid(), start(ProcessHandle.current()));

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
            .map(
                handle ->
                    start(handle).isAfter(Instant.EPOCH)
                        && Duration.between(start(handle), process.startedAt())
                                .abs()
                                .compareTo(TOLERANCE)
                            > 0)
            .orElse(true);
      }

      private static Instant start(ProcessHandle handle) {
        return handle.info().startInstant().orElse(Instant.EPOCH);
      }

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
    };
  }
}
