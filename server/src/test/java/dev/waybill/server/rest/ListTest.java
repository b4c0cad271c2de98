package dev.waybill.server.rest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waybill.server.catalog.FlowRun;
import dev.waybill.server.catalog.FlowRun.State;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ListTest {

  @TempDir Path directory;

  private ApiServer server;

  @BeforeEach
  void start() throws IOException {
    server = new ApiServer(directory);
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private List<String> ids(String path) {
    return ids(server.get(path));
  }

  private static List<String> ids(ApiServer.Reply reply) {
    assertThat(reply.status()).as(reply.text()).isEqualTo(200);
    return reply.json().objects("items").stream().map(item -> item.required("id")).toList();
  }

  private static @Nullable String next(ApiServer.Reply reply) {
    JsonObject links = reply.json().object("_links");
    JsonObject next = links == null ? null : links.object("next");
    return next == null ? null : next.required("href");
  }

  /// As clients of the API do it: by the link, or by the token in it and the parameters again.
  private List<String> all(String path, boolean byLink) {
    var all = new ArrayList<String>();
    ApiServer.Reply reply = server.get(path);
    all.addAll(ids(reply));
    for (String href = next(reply); href != null; href = next(reply)) {
      reply = server.get(byLink ? href : path + "&continuationToken=" + href.split("=", -1)[1]);
      all.addAll(ids(reply));
    }
    return all;
  }

  private static String encoded(String value) {
    return URLEncoder.encode(value, StandardCharsets.UTF_8);
  }

  @Test
  void pagesOfTwoHundredAndFiftyRunsHaveNoGapAndNoRepeat() {
    String flow = server.newFlow("many");
    var made = new ArrayList<String>();
    for (int i = 0; i < 250; i++) {
      made.add(server.newRun(flow, i % 2 == 0 ? State.FAILED : State.SUCCESS, ApiServer.BAD).id());
    }
    assertThat(all("/runs?limit=37", true)).containsExactlyElementsOf(made.reversed());
    assertThat(all("/runs?limit=37&property=flowId==" + flow, false))
        .containsExactlyElementsOf(made.reversed());
    assertThat(all("/flows/" + flow + "/runs?limit=100&orderby=createdAt", true))
        .containsExactlyInAnyOrderElementsOf(made);
    assertThat(all("/runs?limit=99&property=metrics.statusSummary.status==failed", true))
        .hasSize(125)
        .doesNotHaveDuplicates();
    // A filter that only we know, across pages.
    assertThat(all("/runs?limit=30&property=metrics.recordSummary.failedRecordCount==2", true))
        .containsExactlyElementsOf(made.reversed());
    assertThat(server.get("/runs?count=true").text()).isEqualTo("{\"count\":250}");
    assertThat(server.get("/runs?count=true&property=state==failed").json().get("count"))
        .isEqualTo(125L);
    assertThat(server.get("/runs?count=True&limit=2").json().members())
        .containsKeys("items", "_links", "count");
    assertThat(ids("/runs?limit=1000000")).hasSize(100);
  }

  @Test
  void runsAreFilteredAsClientsOfTheApiDo() {
    String one = server.newFlow("one");
    String other = server.newFlow("other");
    FlowRun failed = server.newRun(one, State.FAILED, ApiServer.BAD);
    FlowRun fine = server.newRun(other, State.SUCCESS, ApiServer.FINE);
    server.post("/runs", Map.of("flowId", one));
    String waiting = ids("/runs?property=state==queued").getFirst();

    assertThat(ids("/runs?property=flowId==" + other)).containsExactly(fine.id());
    assertThat(ids("/runs?property=flowId==" + one + "," + other)).hasSize(3);
    assertThat(ids("/runs?property=flowId==" + one + "&property=state==Failed"))
        .containsExactly(failed.id());
    assertThat(ids("/runs?property=flowId==" + one + ",state==failed"))
        .containsExactly(failed.id());
    assertThat(ids("/runs?property=metrics.statusSummary.status==inProgress")).isEmpty();
    assertThat(ids("/runs?property=id==" + fine.id() + "," + failed.id())).hasSize(2);
    assertThat(ids("/runs?property=id!=" + fine.id())).doesNotContain(fine.id()).hasSize(2);
    long start = java.util.Objects.requireNonNull(failed.startedAt()).toEpochMilli();
    assertThat(ids("/runs?property=" + encoded("metrics.durationSummary.startedAtUTC>=" + start)))
        .contains(failed.id())
        .doesNotContain(waiting);
    assertThat(ids("/runs?property=" + encoded("lastRunDetails.startedAtUTC<" + start))).isEmpty();
    assertThat(ids("/runs?property=" + encoded("metrics.recordSummary.failedRecordCount>0")))
        .containsExactly(failed.id());
    assertThat(ids("/runs?orderby=" + encoded("+createdAt"))).first().isEqualTo(failed.id());
    assertThat(ids("/runs?orderby=createdAt")).first().isEqualTo(failed.id());
  }

  @Test
  void flowsAreFilteredByTheirMembers() {
    server.newFlow("contacts");
    String leads = server.newFlow("leads");
    server.post("/flows/" + leads + "/action?op=disable");
    server.newRun(server.newFlow("failing"), State.FAILED, ApiServer.BAD);
    assertThat(ids("/flows?property=state==disabled")).containsExactly(leads);
    assertThat(ids("/flows?property=" + encoded("name==\"leads\""))).containsExactly(leads);
    assertThat(ids("/flows?property=" + encoded("name~EA"))).containsExactly(leads);
    assertThat(ids("/flows?property=lastRunDetails.state==failed")).hasSize(1);
    assertThat(ids("/flows?property=" + encoded("job.source.files[]==contacts.csv"))).hasSize(3);
    assertThat(ids("/flows?orderby=-name")).first().isEqualTo(leads);
    assertThat(server.get("/flows?count=true").json().get("count")).isEqualTo(3L);
    assertThat(server.get("/flows?property=id,name&limit=1").item().members())
        .containsOnlyKeys("id", "name");
  }

  @Test
  void recordsArePagedToo() {
    String run = server.newRun(server.newFlow("bad"), State.FAILED, ApiServer.BAD).id();
    String path = "/runs/" + run + "/records?disposition=rejected&limit=60&rows=true";
    var ordinals = new ArrayList<String>();
    for (String href = path; href != null; ) {
      ApiServer.Reply reply = server.get(href);
      reply.json().objects("items").forEach(item -> ordinals.add(item.required("ordinal")));
      assertThat(reply.item().get("row")).isEqualTo(Map.of("email", "ann@x.org"));
      assertThat(reply.item().text("disposition")).isEqualTo("rejected");
      href = next(reply);
    }
    assertThat(ordinals).hasSize(250).doesNotHaveDuplicates();
  }

  @Test
  void whatIsWrongWithAListIsSaid() {
    wrong("/runs?limit=0", "limit");
    wrong("/runs?limit=-1", "limit");
    wrong("/runs?limit=many", "limit");
    wrong("/runs?orderby=nothing", "orderBy");
    wrong("/runs?continuationToken=nonsense", "continuationToken");
    wrong("/runs?continuationToken=" + encoded("../../etc"), "continuationToken");
    wrong("/runs?count=perhaps", "count");
    wrong("/runs?property=" + encoded("flowId=<x"), "operator");
    wrong("/runs?property=state==sleeping", "sleeping");
    wrong("/runs?property=" + encoded("createdAt>=yesterday"), "createdAt");
    wrong("/runs?property=" + encoded("createdAt>=1,2"), "multiple values");
  }

  private void wrong(String path, String word) {
    ApiServer.Reply reply = server.get(path);
    assertThat(reply.status()).as(path).isEqualTo(400);
    assertThat(reply.json().required("errorMessage")).contains(word);
  }
}
