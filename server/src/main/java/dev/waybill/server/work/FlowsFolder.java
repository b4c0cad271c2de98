package dev.waybill.server.work;

import dev.waybill.Fields;
import dev.waybill.UserException;
import dev.waybill.json.Json;
import dev.waybill.server.catalog.Catalog;
import dev.waybill.server.catalog.Flow;
import dev.waybill.server.catalog.StaleException;
import dev.waybill.server.catalog.Stamp;
import dev.waybill.server.catalog.Tenant;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.System.Logger.Level;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.time.Clock;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// A folder of job files, each a flow that bears its name. What is added, changed and removed there
/// is so in the catalog a moment later. A file that is wrong leaves its flow as it was, with the
/// complaint in its document.
public final class FlowsFolder implements AutoCloseable {

  /// For `createdBy` and `createdClient` of its flows.
  public static final String NAME = "folder";

  /// Under which a flow's document has the complaint about its file.
  public static final String COMPLAINT = "complaint";

  private static final System.Logger LOG = System.getLogger(FlowsFolder.class.getName());

  private final Path folder;
  private final Tenant tenant;
  private final Catalog catalog;
  private final Clock clock;
  private final Rounds rounds;
  private final Map<String, State> taken = new HashMap<>();
  private Map<String, State> seen = Map.of();
  private final Map<String, String> complaints = new ConcurrentHashMap<>();

  /// How a file looks from outside.
  private record State(long size, FileTime changedAt) {}

  /// A folder that is not looked at yet.
  ///
  /// @param tenant whose its flows are
  /// @param clock that of the catalog
  /// @throws UserException if there is no such folder
  public FlowsFolder(Path folder, Tenant tenant, Catalog catalog, Clock clock) {
    if (!Files.isDirectory(folder)) {
      throw new UserException("There is no folder of flows " + folder + "; make it first.");
    }
    this.folder = folder;
    this.tenant = tenant;
    this.catalog = catalog;
    this.clock = clock;
    this.rounds = new Rounds("waybill-flows-folder", this::look);
  }

  /// Takes what is there, and goes on to look.
  public void start() {
    seen = files();
    look();
    rounds.start();
  }

  /// What is wrong with files, by name.
  public Map<String, String> complaints() {
    return Map.copyOf(complaints);
  }

  /// Takes those files that have not changed since the last look: others may be half written.
  void look() {
    Map<String, State> now = files();
    Map<String, Flow> flows = new HashMap<>();
    for (Flow flow : catalog.folderFlows()) {
      if (flow.tenant().equals(tenant) && flow.folderFile() != null) {
        flows.put(flow.folderFile(), flow);
      }
    }
    now.forEach(
        (name, state) -> {
          if (state.equals(seen.get(name)) && !state.equals(taken.get(name))) {
            take(name, flows.get(name));
            taken.put(name, state);
          }
        });
    flows.forEach(
        (name, flow) -> {
          if (!now.containsKey(name) && !seen.containsKey(name)) {
            remove(name, flow);
          }
        });
    seen = now;
  }

  private Map<String, State> files() {
    var files = new TreeMap<String, State>();
    try (Stream<Path> entries = Files.list(folder)) {
      for (Path entry : entries.toList()) {
        String name = String.valueOf(entry.getFileName());
        if (!name.startsWith(".")
            && name.matches(".*\\.(ya?ml|json)")
            && Files.isRegularFile(entry)) {
          var attributes = Files.readAttributes(entry, BasicFileAttributes.class);
          files.put(name, new State(attributes.size(), attributes.lastModifiedTime()));
        }
      }
      return files;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void take(String name, @Nullable Flow before) {
    try {
      FolderFile file = FolderFile.read(folder.resolve(name));
      complaints.remove(name);
      write(name, file, before);
    } catch (UserException e) {
      String complaint = String.valueOf(e.getMessage());
      complaints.put(name, complaint);
      LOG.log(Level.WARNING, "the flows'' folder: {0}", complaint);
      if (before != null) {
        change(complained(before, complaint));
      }
    }
  }

  private void write(String name, FolderFile file, @Nullable Flow before) {
    if (before == null) {
      Instant now = clock.instant();
      catalog.sandbox(tenant);
      add(flow(UUID.randomUUID().toString(), name, file, Stamp.first(now, NAME, NAME)));
      return;
    }
    Flow after = flow(before.id(), name, file, before.stamp());
    if (!after.equals(before)) {
      change(flow(before.id(), name, file, next(before.stamp())));
    }
  }

  private Flow flow(String id, String name, FolderFile file, Stamp stamp) {
    return new Flow(
        id,
        tenant,
        name.replaceFirst("(\\.job)?\\.[^.]*$", ""),
        file.description(),
        file.job(),
        file.options(),
        file.schedule(),
        file.enabled(),
        name,
        "{}",
        stamp);
  }

  private Flow complained(Flow flow, String complaint) {
    return new Flow(
        flow.id(),
        flow.tenant(),
        flow.name(),
        flow.description(),
        flow.job(),
        flow.options(),
        flow.schedule(),
        flow.enabled(),
        flow.folderFile(),
        Json.text(Map.of(COMPLAINT, complaint)),
        next(flow.stamp()));
  }

  /// What is wrong with a flow's file; null if nothing is.
  public static @Nullable String complaint(Flow flow) {
    return flow.folderFile() != null && Json.read(flow.document()) instanceof Fields document
        ? Objects.toString(document.text(COMPLAINT), null)
        : null;
  }

  private Stamp next(Stamp stamp) {
    return stamp.next(clock.instant(), NAME);
  }

  private void add(Flow flow) {
    try {
      catalog.add(flow);
      LOG.log(Level.INFO, "the flows'' folder: {0} added", flow.name());
    } catch (UserException e) {
      // Another process over the same folder was faster.
      LOG.log(Level.DEBUG, "not added", e);
    }
  }

  private void change(Flow flow) {
    try {
      catalog.change(flow);
      LOG.log(Level.INFO, "the flows'' folder: {0} changed", flow.name());
    } catch (StaleException e) {
      // Another process over the same folder was faster.
      LOG.log(Level.DEBUG, "not changed", e);
    }
  }

  private void remove(String name, Flow flow) {
    taken.remove(name);
    complaints.remove(name);
    try {
      catalog.remove(flow);
      LOG.log(Level.INFO, "the flows'' folder: {0} removed", flow.name());
    } catch (StaleException e) {
      // Another process over the same folder was faster.
      LOG.log(Level.DEBUG, "not removed", e);
    }
  }

  @Override
  public void close() {
    rounds.close();
  }
}
