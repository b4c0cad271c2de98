package dev.waybill.server.rest;

import dev.waybill.server.access.Role;
import dev.waybill.server.access.SecretKeeper;
import dev.waybill.server.access.SecretKeeper.Owner;
import dev.waybill.server.catalog.Catalog;
import dev.waybill.server.catalog.Flow;
import dev.waybill.server.catalog.Page;
import dev.waybill.server.catalog.Query;
import dev.waybill.server.catalog.SavedConnection;
import dev.waybill.server.catalog.SavedConnection.Kind;
import dev.waybill.server.work.Admission;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;

/// `/connections`, `/sourceConnections` and `/targetConnections`, which differ in their name only.
final class Connections {

  private static final Set<String> FIELDS =
      Set.of("id", "name", "connectionSpec.id", "state", "createdAt", "updatedAt");

  private final Kind kind;
  private final Catalog catalog;
  private final Specs specs;
  private final SecretKeeper keeper;
  private final Stamps stamps;

  Connections(Kind kind, Catalog catalog, Specs specs, SecretKeeper keeper, Stamps stamps) {
    this.kind = kind;
    this.catalog = catalog;
    this.specs = specs;
    this.keeper = keeper;
    this.stamps = stamps;
  }

  /// Their name in the API.
  static String path(Kind kind) {
    return switch (kind) {
      case BASE -> "connections";
      case SOURCE -> "sourceConnections";
      case TARGET -> "targetConnections";
    };
  }

  List<Route> routes() {
    String path = "/" + path(kind);
    String one = path + "/{id}";
    String name =
        switch (kind) {
          case BASE -> "Connection";
          case SOURCE -> "SourceConnection";
          case TARGET -> "TargetConnection";
        };
    return List.of(
        Route.get("list" + name + "s", path, this::list, Listing.PARAMETERS),
        Route.post("create" + name, path, Role.ADMIN, "connection.create", this::create, "mode"),
        Route.get("retrieve" + name, one, this::get),
        Route.patch("patch" + name, one, "connection.change", this::change),
        Route.delete("delete" + name, one, "connection.delete", this::delete),
        Route.post(
            "act" + name,
            one + "/action",
            Role.ADMIN,
            "connection.action",
            this::act,
            "op",
            "subOp"));
  }

  private Answer list(Call call) {
    return Listing.answer(call, new ConnectionShelf(call), "/" + path(kind), null);
  }

  private final class ConnectionShelf implements Shelf<SavedConnection> {
    private final Call call;

    ConnectionShelf(Call call) {
      this.call = call;
    }

    @Override
    public boolean has(String field) {
      return FIELDS.contains(field);
    }

    @Override
    public Page<SavedConnection> page(Query query) {
      return catalog.connections(call.tenant(), kind, query);
    }

    @Override
    public JsonObject form(SavedConnection connection) {
      return Connections.this.form(call, connection);
    }
  }

  private SavedConnection find(Call call) {
    String id = call.path("id");
    return catalog
        .connection(call.tenant(), id)
        .filter(found -> found.kind() == kind)
        .orElseThrow(() -> ApiProblem.notFound(path(kind), id));
  }

  private Answer get(Call call) {
    SavedConnection connection = find(call);
    return Answer.thing(form(call, connection), etag(connection));
  }

  private static String etag(SavedConnection connection) {
    return Etag.of(connection.id(), connection.stamp().version());
  }

  private Answer create(Call call) {
    JsonObject body = call.body();
    if (body.has("state")) {
      throw ApiProblem.stateGiven();
    }
    String id = UUID.randomUUID().toString();
    boolean draft = call.query("mode").filter("draft"::equals).isPresent();
    SavedConnection connection =
        parsed(call, id, body.remove(Stamps.OURS), !draft, stamps.first(call));
    catalog.add(connection);
    return Answer.created(path(kind), id, etag(connection));
  }

  private SavedConnection parsed(
      Call call,
      String id,
      JsonObject body,
      boolean enabled,
      dev.waybill.server.catalog.Stamp stamp) {
    String name = Names.name(body);
    JsonObject specification = body.object("connectionSpec");
    if (specification == null) {
      throw ApiProblem.invalid("'connectionSpec' is missing: give its id.");
    }
    Specs.Spec spec = specs.required(specification.required("id"));
    requireSide(spec);
    keepSecrets(call, id, body, spec);
    String description = body.text("description");
    return new SavedConnection(
        id,
        call.tenant(),
        kind,
        name,
        description,
        spec.id(),
        enabled,
        body.remove("name", "description").toString(),
        stamp);
  }

