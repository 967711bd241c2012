package dev.counterfoil.terminal.line;

import java.nio.file.Path;

/// A process that takes the lock of one port, says so, and keeps it until it is killed.
final class PortHolder {

  private PortHolder() {}

  public static void main(String[] arguments) throws Exception {
    var lock = PortLock.take(Path.of(arguments[0]));
    System.out.println(lock.isPresent() ? "held" : "busy");
    System.out.flush();
    System.in.read();
  }
}
