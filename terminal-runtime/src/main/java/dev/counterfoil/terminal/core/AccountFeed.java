package dev.counterfoil.terminal.core;

import com.google.protobuf.ByteString;
import dev.counterfoil.proto.v1.Channel;
import dev.counterfoil.proto.v1.DenyStatement;
import dev.counterfoil.proto.v1.Frame;
import dev.counterfoil.proto.v1.Signed;
import dev.counterfoil.proto.v1.SnapshotRequest;
import dev.counterfoil.proto.v1.SnapshotStatement;
import dev.counterfoil.protocol.ReasonCode;
import dev.counterfoil.protocol.card.CardToken;
import dev.counterfoil.protocol.crypto.Domain;
import dev.counterfoil.protocol.link.LinkViolation;
import dev.counterfoil.protocol.link.ServerTrust;
import dev.counterfoil.protocol.link.Wire;
import dev.counterfoil.terminal.journal.CacheVersions;
import dev.counterfoil.terminal.journal.StateChange;
import java.util.ArrayList;
import java.util.List;

/// Takes account snapshots and deny lists from the server: only signed for this terminal, and only as the next step
/// from the version that is kept. Anything else is answered by asking for all that is missing. What the medium did not
/// take is asked for again after a while, because the server speaks only when it is asked or something changed.
final class AccountFeed {

  /// A full medium is not asked for more often than this; short against the life of a list.
  private static final long AGAIN_MILLIS = 60_000;
  private static final long NEVER = Long.MAX_VALUE;

  private final ServerTrust trust;
  private final CoreOutput output;
  /// Versions asked to be kept; the durable ones follow.
  private long snapshot;
  private long deny;
  /// The parts being received replace the whole snapshot, and more of them follow.
  private boolean replacing;
  private boolean partial;
  private int partsBeingKept;
  private long askAgainAt = NEVER;

  AccountFeed(ServerTrust trust, CoreOutput output, CacheVersions kept) {
    this.trust = trust;
    this.output = output;
    reset(kept);
  }

  /// A new connection: what is missing is asked for.
  void opened(CacheVersions kept) {
    reset(kept);
    ask();
  }

  /// Back to what is durable.
  private void reset(CacheVersions kept) {
    snapshot = kept.snapshot();
    deny = kept.deny();
  }

  /// A part is durable, or could not be kept.
  ///
  /// @param kept what is durable now
  void partKept(boolean done, CacheVersions kept, long nowMillis) {
    partsBeingKept--;
    if (!done) {
      reset(kept);
      askAgainAt = nowMillis + AGAIN_MILLIS;
    } else if (partsBeingKept <= 0 && askAgainAt == NEVER) {
      ask();
    }
  }

  /// When something is to be asked for again, `Long.MAX_VALUE` if nothing is.
  long wakeAt() {
    return askAgainAt;
  }

  /// Time passes while the desk is open, or while it is not: then its opening asks.
  void passTime(long nowMillis, boolean open) {
    if (nowMillis >= askAgainAt) {
      askAgainAt = NEVER;
      if (open) {
        ask();
      }
    }
  }

  /// Asks for everything anew (command `resync`).
  void askForAll() {
    snapshot = 0;
    deny = 0;
    ask();
  }

  /// Says what is kept; the server answers with the next part, or remembers it and answers at the next change.
  private void ask() {
    askAgainAt = NEVER;
    output.add(new Effect.Send(Channel.CHANNEL_DESK, Frame.newBuilder()
        .setSnapshotRequest(SnapshotRequest.newBuilder().setHaveSnapshot(snapshot).setHaveDeny(deny))
        .build()));
  }

  /// The next part of the accounts, or one that does not follow.
  void snapshot(Signed signed) throws LinkViolation {
    var statement = trust.open(Domain.SNAPSHOT, signed, SnapshotStatement.parser());
    requireMine(statement.getTerminalId());
    if (statement.getFromVersion() != 0 && statement.getFromVersion() != snapshot) {
      ask();
      return;
    }
    replacing = statement.getFromVersion() == 0 || replacing && partial;
    partial = statement.getMore();
    snapshot = statement.getToVersion();
    output.ask(new JournalTask.KeepCache(new StateChange.SnapshotPart(statement.getToVersion(),
        statement.getServerMs(), replacing, !partial, statement.getAccountsList())));
    partsBeingKept++;
  }

  /// The next part of the deny list, or one that does not follow.
  void denyList(Signed signed) throws LinkViolation {
    var statement = trust.open(Domain.DENY, signed, DenyStatement.parser());
    requireMine(statement.getTerminalId());
    if (statement.getFromVersion() != 0 && statement.getFromVersion() != deny) {
      ask();
      return;
    }
    deny = statement.getToVersion();
    output.ask(
        new JournalTask.KeepCache(new StateChange.DenyPart(statement.getToVersion(), statement.getServerMs(),
            statement.getFromVersion() == 0, tokens(statement.getAddedList()),
            tokens(statement.getRemovedList()))));
    partsBeingKept++;
  }

  private static List<CardToken> tokens(List<ByteString> wire) throws LinkViolation {
    var tokens = new ArrayList<CardToken>(wire.size());
    for (ByteString bytes : wire) {
      tokens.add(CardToken.of(Wire.sized(bytes, CardToken.LENGTH)));
    }
    return tokens;
  }

  private void requireMine(ByteString terminal) throws LinkViolation {
    if (!Wire.terminal(terminal).equals(trust.terminal())) {
      throw new LinkViolation(ReasonCode.WRONG_TERMINAL, "account data for another terminal");
    }
  }
}
