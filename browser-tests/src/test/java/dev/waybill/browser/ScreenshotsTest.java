package dev.waybill.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.LocatorAssertions;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import dev.waybill.server.access.Role;
import dev.waybill.server.catalog.Flow;
import dev.waybill.server.catalog.FlowOptions;
import dev.waybill.server.catalog.Schedule;
import dev.waybill.server.catalog.Stamp;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/// Makes the pictures of docs/page.md anew: -Dwaybill.screenshots=FOLDER.
@EnabledIfSystemProperty(named = "waybill.screenshots", matches = ".+")
class ScreenshotsTest {

  private static final Map<String, String> FAULTS =
      Map.of(
          "key", "email",
          "keep", "records",
          "bad", "email endsWith @invalid.example",
          "refuse", "unnamed",
          "throttle", "0.02",
          "retry-after", "3s",
          "latency", "90ms");

  private static final LocatorAssertions.ContainsTextOptions PATIENTLY =
      new LocatorAssertions.ContainsTextOptions().setTimeout(180_000);

  private final Path pictures = Path.of(System.getProperty("waybill.screenshots", ""));

  @Test
  void picturesAreTaken(@TempDir Path folder) throws IOException {
    try (var house = new House(folder, FAULTS);
        Chromium chromium = Chromium.start();
        BrowserContext context =
            chromium.browser.newContext(
                new Browser.NewContextOptions()
                    .setViewportSize(1280, 860)
                    .setColorScheme(ColorScheme.LIGHT))) {
      house.catalog.add(flow(house, "contacts", "Contacts to the CRM", mapping(), 2_000, null));
      Schedule hourly = new Schedule.Every(Instant.now().plusSeconds(2_460), Duration.ofHours(1));
      house.catalog.add(
          flow(house, "signups", "Newsletter sign-ups", "\"key\":\"email\"", 96, hourly));
      Page page = context.newPage();
      page.navigate(house.address("/sign-in"));
      page.getByLabel("API token").fill(house.token(Role.ADMIN));
      page.getByLabel("API token").press("Enter");
      page.waitForURL("**/flows");
      for (int i = 0; i < 5; i++) {
        run(page, house, "signups", "Delivered");
      }
      run(page, house, "contacts", "Failed");
      page.getByRole(AriaRole.BUTTON, named("Retry what did not arrive")).click();
      assertThat(page.locator("#run h1")).containsText("Failed", PATIENTLY);
      run(page, house, "contacts", "Failed");
      String run = page.url().replaceAll("\\?.*", "");
      page.navigate(run);
      page.locator("#examples-0 summary").click();
      assertThat(page.locator("#examples-0 mark").first()).isVisible();
      take(page, "page-run", true);
      String call = page.locator("#split-call").getAttribute("href");
      page.navigate(house.address("/flows"));
      take(page, "page-flows", false);
      page.navigate(run + "/records");
      take(page, "page-records", false);
      page.navigate(house.address(call));
      take(page, "page-call", true);
      page.navigate(house.address("/flows/contacts"));
      take(page, "page-flow", false);
      page.navigate(house.address("/flows/contacts/edit"));
      page.getByRole(AriaRole.BUTTON, named("Check without sending")).click();
      assertThat(page.locator("#checked")).isVisible();
      // High enough for all of it, so that the buttons stand below it.
      page.setViewportSize(1280, 3_100);
      take(page, "page-editor", false);
      page.setViewportSize(1280, 860);
      page.navigate(house.address("/settings"));
      take(page, "page-settings", false);
      page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(ColorScheme.DARK));
      page.setViewportSize(390, 844);
      page.navigate(run);
      take(page, "page-run-phone", false);
    }
  }

  private static void run(Page page, House house, String flow, String outcome) {
    page.navigate(house.address("/flows/" + flow));
    page.getByRole(AriaRole.BUTTON, named("Run now")).click();
    page.waitForURL("**/runs/**");
    assertThat(page.locator("#run h1")).containsText(outcome, PATIENTLY);
  }

  private void take(Page page, String name, boolean whole) {
    page.screenshot(
        new Page.ScreenshotOptions().setPath(pictures.resolve(name + ".png")).setFullPage(whole));
  }

  private static Page.GetByRoleOptions named(String name) {
    return new Page.GetByRoleOptions().setName(name).setExact(true);
  }

  private static String mapping() {
    return "\"key\":\"email\",\"fields\":{\"birthday\":{\"type\":\"date\",\"format\":\"yyyy-MM-dd\"}}";
  }

  private static Flow flow(
      House house, String id, String name, String mapping, int limit, @Nullable Schedule schedule) {
    Instant now = Instant.now().truncatedTo(ChronoUnit.MILLIS);
    String job =
        """
        {"source":{"files":["contacts.csv"],"limit":"%d"},
        "destination":{"to":"%s","options":{"results":"/results"}},
        "mapping":{%s},
        "policy":{"batch-size":"50","concurrency":"3"}}"""
            .formatted(limit, house.destination.uri().resolve("/records"), mapping);
    return new Flow(
        id,
        House.TENANT,
        name,
        schedule == null ? "New and changed contacts of the shop." : null,
        job,
        FlowOptions.USUAL,
        schedule,
        true,
        null,
        "{}",
        new Stamp(1, now, now, "Ann", "Ann", "page"));
  }
}
