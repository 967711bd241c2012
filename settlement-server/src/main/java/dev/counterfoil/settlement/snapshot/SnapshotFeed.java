package dev.counterfoil.settlement.snapshot;

import com.google.protobuf.ByteString;
import dev.counterfoil.proto.v1.AccountEntry;
import dev.counterfoil.proto.v1.DenyList;
import dev.counterfoil.proto.v1.DenyStatement;
import dev.counterfoil.proto.v1.Frame;
import dev.counterfoil.proto.v1.MealOrder;
import dev.counterfoil.proto.v1.SnapshotDelta;
import dev.counterfoil.proto.v1.SnapshotRequest;
import dev.counterfoil.proto.v1.SnapshotStatement;
import dev.counterfoil.protocol.card.CardToken;
import dev.counterfoil.protocol.crypto.Domain;
import dev.counterfoil.protocol.crypto.Signer;
import dev.counterfoil.protocol.id.TerminalId;
import dev.counterfoil.protocol.link.Statements;
import dev.counterfoil.protocol.link.Wire;
import dev.counterfoil.settlement.account.Permissions;
import dev.counterfoil.settlement.ledger.CoreSettings;
import dev.counterfoil.settlement.ledger.SubsidyShare;
import dev.counterfoil.settlement.store.AccountChangeRow;
import dev.counterfoil.settlement.store.AccountRow;
import dev.counterfoil.settlement.store.CardRow;
import dev.counterfoil.settlement.store.CardStatus;
import dev.counterfoil.settlement.store.DenyRow;
import dev.counterfoil.settlement.store.LedgerAccountRow;
import dev.counterfoil.settlement.store.SiteMemory;
import dev.counterfoil.settlement.store.StoreMemory;
import dev.counterfoil.settlement.store.TerminalMemory;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Builds what a terminal keeps for offline use: accounts changed since the version it has, and blocked cards. Each
/// figure states with `as_of_seq` which of this very terminal's records it contains, so that the terminal neither
/// forgets nor doubles its own sales. Belongs to the core's thread.
public final class SnapshotFeed {

  /// Accounts in one part; an entry has some 60 bytes.
  private static final int PART = 2_000;
  /// With what its holder ordered, an entry may have some thousands. The part is closed by the account that reaches this,
  /// and stays below a frame with it.
  private static final int PART_BYTES = 200 * 1024;

  private final StoreMemory memory;
  private final CoreSettings settings;
  private final Signer signer;

  /// @param signer the installation's acknowledgement key
  public SnapshotFeed(StoreMemory memory, CoreSettings settings, Signer signer) {
    this.memory = memory;
    this.settings = settings;
    this.signer = signer;
  }

  /// The next parts that a terminal lacks.
  public News newsFor(TerminalId id, SnapshotRequest have, long nowMs) {
    List<Frame> frames = new ArrayList<>();
    accountsFor(id, have.getHaveSnapshot(), nowMs)
        .ifPresent(delta -> frames.add(Frame.newBuilder().setSnapshotDelta(delta).build()));
    deniesFor(id, have.getHaveDeny(), nowMs)
        .ifPresent(list -> frames.add(Frame.newBuilder().setDenyList(list).build()));
    var numbers = memory.site(memory.terminal(id).orElseThrow().row().site()).numbers();
    return new News(frames, numbers.snapshotVersion(), numbers.denyVersion());
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
    var statement = SnapshotStatement.newBuilder().setTerminalId(Wire.bytes(id)).setFromVersion(from)
        .setServerMs(nowMs);
    int told = tell(statement, changes, terminal, rows, nowMs);
    boolean more = told == PART || told < changes.size();
    statement.setMore(more)
        .setToVersion(more ? changes.get(told - 1).version() : rows.numbers().snapshotVersion());
    return Optional.of(SnapshotDelta.newBuilder()
        .setStatement(Statements.seal(Domain.SNAPSHOT, statement.build(), signer)).build());
  }