  private void requireSide(Specs.Spec spec) {
    boolean fits =
        switch (kind) {
          case BASE -> true;
          case SOURCE -> spec instanceof Specs.SourceSpec;
          case TARGET -> spec instanceof Specs.DestinationSpec;
        };
    if (!fits) {
      throw ApiProblem.invalidSpec(spec.id());
    }
  }

  private void keepSecrets(Call call, String id, JsonObject body, Specs.Spec spec) {
    var owner = new Owner(call.tenant(), owner(id), call.caller().name());
    JsonObject auth = body.object("auth");
    if (auth != null) {
      keepIn(owner, auth, spec);
    }
    keepIn(owner, body, spec);
    JsonObject params = body.object("params");
    if (params != null) {
      params.members().values().stream()
          .flatMap(value -> value instanceof List<?> list ? list.stream() : Stream.of(value))
          .filter(String.class::isInstance)
          .forEach(value -> Admission.requireNoPassword("The address", (String) value));
    }
  }

  private void keepIn(Owner owner, JsonObject parent, Specs.Spec spec) {
    JsonObject params = parent.object("params");
    if (params != null) {
      parent.put("params", keeper.keep(owner, params.members(), spec::hides));
    }
  }

  /// What the secrets of a connection belong to.
  private static String owner(String id) {
    return "connection." + id;
  }

  private JsonObject form(Call call, SavedConnection connection) {
    JsonObject form = Stamps.form(connection.id(), call.sandbox(), connection.stamp());
    form.put("name", connection.name()).put("description", connection.description());
    JsonObject.kept(connection.document()).members().forEach(form::put);
    return form.put("state", connection.enabled() ? "enabled" : "draft")
        .put("version", etag(connection))
        .put("etag", etag(connection));
  }

  private Answer change(Call call) {
    SavedConnection connection = find(call);
    String given = call.ifMatch().orElseThrow(ApiProblem::missingIfMatch);
    Etag.requireMatch(java.util.Optional.of(given), connection.id(), connection.stamp().version());
    JsonObject document = JsonObject.kept(connection.document());
    document.put("name", connection.name()).put("description", connection.description());
    JsonPatch.apply(JsonObject.value(call.bytes()), document);
    SavedConnection changed =
        parsed(
            call,
            connection.id(),
            document.remove(Stamps.OURS),
            connection.enabled(),
            stamps.next(call, connection.stamp()));
    if (!changed.spec().equals(connection.spec())) {
      throw ApiProblem.specChange();
    }
    catalog.change(changed);
    return Answer.changed(connection.id(), etag(changed));
  }

  private Answer act(Call call) {
    SavedConnection connection = find(call);
    Etag.requireMatch(call.ifMatch(), connection.id(), connection.stamp().version());
    String op = call.query("op").orElse("");
    if (!op.equalsIgnoreCase("publish")) {
      throw ApiProblem.badAction(op, "publish");
    }
    var published =
        new SavedConnection(
            connection.id(),
            connection.tenant(),
            kind,
            connection.name(),
            connection.description(),
            connection.spec(),
            true,
            connection.document(),
            stamps.next(call, connection.stamp()));
    catalog.change(published);
    return Answer.changed(connection.id(), etag(published));
  }

  private Answer delete(Call call) {
    SavedConnection connection = find(call);
    Etag.requireMatch(call.ifMatch(), connection.id(), connection.stamp().version());
    if (isUsed(call, connection.id())) {
      throw ApiProblem.connectionInUse(connection.id());
    }
    catalog.remove(connection);
    keeper.forget(call.tenant(), owner(connection.id()));
    return new Answer.Nothing();
  }

  /// By a flow, or by a connection that stands on it.
  private boolean isUsed(Call call, String id) {
    String quoted = "\"" + id + "\"";
    String after = null;
    do {
      Page<Flow> page =
          catalog.flows(call.tenant(), new Query(List.of(), "-createdAt", 100, after));
      if (page.items().stream().anyMatch(flow -> flow.document().contains(quoted))) {
        return true;
      }
      after = page.next();
    } while (after != null);
    return kind == Kind.BASE
        && (isBase(call, Kind.SOURCE, quoted) || isBase(call, Kind.TARGET, quoted));
  }

  private boolean isBase(Call call, Kind other, String quoted) {
    String after = null;
    do {
      var page =
          catalog.connections(call.tenant(), other, new Query(List.of(), "-createdAt", 100, after));
      if (page.items().stream().anyMatch(each -> each.document().contains(quoted))) {
        return true;
      }
      after = page.next();
    } while (after != null);
    return false;
  }
}
