package dev.counterfoil.settlement.snapshot;

import com.google.protobuf.ByteString;
import dev.counterfoil.proto.v1.AccountEntry;
import dev.counterfoil.proto.v1.DenyList;
import dev.counterfoil.proto.v1.DenyStatement;
import dev.counterfoil.proto.v1.SnapshotDelta;
import dev.counterfoil.proto.v1.SnapshotStatement;
import dev.counterfoil.protocol.card.CardToken;
import dev.counterfoil.protocol.crypto.Domain;
import dev.counterfoil.protocol.crypto.Signer;
import dev.counterfoil.protocol.id.TerminalId;
import dev.counterfoil.protocol.link.Statements;
import dev.counterfoil.protocol.link.Wire;
import dev.counterfoil.settlement.store.AccountChangeRow;
import dev.counterfoil.settlement.store.AccountRow;
import dev.counterfoil.settlement.store.CardRow;
import dev.counterfoil.settlement.store.CardStatus;
import dev.counterfoil.settlement.store.DenyRow;
import dev.counterfoil.settlement.store.SiteMemory;
import dev.counterfoil.settlement.store.StoreMemory;
import dev.counterfoil.settlement.store.TerminalMemory;
import java.util.List;
import java.util.Optional;

/// Builds what a terminal keeps for offline use: accounts changed since the version it has, and blocked cards. Each
/// figure states with `as_of_seq` which of this very terminal's records it contains, so that the terminal neither
/// forgets nor doubles its own sales. Belongs to the core's thread.
public final class SnapshotFeed {

  /// Accounts in one part; an entry has some 60 bytes, so a part stays far below a frame.
  private static final int PART = 2_000;

  private final StoreMemory memory;
  private final Signer signer;

  /// @param signer the installation's acknowledgement key
  public SnapshotFeed(StoreMemory memory, Signer signer) {
    this.memory = memory;
    this.signer = signer;
  }

  /// The next part for a terminal that has `haveVersion`; empty when it has everything.
  public Optional<SnapshotDelta> accountsFor(TerminalId id, long haveVersion, long nowMs) {
    TerminalMemory terminal = memory.terminal(id).orElseThrow();
    int site = terminal.row().site();
    SiteMemory rows = memory.site(site);
    // A version from before a restore is none of ours: start over.
    boolean ours = haveVersion >= rows.snapshotBase() && haveVersion <= rows.numbers().snapshotVersion();
    long from = ours ? haveVersion : 0;
    List<AccountChangeRow> changes = memory.reads().accountsChangedAfter(site, from, PART);
    if (changes.isEmpty() && from == haveVersion) {
      return Optional.empty();
    }
    boolean more = changes.size() == PART;
    long to = more ? changes.getLast().version() : rows.numbers().snapshotVersion();
    var statement = SnapshotStatement.newBuilder().setTerminalId(Wire.bytes(id)).setFromVersion(from)
        .setToVersion(to)
        .setServerMs(nowMs).setMore(more);
    changes.forEach(change -> add(statement, terminal, rows, change.account()));
    return Optional.of(SnapshotDelta.newBuilder()
        .setStatement(Statements.seal(Domain.SNAPSHOT, statement.build(), signer)).build());
  }

  private void add(SnapshotStatement.Builder statement, TerminalMemory terminal, SiteMemory rows,
      long number) {
    if (number == 0) {
      memory.reads().operatorCards(terminal.row().site()).forEach(card -> statement.addAccounts(
          AccountEntry.newBuilder().setCardToken(bytes(card.token())).setOperatorCard(card.operatorCard())
              .setRemoved(card.status() != CardStatus.ACTIVE)));
      return;
    }
    rows.account(number).ifPresent(account -> memory.reads().cardsOf(terminal.row().site(), number)
        .forEach(card -> statement.addAccounts(entry(terminal, rows, account, card))));
  }

  private static AccountEntry entry(TerminalMemory terminal, SiteMemory rows, AccountRow account,
      CardRow card) {
    return AccountEntry.newBuilder().setAccountId(account.account()).setCardToken(bytes(card.token()))
        .setAvailableMinor(rows.ledger(account.cashLedger()).available())
        .setEnableOffline(account.enableOffline() && account.maySpend() && !account.restricted())
        .setStatus(account.status().code()).setPerTapMinor(account.perTapMinor())
        .setPerDayMinor(account.perDayMinor()).setAsOfSeq(terminal.head().settled().seq())
        .setRemoved(card.status() != CardStatus.ACTIVE).setOperatorCard(card.operatorCard()).build();
  }

  /// The next part of the deny list; empty when the terminal has everything.
  public Optional<DenyList> deniesFor(TerminalId id, long haveVersion, long nowMs) {
    TerminalMemory terminal = memory.terminal(id).orElseThrow();
    int site = terminal.row().site();
    SiteMemory rows = memory.site(site);
    long newest = rows.numbers().denyVersion();
    boolean ours = haveVersion >= rows.denyBase() && haveVersion <= newest;
    long from = ours ? haveVersion : 0;
    List<DenyRow> changes = memory.reads().deniesChangedAfter(site, from, PART);
    if (changes.isEmpty() && from == haveVersion) {
      return Optional.empty();
    }
    long to = changes.size() == PART ? changes.getLast().version() : newest;
    var statement = DenyStatement.newBuilder().setTerminalId(Wire.bytes(id)).setFromVersion(from)
        .setToVersion(to)
        .setServerMs(nowMs);
    for (DenyRow change : changes) {
      if (change.denied()) {
        statement.addAdded(bytes(change.token()));
      } else {
        statement.addRemoved(bytes(change.token()));
      }
    }
    return Optional
        .of(DenyList.newBuilder().setStatement(Statements.seal(Domain.DENY, statement.build(), signer))
            .build());
  }

  private static ByteString bytes(CardToken token) {
    return ByteString.copyFrom(token.bytes());
  }
}