  /// @return how many of the changes are in the statement, which is full then
  private int tell(SnapshotStatement.Builder statement, List<AccountChangeRow> changes,
      TerminalMemory terminal,
      SiteMemory rows, long nowMs) {
    int told = 0;
    int bytes = 0;
    while (told < changes.size() && bytes < PART_BYTES) {
      int before = statement.getAccountsCount();
      add(statement, terminal, rows, changes.get(told).account(), nowMs);
      bytes += statement.getAccountsList().subList(before, statement.getAccountsCount()).stream()
          .mapToInt(AccountEntry::getSerializedSize).sum();
      told++;
    }
    return told;
  }

  private void add(SnapshotStatement.Builder statement, TerminalMemory terminal, SiteMemory rows,
      long number, long nowMs) {
    if (number == 0) {
      memory.reads().operatorCards(terminal.row().site()).forEach(card -> statement.addAccounts(
          AccountEntry.newBuilder().setCardToken(bytes(card.token())).setOperatorCard(card.operatorCard())
              .setRemoved(card.status() != CardStatus.ACTIVE || card.isOver(nowMs))));
      return;
    }
    rows.account(number).ifPresent(account -> memory.reads().cardsOf(terminal.row().site(), number)
        .forEach(card -> statement.addAccounts(entry(terminal, rows, account, card, nowMs))));
  }

  private AccountEntry entry(TerminalMemory terminal, SiteMemory rows, AccountRow account, CardRow card,
      long nowMs) {
    LedgerAccountRow ledger = rows.ledger(account.cashLedger());
    Permissions.Offline own = own(terminal, rows, account, nowMs);
    long left = leftOfMonth(account, ledger.spentInMonthOf(settings.dayAt(nowMs)));
    boolean maySpend = account.maySpend() && !account.restricted() && own.allowed() && left > 0;
    long perDay = tighter(account.perDayMinor(), own.dailyMinor());
    long subsidies = SubsidyShare.of(rows, account, nowMs);
    return AccountEntry.newBuilder().setAccountId(account.account()).setCardToken(bytes(card.token()))
        .setAvailableMinor(Math.subtractExact(
            Math.subtractExact(Math.addExact(ledger.available(), subsidies),
                ledger.floor()),
            settings.purchases().leastBalanceMinor()))
        .setEnableOffline(account.enableOffline() && maySpend).setStatus(account.status().code())
        .setPerTapMinor(tighter(account.perTapMinor(), own.singleMinor()))
        .setPerDayMinor(left < settings.perDayMinor() ? tighter(perDay, Math.max(0, left)) : perDay)
        .setAsOfSeq(terminal.head().settled().seq())
        .setRemoved(card.status() != CardStatus.ACTIVE || card.isOver(nowMs))
        .setOperatorCard(card.operatorCard()).setCardClass(account.terms().cardClass())
        .setDiscountPermille(account.terms().discountPermille()).setSubsidyMinor(subsidies)
        .addAllOrders(orders(rows, account.account(), nowMs)).build();
  }

  /// Those of yesterday too: a terminal's day may end a little later than ours.
  private List<MealOrder> orders(SiteMemory rows, long account, long nowMs) {
    LocalDate yesterday = LocalDate.ofEpochDay(settings.dayAt(nowMs) - 1);
    return rows.mealsSince(account, yesterday).stream().map(row -> row.meal().message()).toList();
  }

  private Permissions.Offline own(TerminalMemory terminal, SiteMemory rows, AccountRow account,
      long nowMs) {
    long spent = rows.ledger(account.cashLedger()).spentInMonthOf(settings.dayAt(nowMs));
    return account.guarded() ? new Permissions(rows.permissions(account.account()))
        .offline(terminal.row().terminal(), spent, nowMs) : Permissions.Offline.UNLIMITED;
  }

  /// No terminal counts months, so what is left of one may be spent in a day.
  private long leftOfMonth(AccountRow account, long spent) {
    return tighter(account.perMonthMinor(), settings.accounts().perMonthMinor()) - Math.max(0, spent);
  }

  /// The stricter of two limits, of which 0 is none.
  private static long tighter(long one, long other) {
    return one == 0 || other == 0 ? Math.max(one, other) : Math.min(one, other);
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
