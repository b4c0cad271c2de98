package dev.waybill.server.work;

import java.nio.file.Path;
import java.util.List;

/// How work is done.
///
/// @param data the directory in which runs leave their files
/// @param filesUnder the files of flows lie below these; relative paths of jobs start from the
///   first
/// @param runsAtOnce so many runs at a time in this process, at least 1
/// @param sharing whether other processes may work on the same catalog
/// @param permits what else of the machine flows may use
public record WorkSettings(
    Path data, List<Path> filesUnder, int runsAtOnce, Sharing sharing, PermitsFor permits) {

  public WorkSettings {
    filesUnder = filesUnder.stream().map(path -> path.toAbsolutePath().normalize()).toList();
  }

  /// Who works on the catalog.
  public enum Sharing {
    /// This process alone: what another one left unfinished is nobody's.
    ALONE,
    WITH_OTHERS
  }
}
