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
/// from the version that is kept. Anything else is answered by asking for all that is missing.
final class AccountFeed {

  private final ServerTrust trust;
  private final CoreOutput output;
  /// Versions asked to be kept; the durable ones follow.
  private long snapshot;
  private long deny;
  /// The parts being received replace the whole snapshot, and more of them follow.
  private boolean replacing;
  private boolean partial;

  AccountFeed(ServerTrust trust, CoreOutput output, CacheVersions kept) {
    this.trust = trust;
    this.output = output;
    reset(kept);
  }

  /// Back to what is durable, after a part could not be kept and at each new connection.
  void reset(CacheVersions kept) {
    snapshot = kept.snapshot();
    deny = kept.deny();
  }

  /// Asks for everything anew (command `resync`).
  void askForAll() {
    snapshot = 0;
    deny = 0;
    ask();
  }

  /// Says what is kept; the server answers with the next part, or remembers it and answers at the next change.
  void ask() {
    output.add(new Effect.Send(Channel.CHANNEL_DESK, Frame.newBuilder()
        .setSnapshotRequest(SnapshotRequest.newBuilder().setHaveSnapshot(snapshot).setHaveDeny(deny))
        .build()));
  }

  /// @return how many parts are now being kept: 1, or 0 if this one does not follow
  int snapshot(Signed signed) throws LinkViolation {
    var statement = trust.open(Domain.SNAPSHOT, signed, SnapshotStatement.parser());
    requireMine(statement.getTerminalId());
    if (statement.getFromVersion() != 0 && statement.getFromVersion() != snapshot) {
      ask();
      return 0;
    }
    replacing = statement.getFromVersion() == 0 || replacing && partial;
    partial = statement.getMore();
    snapshot = statement.getToVersion();
    output.ask(new JournalTask.KeepCache(new StateChange.SnapshotPart(statement.getToVersion(),
        statement.getServerMs(), replacing, !partial, statement.getAccountsList())));
    return 1;
  }

  /// @return how many parts are now being kept: 1, or 0 if this one does not follow
  int denyList(Signed signed) throws LinkViolation {
    var statement = trust.open(Domain.DENY, signed, DenyStatement.parser());
    requireMine(statement.getTerminalId());
    if (statement.getFromVersion() != 0 && statement.getFromVersion() != deny) {
      ask();
      return 0;
    }
    deny = statement.getToVersion();
    output.ask(
        new JournalTask.KeepCache(new StateChange.DenyPart(statement.getToVersion(), statement.getServerMs(),
            statement.getFromVersion() == 0, tokens(statement.getAddedList()),
            tokens(statement.getRemovedList()))));
    return 1;
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
