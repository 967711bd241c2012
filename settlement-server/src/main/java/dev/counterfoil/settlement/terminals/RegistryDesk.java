package dev.counterfoil.settlement.terminals;

import dev.counterfoil.protocol.crypto.VerificationKey;
import dev.counterfoil.protocol.id.EpochId;
import dev.counterfoil.protocol.id.Hash;
import dev.counterfoil.protocol.id.TerminalId;
import dev.counterfoil.settlement.account.RefusedException;
import dev.counterfoil.settlement.ledger.Books;
import dev.counterfoil.settlement.ledger.CoreSettings;
import dev.counterfoil.settlement.store.CommitUnit;
import dev.counterfoil.settlement.store.EnrolmentCodeRow;
import dev.counterfoil.settlement.store.EpochRow;
import dev.counterfoil.settlement.store.HeadRow;
import dev.counterfoil.settlement.store.HeadUpdate;
import dev.counterfoil.settlement.store.LedgerKind;
import dev.counterfoil.settlement.store.SettingRow;
import dev.counterfoil.settlement.store.SiteRow;
import dev.counterfoil.settlement.store.StoreMemory;
import dev.counterfoil.settlement.store.TerminalKeyRow;
import dev.counterfoil.settlement.store.TerminalMemory;
import dev.counterfoil.settlement.store.TerminalPlaceRow;
import dev.counterfoil.settlement.store.TerminalRow;
import dev.counterfoil.settlement.store.TerminalStatus;
import java.util.List;
import java.util.random.RandomGenerator;

/// Sites, terminals and enrolment codes as rows. Certificates are made elsewhere; here is what is remembered of them.
/// Every method commits before it returns, or throws {@link RefusedException} and has changed nothing.
public final class RegistryDesk {

  /// The one merchant of a site until merchants have rows of their own.
  public static final long DEFAULT_MERCHANT = 1;
  private static final int DEVICE_TYPES = 5;

  private final StoreMemory memory;
  private final CoreSettings settings;
  private final RandomGenerator random;

  /// @param random source of epoch nonces; cryptographically strong in production
  public RegistryDesk(StoreMemory memory, CoreSettings settings, RandomGenerator random) {
    this.memory = memory;
    this.settings = settings;
    this.random = random;
  }

  /// What enrolment has established about a terminal.
  ///
  /// @param certificateHash SHA-256 of the new client certificate's DER bytes
  /// @param key checked to be sound and held by the terminal
  public record Enrolment(TerminalId terminalId, String boardSerial, Hash certificateHash,
      VerificationKey key) {}

  /// Makes the first site of a new database, with a setting that it keeps.
  public void begin(SiteRow site, SettingRow setting) {
    commit(new CommitUnit().putSite(site).putSetting(setting));
  }

  /// Makes a site, or changes its name.
  public SiteRow putSite(SiteRow site) {
    memory.reads().site(site.site()).filter(old -> !old.currency().equals(site.currency())).ifPresent(old -> {
      throw new RefusedException("SITE_CURRENCY",
          "site " + site.site() + " keeps its books in " + old.currency());
    });
    commit(new CommitUnit().putSite(site));
    return site;
  }

  public void putEnrolmentCode(EnrolmentCodeRow code) {
    memory.site(code.site());
    commit(new CommitUnit().insertEnrolmentCode(code));
  }

  /// Uses a code: registers a new terminal, or gives a known one a new key and certificate. The code is used up in the
  /// same commit unit, so two terminals never share one.
  ///
  /// @throws RefusedException CODE_UNKNOWN, CODE_EXPIRED, CODE_USED, TERMINAL_UNKNOWN, TERMINAL_REVOKED
  public TerminalMemory enrol(Hash codeHash, Enrolment enrolment, long nowMs) {
    EnrolmentCodeRow code = usable(codeHash, nowMs);
    var unit = new CommitUnit().useEnrolmentCode(code.used(nowMs));
    if (code.terminal() == 0) {
      register(code, enrolment, unit, nowMs);
    } else {
      renew(code, enrolment, unit, nowMs);
    }
    commit(unit);
    return memory.terminal(enrolment.terminalId()).orElseThrow();
  }

  /// The code's row, if it may be used now.
  public EnrolmentCodeRow usable(Hash codeHash, long nowMs) {
    EnrolmentCodeRow code = memory.reads().enrolmentCode(codeHash)
        .orElseThrow(() -> new RefusedException("CODE_UNKNOWN", "no such enrolment code"));
    if (code.usedAtMs() != 0) {
      throw new RefusedException("CODE_USED", "this enrolment code was used before");
    }
    if (nowMs >= code.expiresAtMs()) {
      throw new RefusedException("CODE_EXPIRED", "this enrolment code has expired");
    }
    return code;
  }

  private void register(EnrolmentCodeRow code, Enrolment enrolment, CommitUnit unit, long nowMs) {
    int site = code.site();
    var books = new Books(memory.site(site), memory.reads(), unit, nowMs);
    int number = books.memory().numbers().nextTerminal();
    var epoch = new EpochId(1, random.nextLong());
    TerminalStatus status = settings.confirmTerminals() ? TerminalStatus.PENDING : TerminalStatus.ACTIVE;
    unit.putTerminal(new TerminalRow(site, number, enrolment.terminalId(), code.terminalName(), status,
        enrolment.boardSerial(), enrolment.certificateHash(), true, epoch, null, nowMs, null,
        books.ledgerOf(LedgerKind.MERCHANT_PAYABLE, DEFAULT_MERCHANT),
        books.ledgerOf(LedgerKind.CASH_DRAWER, number),
        ""));
    unit.putEpoch(new EpochRow(site, number, epoch, nowMs, false));
    unit.putTerminalKey(new TerminalKeyRow(site, number, enrolment.key(), 1, Long.MAX_VALUE, false));
    unit.moveHead(HeadUpdate.first(HeadRow.start(site, number, epoch)));
    books.close();
  }

