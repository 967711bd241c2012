package dev.counterfoil.terminal.status;

/// What `counterfoil terminal status` finds wrong by itself; what other parts know they name by codes of their own. Names are
/// stable.
public enum StatusCode {
  TERMINAL_NOT_RUNNING(
      "the program does not run; its service is stopped, or its log says why it does not start"),
  STATUS_STALE(
      "the program is there and has not written its status for minutes: it hangs, or its medium does not take a file; restart it"),
  NO_SERVER_CONTACT(
      "the server was not reached for ten minutes; look at network, server.host and the server's log"),
  UNSENT_OLD("the oldest record that the server has not acknowledged is older than an hour"),
  SNAPSHOT_OLD(
      "accounts or deny list are older than the server allows for sales without it, or were never told"),
  CLOCK_NOT_ANCHORED("no server has told this run the time"),
  DEVICE_FAULT("a device does not work; its code says why"),
  JOURNAL_FILLING("the journal is nearly full: let the terminal reach its server"),
  SPACE_LOW("the medium of journal or mirror has less than 64 MiB left");

  private final String meaning;

  StatusCode(String meaning) {
    this.meaning = meaning;
  }

  /// One line for a person.
  public String meaning() {
    return meaning;
  }
}
