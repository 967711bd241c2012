package dev.counterfoil.terminal.fuzz;

import dev.counterfoil.terminal.driver.upkeep.Upkeep;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/// Keeps the log short while a test lets devices fail by the thousand.
public final class QuietUpkeep implements BeforeAllCallback, AfterAllCallback {

  /// Held, or the level set on it would be forgotten with the logger.
  private static final Logger LOG = Logger.getLogger(Upkeep.class.getName());

  @Override
  public void beforeAll(ExtensionContext context) {
    LOG.setLevel(Level.OFF);
  }

  @Override
  public void afterAll(ExtensionContext context) {
    LOG.setLevel(null);
  }
}
