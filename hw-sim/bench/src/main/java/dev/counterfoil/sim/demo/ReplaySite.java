package dev.counterfoil.sim.demo;

import dev.counterfoil.protocol.money.Money;
import dev.counterfoil.sim.verify.RunFolder;
import dev.counterfoil.sim.verify.TapLog;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/// A server process with an operator's desk and a folder for evidence, for runs whose terminals live elsewhere.
public final class ReplaySite implements AutoCloseable {

  private static final Duration AUDIT_PATIENCE = Duration.ofMinutes(2);

  private final RunFolder folder;
  private final Programs programs;
  private final ServerProcess server;
  private final OperatorDesk desk;
  private final Bank bank;
  private final TapLog taps;
  private int exitCode = 1;

  /// Starts the server; blocks until it is ready.
  ///
  /// @param currency of the site, ISO 4217
  public ReplaySite(Path root, RunFolder folder, String currency) throws IOException, InterruptedException {
    this.folder = folder;
    Files.createDirectories(folder.root());
    programs = new Programs(root, folder.logs());
    server = new ServerProcess(programs, folder, currency);
    desk = new OperatorDesk(folder.serverData());
    bank = new Bank(desk, folder.cards());
    taps = new TapLog(folder.taps());
    server.start();
  }

  public RunFolder folder() {
    return folder;
  }

  public TapLog taps() {
    return taps;
  }

  public InetSocketAddress link() {
    return server.link();
  }

  public String http() {
    return server.http();
  }

  /// Opens an account with a card and money in it.
  ///
  /// @return the card's token, hexadecimal
  public String admit(String label, String uid, String opening) throws IOException {
    return bank.admit(label, uid, Money.parseDecimal(opening));
  }

  public String enrolmentCode(String name) {
    return desk.one("code", "create", "--name", name).getString("code");
  }

  /// Has the run judged by another process.
  ///
  /// @return what it printed, the RESULT line last
  public List<String> audit() throws IOException, InterruptedException {
    Child audit = programs.start("verify", Map.of(), List.of("verify", "run", folder.root().toString()));
    exitCode = audit.exitCode(AUDIT_PATIENCE);
    List<String> printed = audit.output();
    if (printed.isEmpty()) {
      throw new ChildException("the auditor printed nothing and ended with " + exitCode);
    }
    return printed;
  }

  /// The auditor's, 1 before it ran.
  public int exitCode() {
    return exitCode;
  }

  @Override
  public void close() throws IOException {
    programs.close();
    taps.close();
  }
}
