package dev.waybill.server.page;

import dev.waybill.server.http.StaticFiles;
import dev.waybill.server.page.view.Shell;
import gg.jte.ContentType;
import gg.jte.TemplateEngine;
import gg.jte.output.Utf8ByteOutput;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;

/// Makes HTML of views. The templates were made classes by the build; what they print is escaped
/// for the place in the page where it stands.
final class Rendering {

  /// Where our own style sheet and script are served.
  static final String ASSETS = "/assets";

  /// Where htmx is served, as the jar that it comes in has it.
  static final String VENDOR = "/vendor";

  private static final String HTMX_JAR = "/META-INF/maven/org.webjars.npm/htmx.org/pom.properties";

  private final TemplateEngine engine;
  private final StaticFiles assets;
  private final StaticFiles vendor;
  private final Map<String, String> addresses;

  private Rendering(TemplateEngine engine) {
    this.engine = engine;
    assets = new StaticFiles(ASSETS, Rendering.class, "assets");
    vendor =
        new StaticFiles(
            VENDOR,
            Rendering.class,
            "/META-INF/resources/webjars/htmx.org/" + htmxVersion() + "/dist");
    addresses =
        Map.of(
            "style", assets.address("page.css"),
            "script", assets.address("page.js"),
            "icon", assets.address("icon.svg"),
            "htmx", vendor.address("htmx.min.js"));
  }

  /// With the templates of the class path.
  static Rendering ofClassPath() {
    return new Rendering(
        TemplateEngine.createPrecompiled(
            null, ContentType.Html, null, "dev.waybill.server.page.templates"));
  }

  private static String htmxVersion() {
    var properties = new Properties();
    try (InputStream in = Rendering.class.getResourceAsStream(HTMX_JAR)) {
      if (in == null) {
        throw new IllegalStateException("htmx.org is not on the class path: " + HTMX_JAR);
      }
      properties.load(in);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return properties.getProperty("version");
  }

  StaticFiles assets() {
    return assets;
  }

  StaticFiles vendor() {
    return vendor;
  }

  /// A page, or a part of one.
  ///
  /// @param template its file's name without the ending
  byte[] html(String template, Shell shell, Object view) {
    var values = new HashMap<String, Object>();
    values.put("shell", shell);
    values.put("view", view);
    values.put("files", addresses);
    var out = new Utf8ByteOutput();
    engine.render(template + ".jte", values, out);
    return out.toByteArray();
  }
}
