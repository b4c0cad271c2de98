package dev.waybill.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.LocatorAssertions;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import dev.waybill.server.access.Role;
import dev.waybill.sim.GroundTruth;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/// One story, told in order: a flow is made, goes wrong, is mended and delivers; then the same
/// pages by keyboard, on a phone, without scripts, and held against what can be computed of WCAG.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class PageInBrowserTest {

  /// Throttled, down and split, yet nothing that is in doubt: what arrives can be counted.
  private static final Map<String, String> FAULTS =
      Map.of(
          "key", "email",
          "keep", "records",
          "idempotent", "true",
          "throttle", "0.1",
          "retry-after", "1s",
          "fail-before", "0.1",
          "latency", "20ms");

  private static final LocatorAssertions.ContainsTextOptions PATIENTLY =
      new LocatorAssertions.ContainsTextOptions().setTimeout(60_000);

  private Chromium chromium;
  private House house;
  private final List<String> complaints = new ArrayList<>();
  private String run = "";

  @BeforeAll
  void open(@TempDir Path folder) throws IOException {
    chromium = Chromium.start();
    house = new House(folder, FAULTS);
  }

  @AfterAll
  void close() throws IOException {
    if (house != null) {
      house.close();
      chromium.close();
    }
  }

  @Test
  @Order(1)
  void flowIsMadeGoesWrongIsMendedAndDelivers() {
    try (BrowserContext context = context(1280, ColorScheme.LIGHT)) {
      Page page = signedIn(context);
      page.getByText("Make the first flow").click();
      make(page, "type: date");

      page.getByRole(AriaRole.BUTTON, button("Run now")).click();
      assertThat(page.locator("#run h1")).containsText("Failed", PATIENTLY);
      run = page.url().replaceAll("\\?.*", "");

      assertThat(page.locator("#error"))
          .containsText(House.ODD_BIRTHDAYS + " of 4,000 records were not delivered");
      assertThat(page.locator(".reason-pattern").first()).containsText("birthday");
      page.getByText("3 examples with the row").click();
      assertThat(page.locator(".examples-body mark").first()).hasText("31/12/1999");

      page.locator("#reason-0").click();
      assertThat(page.locator(".record")).hasCount(House.ODD_BIRTHDAYS);
      assertThat(page.locator(".record").first().locator("mark")).hasText("31/12/1999");

      mend(page);
      page.navigate(run);
      page.getByRole(AriaRole.BUTTON, button("Retry what did not arrive")).click();
      assertThat(page.locator(".notice-done")).containsText("This run sends what did not arrive.");
      assertThat(page.locator("#run h1")).containsText("Delivered", PATIENTLY);
      assertThat(page.locator("#records-title + p")).containsText(House.ODD_BIRTHDAYS + " read");
      assertThat(page.locator(".lineage li")).hasCount(2);
    }
    assertThat(house.destination.count(GroundTruth::applied)).isEqualTo(House.RECORDS);
    assertThat(complaints).isEmpty();
  }

  /// Fills in the form, looks at the first request, and saves.
  private void make(Page page, String birthday) {
    page.getByLabel("Name").fill("Contacts");
    page.getByLabel("Files").fill("contacts.csv");
    page.getByLabel("Address").fill(house.destination.uri().resolve("/records").toString());
    page.getByLabel("Address").press("Tab");
    assertThat(page.getByText("Options of this destination")).isVisible();
    page.getByText("Options of this destination").click();
    page.getByLabel("results", new Page.GetByLabelOptions().setExact(true)).fill("/results");
    page.locator("[name='destination.option.code']").fill("/error/code");
    page.locator("#mapping").fill("key: email\nfields: [");
    page.getByRole(AriaRole.BUTTON, button("Check without sending")).click();
    assertThat(page.locator("#mapping-wrong")).containsText("Line 2");
    assertThat(page.locator("#mapping")).hasAttribute("aria-invalid", "true");

    page.locator("#mapping")
        .fill("key: email\nfields:\n  birthday: { " + birthday + ", format: yyyy-MM-dd }\n");
    page.getByRole(AriaRole.BUTTON, button("Check without sending")).click();
    assertThat(page.locator("#checked .code")).containsText("contact1@cadiz.example");
    assertThat(house.destination.count(GroundTruth::received)).isZero();

    page.getByRole(AriaRole.BUTTON, button("Save the flow")).click();
    assertThat(page.locator("h1")).containsText("Contacts");
  }

  private void mend(Page page) {
    page.getByRole(AriaRole.LINK, link("Contacts")).click();
    page.getByRole(AriaRole.LINK, link("Edit")).click();
    page.locator("#mapping")
        .fill("key: email\nfields:\n  birthday: { type: date, format: yyyy-MM-dd|dd/MM/yyyy }\n");
    page.getByRole(AriaRole.BUTTON, button("Save the flow")).click();
    assertThat(page.locator(".notice-done")).containsText("The flow is saved.");
  }

  @Test
  @Order(2)
  void runIsStartedByKeyboardAlone() {
    try (BrowserContext context = context(1280, ColorScheme.LIGHT)) {
      Page page = context.newPage();
      page.navigate(house.address("/sign-in"));
      // The field has the focus already.
      page.keyboard().type(house.token(Role.OPERATOR));
      page.keyboard().press("Enter");
      page.waitForURL("**/flows");

      page.keyboard().press("Tab");
      assertThat(page.getByText("Skip to the content")).isFocused();
      page.keyboard().press("Enter");
      Locator button = page.getByRole(AriaRole.BUTTON, button("Run Contacts now"));
      for (int i = 0; i < 60 && !isFocused(button); i++) {
        page.keyboard().press("Tab");
      }
      assertThat(button).isFocused();
      assertThat(button).not().hasCSS("outline-style", "none");
      page.keyboard().press("Enter");

      page.waitForURL("**/runs/**");
      assertThat(page.locator("#run h1")).containsText("Delivered", PATIENTLY);
    }
  }

  private static boolean isFocused(Locator locator) {
    return (Boolean) locator.evaluate("element => element === document.activeElement");
  }

  @Test
  @Order(3)
  void pagesFitAPhone() {
    try (BrowserContext context = context(390, ColorScheme.LIGHT)) {
      Page page = signedIn(context);
      for (String path : pages()) {
        page.navigate(path);
        assertThat(page.evaluate("document.documentElement.scrollWidth"))
            .as("the width of " + path)
            .isEqualTo(390);
      }
    }
  }

  @Test
  @Order(4)
  void pagesCanBeReadAndNamedInBothThemes() {
    for (ColorScheme scheme : List.of(ColorScheme.LIGHT, ColorScheme.DARK)) {
      try (BrowserContext context = context(1280, scheme)) {
        Page page = signedIn(context);
        for (String path : pages()) {
          page.navigate(path);
          assertThat(page.evaluate(checks())).as(path + " in " + scheme).isEqualTo(List.of());
        }
      }
    }
    assertThat(complaints).isEmpty();
  }

  @Test
  @Order(5)
  void themeThatWasChosenHoldsAgainstTheSystems() {
    try (BrowserContext context = context(1280, ColorScheme.LIGHT)) {
      Page page = signedIn(context);
      String before = ground(page);
      page.locator(".menu summary").click();
      page.getByRole(AriaRole.BUTTON, button("Dark")).click();

      assertThat(page.locator("html")).hasAttribute("data-theme", "dark");
      assertThat(ground(page)).isNotEqualTo(before);
      page.locator(".menu summary").click();
      page.getByRole(AriaRole.BUTTON, button("Sign out")).click();
      assertThat(page.locator("h1")).hasText("Sign in");
      assertThat(page.locator("html")).hasAttribute("data-theme", "dark");
    }
  }

  private static String ground(Page page) {
    return (String) page.evaluate("getComputedStyle(document.body).backgroundColor");
  }

  @Test
  @Order(6)
  void everythingWorksWithoutScripts() {
    try (BrowserContext context =
        chromium.browser.newContext(new Browser.NewContextOptions().setJavaScriptEnabled(false))) {
      Page page = signedIn(context);
      page.getByRole(AriaRole.LINK, link("Contacts")).click();
      page.getByRole(AriaRole.BUTTON, button("Pause")).click();
      assertThat(page.locator(".notice-done")).containsText("The flow is paused");
      page.getByRole(AriaRole.BUTTON, button("Resume")).click();
      page.getByRole(AriaRole.LINK, link("Edit")).click();
      page.getByRole(AriaRole.BUTTON, button("As YAML")).click();
      assertThat(page.locator("#job")).hasValue(Pattern.compile("contacts\\.csv"));
      page.getByRole(AriaRole.BUTTON, button("Check without sending")).click();
      assertThat(page.locator("#checked .code")).containsText("contact1@cadiz.example");
    }
  }

  private List<String> pages() {
    return List.of(
        house.address("/flows"),
        house.address("/flows/new"),
        house.address("/runs"),
        house.address("/settings"),
        house.address("/nowhere"),
        house.address("/sign-in"),
        run,
        run + "/records",
        run + "/calls",
        run + "/calls/1");
  }

  private BrowserContext context(int width, ColorScheme scheme) {
    BrowserContext context =
        chromium.browser.newContext(
            new Browser.NewContextOptions().setViewportSize(width, 844).setColorScheme(scheme));
    // A breach of the content security policy is told here too.
    context.onConsoleMessage(
        message -> {
          if (message.type().equals("error") && !message.text().contains("404")) {
            complaints.add(message.text());
          }
        });
    return context;
  }

  private Page signedIn(BrowserContext context) {
    Page page = context.newPage();
    page.navigate(house.address("/flows"));
    page.getByLabel("API token").fill(house.token(Role.ADMIN));
    page.getByRole(AriaRole.BUTTON, button("Sign in")).click();
    page.waitForURL("**/flows");
    return page;
  }

  private static Page.GetByRoleOptions button(String name) {
    return new Page.GetByRoleOptions().setName(name).setExact(true);
  }

  private static Page.GetByRoleOptions link(String name) {
    return new Page.GetByRoleOptions().setName(name).setExact(true);
  }

  private static String checks() {
    try (InputStream in = PageInBrowserTest.class.getResourceAsStream("checks.js")) {
      return new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }
}