  /// The chain goes on at the mark: the next record is a GENESIS that links to the new certificate.
  private void renew(EnrolmentCodeRow code, Enrolment enrolment, CommitUnit unit, long nowMs) {
    TerminalMemory old = memory.terminal(code.site(), code.terminal())
        .filter(known -> known.row().terminalId().equals(enrolment.terminalId()))
        .orElseThrow(
            () -> new RefusedException("TERMINAL_UNKNOWN", "the code is for terminal " + code.terminal()));
    TerminalRow row = old.row();
    if (row.status() == TerminalStatus.REVOKED) {
      throw new RefusedException("TERMINAL_REVOKED", row.name() + " was revoked for good");
    }
    long next = old.head().received().seq() + 1;
    int number = old.epochs().stream().mapToInt(epoch -> epoch.epoch().number()).max().orElse(0) + 1;
    var epoch = new EpochId(number, random.nextLong());
    old.keys().stream().filter(key -> key.maySign(next))
        .forEach(key -> unit.putTerminalKey(key.until(next - 1)));
    unit.putTerminalKey(
        new TerminalKeyRow(row.site(), row.terminal(), enrolment.key(), next, Long.MAX_VALUE, false));
    unit.putEpoch(new EpochRow(row.site(), row.terminal(), epoch, nowMs, false));
    TerminalStatus status = settings.confirmTerminals() ? TerminalStatus.PENDING : TerminalStatus.ACTIVE;
    unit.putTerminal(new TerminalRow(row.site(), row.terminal(), row.terminalId(), row.name(), status,
        enrolment.boardSerial(), enrolment.certificateHash(), true, epoch, null, nowMs, null,
        row.merchantLedger(),
        row.drawerLedger(), ""));
  }

  public List<TerminalRow> list(int site) {
    return memory.reads().terminals(site);
  }

  /// A second operator says that this is the right device.
  public TerminalRow confirm(TerminalId id) {
    TerminalRow row = existing(id);
    requireStatus(row, TerminalStatus.PENDING);
    return change(row.withStatus(TerminalStatus.ACTIVE, ""));
  }

  public TerminalRow freeze(TerminalId id, String why) {
    TerminalRow row = existing(id);
    requireStatus(row, TerminalStatus.ACTIVE);
    return change(row.withStatus(TerminalStatus.FROZEN, why));
  }

  /// Says what a terminal is and where it stands (PAY-13), for reports from now on and of the past.
  ///
  /// @throws RefusedException PARAMETER_ERROR for a device type that there is not
  public TerminalPlaceRow place(TerminalPlaceRow place) {
    if (place.deviceType() < 1 || place.deviceType() > DEVICE_TYPES || place.location() < 0) {
      throw new RefusedException("PARAMETER_ERROR", "device types are 1 to " + DEVICE_TYPES);
    }
    RefusedException.unlessCommitted(memory.commit(new CommitUnit().putPlace(place)));
    return place;
  }

  /// Lets a terminal that an operator froze go on. One that showed a fork must enrol again.
  public TerminalRow release(TerminalId id) {
    TerminalRow row = existing(id);
    requireStatus(row, TerminalStatus.FROZEN);
    if (row.reason().startsWith("FORK")) {
      throw new RefusedException("TERMINAL_FORKED", row.name() + " must enrol again: " + row.reason());
    }
    return change(row.withStatus(TerminalStatus.ACTIVE, ""));
  }

  /// For good: certificate and keys are worth nothing from now on.
  public TerminalRow revoke(TerminalId id, String why) {
    TerminalMemory terminal = memory.terminal(id).orElseThrow(() -> unknown(id));
    var unit = new CommitUnit();
    TerminalRow next = terminal.row().withStatus(TerminalStatus.REVOKED, why);
    unit.putTerminal(next);
    long due = terminal.head().received().seq() + 1;
    terminal.keys().stream().filter(key -> key.maySign(due))
        .forEach(key -> unit.putTerminalKey(key.until(due - 1)));
    commit(unit);
    return next;
  }

  private TerminalRow existing(TerminalId id) {
    return memory.terminal(id).map(TerminalMemory::row).orElseThrow(() -> unknown(id));
  }

  private static RefusedException unknown(TerminalId id) {
    return new RefusedException("TERMINAL_UNKNOWN", "no terminal " + id);
  }

  private static void requireStatus(TerminalRow row, TerminalStatus status) {
    if (row.status() != status) {
      throw new RefusedException("TERMINAL_STATUS", row.name() + " is " + row.status() + ", not " + status);
    }
  }

  private TerminalRow change(TerminalRow next) {
    commit(new CommitUnit().putTerminal(next));
    return next;
  }

  private void commit(CommitUnit unit) {
    if (!memory.commit(unit).isCommitted()) {
      throw new RefusedException("SYSTEM_BUSY", "somebody else changed this meanwhile; try again");
    }
  }
}
