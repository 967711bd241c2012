package dev.counterfoil.sim.world;

import dev.counterfoil.sim.world.disk.DiskFault;
import dev.counterfoil.sim.world.server.CommitFault;

/// What faults can be done to. The planner decides when; the machines decide what it means to them now.
interface Victims {
  /// Power ends at the terminal's next write, in the way named, and comes back after `offMicros`.
  void cutPower(int terminal, DiskFault where, long offMicros);

  /// Power ends `cuts` times in a row, each time soon after it came back, also during recovery.
  void cutSeries(int terminal, int cuts);

  /// The program is killed now; power and what was synced stay.
  /// The link breaks right after the server's next answer to a purchase, so that its hold outlives its time.
  void outageAfterDecision(int terminal, long durationMicros);

  void kill(int terminal, long offMicros);

  void fillDisk(int terminal, long durationMicros);

  /// The medium reports an error over the terminal's next sale; if `kept`, the sale is durable all the same.
  void failSale(int terminal, boolean kept);

  void stallDisk(int terminal, long durationMicros);

  /// The medium is replaced by an older image of itself.
  void rollBack(int terminal);

  /// A copy of the medium starts on another board, at the same time as the original.
  void cloneImage(int terminal);

  void loseMirror(int terminal);

  void stepClock(int terminal, long millis);

  void crashServer(CommitFault where, long downMicros);

  /// The server is restored to an earlier commit.
  void restoreServer();

  void stallCopy(long durationMicros);

  /// Somebody in the middle sends forged bytes in this terminal's name.
  void forge(int terminal);

  void freezeAccount();

  void denyCard();

  void rechargeAccount();

  /// Somebody at the office does his next piece of work.
  void officeWork();

  /// Somebody grants a subsidy or pays a subsidised meal back.
  void welfareWork();

  /// Somebody tries the password of a card that he found.
  void guessPassword();
}
