package dev.counterfoil.sim.virtual;

import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.concurrent.TimeUnit;
import tools.jackson.databind.json.JsonMapper;

/// A virtual shop with its page, running. Close it to end both.
public final class VirtualPage implements AutoCloseable {

  private final ShopThread thread;
  private final PageServer server;

  private VirtualPage(ShopThread thread, PageServer server) {
    this.thread = thread;
    this.server = server;
  }

  /// Opens the shop and serves its page on loopback.
  ///
  /// @param port  0 for any
  /// @param seed  of everything drawn
  /// @param lines what is done before the first page sees it, as in a scenario: terminals put up
  /// @throws IOException       if the port is taken
  /// @throws ScenarioException if one of the lines cannot be done
  public static VirtualPage open(int port, long seed, List<String> lines)
      throws IOException, ScenarioException {
    return open(port, seed, lines, 1);
  }

  /// The same, for those who cannot wait.
  ///
  /// @param pace milliseconds of the shop that pass in one on the wall
  static VirtualPage open(int port, long seed, List<String> lines, int pace)
      throws IOException, ScenarioException {
    var mapper = JsonMapper.builder().build();
    var feed = new PageFeed(mapper);
    var view = new PageView(feed, seed, VirtualFont.find());
    for (String line : lines) {
      view.perform(line);
    }
    long start = System.nanoTime();
    var thread = new ShopThread(view, () -> pace * TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start),
        pace);
    var server = PageServer.start(port, thread, feed, mapper);
    thread.start();
    return new VirtualPage(thread, server);
  }

  public URI address() {
    return server.address();
  }

  @Override
  public void close() {
    server.close();
    thread.close();
  }
}
