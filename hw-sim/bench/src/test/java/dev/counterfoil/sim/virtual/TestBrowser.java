package dev.counterfoil.sim.virtual;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Playwright;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/// Debian's Chromium, led by Playwright with the machine's own Node.js; one for all tests of a run. Pages are used by the
/// thread that started it, which is the one that runs the tests.
final class TestBrowser implements AutoCloseable {

  /// Gives it to tests that name it as a parameter, and ends it behind the last of them.
  static final class Shared implements BeforeAllCallback, ParameterResolver {

    /// With CI set a missing program is a failure, because the test command installs what the tests need.
    @Override
    public void beforeAll(ExtensionContext extension) {
      boolean installed = Files.isExecutable(CHROMIUM) && onThePath(NODE).isPresent();
      if (System.getenv("CI") == null) {
        assumeTrue(installed, "chromium or node is not installed: apt-get install chromium nodejs");
      }
      assertThat(installed).as("chromium and node are installed").isTrue();
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext extension) {
      return parameter.getParameter().getType() == TestBrowser.class;
    }

    @Override
    public TestBrowser resolveParameter(ParameterContext parameter, ExtensionContext extension) {
      return extension.getRoot().getStore(Namespace.create(TestBrowser.class))
          .computeIfAbsent(TestBrowser.class, _ -> start(), TestBrowser.class);
    }
  }

  private static final String NODE = "node";
  private static final Path CHROMIUM = Path.of("/usr/bin/chromium");
  // It looks for updates and the like at once, which a machine without a way out answers slowly.
  private static final List<String> ARGUMENTS = List.of("--no-sandbox", "--disable-gpu", "--disable-quic",
      "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync",
      "--disable-dev-shm-usage");

  private final Playwright playwright;
  private final Browser browser;

  private TestBrowser(Playwright playwright, Browser browser) {
    this.playwright = playwright;
    this.browser = browser;
  }

  private static TestBrowser start() {
    var playwright = Playwright.create(new Playwright.CreateOptions()
        .setEnv(Map.of("PLAYWRIGHT_NODEJS_PATH", onThePath(NODE).orElseThrow().toString(),
            "PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
    return new TestBrowser(playwright, playwright.chromium()
        .launch(new BrowserType.LaunchOptions().setExecutablePath(CHROMIUM).setArgs(ARGUMENTS)));
  }

  private static Optional<Path> onThePath(String program) {
    return Arrays.stream(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
        .map(folder -> Path.of(folder, program)).filter(Files::isExecutable).findFirst();
  }

  /// A new page with cookies and storage of its own.
  ///
  /// @param language as a browser sends it, such as `zh-CN`
  BrowserPage page(int width, int height, String language) {
    return BrowserPage.in(browser, width, height, language);
  }

  @Override
  public void close() {
    playwright.close();
  }
}
