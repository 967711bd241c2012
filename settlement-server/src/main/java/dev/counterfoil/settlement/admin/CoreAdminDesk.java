package dev.counterfoil.settlement.admin;

import dev.counterfoil.settlement.contact.ContactSeal;
import dev.counterfoil.settlement.store.MachineRow;
import dev.counterfoil.settlement.machine.MachineIssue;
import dev.counterfoil.settlement.operator.MachineScope;
import dev.counterfoil.settlement.operator.Operator;
import dev.counterfoil.settlement.operator.Permission;
import dev.counterfoil.settlement.ledger.OwnId;
import dev.counterfoil.settlement.password.HolderPasswords;
import dev.counterfoil.settlement.refund.RefundDesk;
import dev.counterfoil.proto.v1.Result;
import dev.counterfoil.protocol.card.CardToken;
import dev.counterfoil.protocol.crypto.SignatureVerifier;
import dev.counterfoil.protocol.enrolment.EnrolmentCode;
import dev.counterfoil.protocol.id.Hash;
import dev.counterfoil.protocol.id.TerminalId;
import dev.counterfoil.protocol.id.TransactionId;
import dev.counterfoil.protocol.money.Money;
import dev.counterfoil.settlement.account.RefusedException;
import dev.counterfoil.settlement.copy.CopyException;
import dev.counterfoil.settlement.store.ExceptionKind;
import dev.counterfoil.settlement.store.ExceptionRow;
import dev.counterfoil.settlement.core.SettlementCore;
import dev.counterfoil.settlement.engine.CoreAccess;
import dev.counterfoil.settlement.engine.TerminalLine;
import dev.counterfoil.settlement.imports.ImportLimits;
import dev.counterfoil.settlement.ingest.ChainVerification;
import dev.counterfoil.settlement.ledger.LedgerVerification;
import dev.counterfoil.settlement.store.AccountRow;
import dev.counterfoil.settlement.store.CardRow;
import dev.counterfoil.settlement.store.EnrolmentCodeRow;
import dev.counterfoil.settlement.store.LedgerAccountRow;
import dev.counterfoil.settlement.store.SettlementReads;
import dev.counterfoil.settlement.store.SiteRow;
import dev.counterfoil.settlement.store.TerminalMemory;
import dev.counterfoil.settlement.store.TerminalPlaceRow;
import dev.counterfoil.settlement.store.TerminalRow;
import dev.counterfoil.settlement.operator.Role;
import dev.counterfoil.settlement.staff.Recruitment;
import dev.counterfoil.settlement.store.OperatorRow;
import dev.counterfoil.settlement.store.TransferRow;
import dev.counterfoil.settlement.terminals.ca.ServerKeys;
import java.security.cert.CertificateEncodingException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.random.RandomGenerator;

/// The operators' desk on the core. Changes run where the core runs; looking and checking goes through a reader of its
/// own, so that a long verification delays nobody's tap. One thread uses an instance, for one command.
public final class CoreAdminDesk implements AdminDesk {

  /// What the desk needs besides the core.
  ///
  /// @param random cryptographically strong
  ///
  /// @param recruitment makes what new operators need
  /// @param passwords makes what is stored of holders' passwords
  /// @param imports what a file to be imported may be
  public record Tools(ServerKeys keys, SignatureVerifier signatures, InstantSource clock,
      RandomGenerator random, Duration codeLife, Recruitment recruitment,
      HolderPasswords passwords, ImportLimits imports) {

    /// With the limits of an installation that sets none.
    public Tools(ServerKeys keys, SignatureVerifier signatures, InstantSource clock, RandomGenerator random,
        Duration codeLife, Recruitment recruitment, HolderPasswords passwords) {
      this(keys, signatures, clock, random, codeLife, recruitment, passwords, ImportLimits.DEFAULT);
    }
  }

  private static final int PAGE = 500;
  private static final int MOST_TOLD = 500;

  private final CoreAccess core;
  private final SettlementReads reads;
  private final Tools tools;
  private final TerminalLine terminals;
  private final Deeds deeds;
  private final CoreMoneyDesk money;
  private final RechargeDeeds recharges;
  private final AccountDeeds accounts;
  private final ImportDeeds imports;
  private final MealDeeds meals;

  /// A desk without gateways.
  ///
  /// @param reads a reader that the calling thread may use
  public CoreAdminDesk(CoreAccess core, SettlementReads reads, Tools tools, TerminalLine terminals) {
    this(core, reads, tools, terminals, (_, _, _) -> Optional.empty());
  }

  /// @param reads a reader that the calling thread may use
  public CoreAdminDesk(CoreAccess core, SettlementReads reads, Tools tools, TerminalLine terminals,
      BillSource bills) {
    this.terminals = terminals;
    this.core = core;
    this.reads = reads;
    this.tools = tools;
    this.deeds = new Deeds(core, tools.clock());
    this.money = new CoreMoneyDesk(deeds, tools.clock());
    this.recharges = new CoreRechargeDeeds(deeds, reads, bills, tools.clock());
    this.accounts = new CoreAccountDeeds(deeds, tools.clock(), tools.passwords());
    this.imports = new CoreImportDeeds(deeds, reads, tools);
    this.meals = new CoreMealDeeds(deeds, tools.clock());
  }

  @Override
  public SettlementReads reads() {
    return reads;
  }

  @Override
  public void putSite(int site, String name, String currency, String operator) {
    change(site, operator, "site set", "name=" + name + " currency=" + currency,
        server -> server.registry().putSite(new SiteRow(site, name, currency)));
  }

  @Override
  public IssuedCode createCode(int site, String name, int terminal, String operator) {
    if (reads.site(site).isEmpty()) {
      throw new AdminRefusal("NO_SUCH_SITE", "site=" + site);
    }
    String called = terminal == 0 ? name : known(site, terminal).name();
    EnrolmentCode code = EnrolmentCode.create(tools.random(), root());
    Instant expires = tools.clock().instant().plus(tools.codeLife());
    var row = new EnrolmentCodeRow(site, Hash.of(code.secretHash()), called, terminal, tools.clock().millis(),
        expires.toEpochMilli(), 0, operator);
    change(site, operator, "code create", "name=" + called + " terminal=" + terminal, server -> {
      server.registry().putEnrolmentCode(row);
      return row;
    });
    return new IssuedCode(code.text(), expires);
  }

  @Override
  public TerminalRow confirm(int site, int terminal, String operator) {
    TerminalId id = known(site, terminal).terminalId();
    return change(site, operator, "terminal confirm", "terminal=" + terminal,
        server -> server.registry().confirm(id));
  }

  @Override
  public TerminalPlaceRow place(TerminalPlaceRow place, String operator) {
    return change(place.site(), operator, "terminal place",
        "terminal=" + place.terminal() + " type=" + place.deviceType() + " location=" + place.location() + " "
            + place.locationName() + " merchant=" + place.merchantName(),
        server -> server.registry().place(place));
  }

  @Override
  public TerminalRow freeze(int site, int terminal, String reason, String operator) {
    TerminalId id = known(site, terminal).terminalId();
    return change(site, operator, "terminal freeze", "terminal=" + terminal + " reason=" + reason,
        server -> server.registry().freeze(id, reason));
  }

  @Override
  public TerminalRow unfreeze(int site, int terminal, String operator) {
    TerminalId id = known(site, terminal).terminalId();
    return change(site, operator, "terminal unfreeze", "terminal=" + terminal,
        server -> server.registry().release(id));
  }

  @Override
  public TerminalRow revoke(int site, int terminal, String reason, String operator) {
    TerminalId id = known(site, terminal).terminalId();
    return change(site, operator, "terminal revoke", "terminal=" + terminal + " reason=" + reason,
        server -> server.registry().revoke(id, reason));
  }

  @Override
  public String order(int site, int terminal, String command, String operator) {
    TerminalRow row = known(site, terminal);
    if (!terminals.isConnected(row.terminalId())) {
      throw new AdminRefusal("NOT_CONNECTED", "terminal=" + terminal + " meaning=\"" + row.name()
          + " is not connected now; nothing was sent, repeat the command when it is\"");
    }
    // In the log before it is sent: what may have taken effect is never missing there.
    change(site, operator, "terminal " + command, "terminal=" + terminal, server -> {
      server.touchStore(tools.clock().millis());
      return row;
    });
    Result result = terminals.order(row.terminalId(), command)
        .orElseThrow(() -> new AdminRefusal("NO_ANSWER", "terminal=" + terminal
            + " meaning=\"no result came; it may have been done all the same, look before you repeat it\""));
    if (!result.getOk()) {
      throw new AdminRefusal(plain(result.getCode()),
          "terminal=" + terminal + " detail=\"" + plain(result.getDetail()) + "\"");
    }
    return plain(result.getDetail());
  }

  /// What a terminal says is shown to an operator, so it must not steer his screen.
  private static String plain(String told) {
    String line = told.replaceAll("[\\p{Cntrl}\"]", "?");
    return line.substring(0, Math.min(line.length(), MOST_TOLD));
  }

  @Override
  public AccountDeeds accounts() {
    return accounts;
  }

  @Override
  public CardToken token(byte[] uid) {
    return CardToken.derive(tools.keys().cardKeyId(), tools.keys().cardKey(), uid);
  }

  @Override
  public CardRow issueCard(int site, long account, CardToken token, boolean operatorCard, String operator) {
    return change(site, operator, "card issue",
        "token=" + token + " account=" + account + " operator_card=" + operatorCard,
        server -> operatorCard ? server.cards().issueOperatorCard(site, token, tools.clock().millis())
            : server.cards().issue(site, token, account, tools.clock().millis()));
  }

  @Override
  public CardRow loseCard(int site, CardToken token, String operator) {
    return change(site, operator, "card lost", "token=" + token,
        server -> server.cards().reportLost(site, token, tools.clock().millis()));
  }

  @Override
  public CardRow findCard(int site, CardToken token, String operator) {
    return change(site, operator, "card found", "token=" + token,
        server -> server.cards().found(site, token, tools.clock().millis()));
  }

  @Override
  public CardRow retireCard(int site, CardToken token, String operator) {
    return change(site, operator, "card retire", "token=" + token,
        server -> server.cards().retire(site, token, tools.clock().millis()));
  }

  @Override
  public CardRow bindCard(int site, CardToken token, long account, String operator) {
    return change(site, operator, "card bind", "token=" + token + " account=" + account,
        server -> server.cards().bind(site, token, account, tools.clock().millis()));
  }

  @Override
  public CardRow reissueCard(int site, CardToken old, CardToken token, String operator) {
    return change(site, operator, "card reissue", "token=" + old + " new=" + token,
        server -> server.cards().reissue(site, old, token, tools.clock().millis()));
  }

  @Override
  public CardRow expireCard(int site, CardToken token, long expiresMs, String operator) {
    return change(site, operator, "card expire",
        "token=" + token + " at=" + (expiresMs == 0 ? "never" : Instant.ofEpochMilli(expiresMs)),
        server -> server.cards().expireAt(site, token, expiresMs, tools.clock().millis()));
  }

  @Override
  public CardRow makeCardPrimary(int site, CardToken token, String operator) {
    return change(site, operator, "card primary", "token=" + token,
        server -> server.cards().makePrimary(site, token, tools.clock().millis()));
  }

  @Override
  public LedgerAccountRow recharge(int site, long account, long amountMinor, String key, String operator) {
    TransactionId transaction = OwnId.ofKey("recharge", site, key);
    String detail = "account=" + account + " amount=" + Money.decimal(amountMinor) + " key=" + key;
    return change(site, operator, "recharge", detail, server -> {
      AccountRow row = server.accounts().existing(site, account);
      TransferRow done = server.accounts().rechargeByCash(site, account, amountMinor, transaction,
          tools.clock().millis());
      if (done.amount() != amountMinor || done.credit() != row.cashLedger()) {
        throw new AdminRefusal("KEY_REUSED", "key=" + key + " names another recharge");
      }
      return server.reads().ledgerAccount(site, row.cashLedger()).orElseThrow();
    });
  }

  @Override
  public RefundDesk.Refunded refund(int site, TransactionId sale, long amountMinor, String key,
      String operator) {
    return change(site, operator, "sale refund",
        "transaction=" + sale + " amount=" + Money.decimal(amountMinor) + " key=" + key,
        server -> server.refunds().refund(site, sale, amountMinor, OwnId.ofKey("refund", site, key),
            tools.clock().millis()));
  }

  @Override
  public RechargeDeeds recharges() {
    return recharges;
  }

  @Override
  public MealDeeds meals() {
    return meals;
  }

  @Override
  public ImportDeeds imports() {
    return imports;
  }

  @Override
  public MoneyDesk money() {
    return money;
  }

  @Override
  public void resolve(int site, long exception, String resolution, String operator) {
    change(site, operator, "exception resolve", "exception=" + exception + " note=" + resolution,
        server -> server.exceptions().resolve(site, exception, resolution, operator, tools.clock().millis()));
  }

  @Override
  public List<String> verifyLedger(int site) {
    return LedgerVerification.verify(reads, site).problems();
  }

  @Override
  public ChainReport verifyChain(int site, int terminal) {
    TerminalId id = known(site, terminal).terminalId();
    TerminalMemory memory = deeds.ask(server -> server.verificationBase(id).orElseThrow());
    ChainVerification.Report report = ChainVerification.verify(reads, memory, tools.signatures());
    long last = memory.head().received().seq();
    return new ChainReport(last == 0 ? 0 : 1, last, report.records(), report.problem().orElse(""));
  }

  @Override
  public List<Replayed> replaySafe(int site, Path copy, boolean dryRun, String operator) {
    try {
      var order = new SafeReplay.Order(site, copy, dryRun, operator);
      List<Replayed> replayed = new SafeReplay(core, reads, tools).run(order);
      if (!dryRun) {
        resolveLacking(site, operator);
      }
      return replayed;
    } catch (CopyException e) {
      throw new AdminRefusal("COPY_IO", String.valueOf(e.getMessage()).replaceFirst("^COPY_IO: ", ""));
    } catch (RefusedException e) {
      throw new AdminRefusal(e.code(), e.facts());
    }
  }

  private void resolveLacking(int site, String operator) {
    List<ExceptionRow> filled = new ArrayList<>();
    List<ExceptionRow> page = reads.exceptions(site, true, 0, PAGE);
    while (!page.isEmpty()) {
      page.stream().filter(this::isFilled).forEach(filled::add);
      page = reads.exceptions(site, true, page.getLast().exception(), PAGE);
    }
    filled.forEach(row -> resolve(site, row.exception(), "taken back in from the copy", operator));
  }

  /// The queue names the last record that was missing.
  private boolean isFilled(ExceptionRow row) {
    return row.kind() == ExceptionKind.SERVER_LACKS_RECORDS && reads.head(row.site(), row.terminal())
        .filter(head -> head.received().seq() >= row.seq()).isPresent();
  }

  private TerminalRow known(int site, int terminal) {
    return reads.terminal(site, terminal)
        .orElseThrow(() -> new AdminRefusal("NO_SUCH_TERMINAL", "site=" + site + " terminal=" + terminal));
  }

  private <T> T change(int site, String operator, String command, String detail,
      Function<SettlementCore, T> work) {
    return deeds.change(site, operator, command, detail, work);
  }

  @Override
  public Recruitment.HandedOver addOperator(int site, String name, Role role, String operator) {
    if (reads.site(site).isEmpty()) {
      throw new AdminRefusal("NO_SUCH_SITE", "site=" + site);
    }
    Recruitment.HandedOver newcomer;
    try {
      newcomer = tools.recruitment().newcomer(site, name, role);
    } catch (IllegalArgumentException e) {
      throw new AdminRefusal("BAD_NAME", String.valueOf(e.getMessage()));
    }
    deeds.ask(server -> server.operators().add(newcomer.newcomer(), operator, tools.clock().millis()));
    return newcomer;
  }

  @Override
  public OperatorRow dismissOperator(int site, String name, String operator) {
    long number = operatorNamed(site, name).operator().number();
    return deeds.ask(server -> server.operators().leave(site, number, operator, tools.clock().instant()));
  }

  @Override
  public void unlockOperator(int site, String name, String operator) {
    long number = operatorNamed(site, name).operator().number();
    deeds.ask(server -> {
      server.operators().unlock(site, number, operator, tools.clock().instant());
      return number;
    });
  }

  @Override
  public NewMachine addMachine(int site, String name, List<Permission> scopes, long untilMs,
      String operator) {
    if (reads.site(site).isEmpty()) {
      throw new AdminRefusal("NO_SUCH_SITE", "site=" + site);
    }
    if (!Operator.isName(name)) {
      throw new AdminRefusal("BAD_NAME", "name=2 to 32 of a-z 0-9 . _ -, beginning with a letter");
    }
    long now = tools.clock().millis();
    if (scopes.isEmpty() || !scopes.stream().allMatch(MachineScope::admits) || untilMs <= now) {
      throw new AdminRefusal("BAD_INPUT",
          "--until is a time to come, --scope is some of " + MachineScope.words());
    }
    var made = new MachineIssue(tools.recruitment().sealed(), tools.random()).issue(site, name);
    deeds.ask(server -> server.machines().add(
        new MachineRow(site, 0, name, scopes, made.hash(), made.stored(), now, untilMs, 0), operator));
    return new NewMachine(site + "." + made.token(), made.key());
  }

  @Override
  public void revokeMachine(int site, long number, String operator) {
    deeds.ask(server -> server.machines().revoke(site, number, operator, tools.clock().instant()));
  }

  @Override
  public SealRotation.Rotated rotateSeals(int site, String operator) {
    var rotation = new SealRotation(tools.recruitment().sealed(),
        new ContactSeal(tools.recruitment().sealed()));
    SealRotation.Rotated done = change(site, operator, "seal rotate", "site=" + site,
        server -> rotation.operatorsAndMachines(server, site));
    SealRotation.Page page = new SealRotation.Page(0, 0);
    int contacts = 0;
    do {
      long after = page.last();
      page = change(site, operator, "seal rotate", "after=" + after,
          server -> rotation.page(server, site, after));
      contacts += page.done();
    } while (page.last() != 0);
    return new SealRotation.Rotated(done.operators(), done.machines(), contacts);
  }

  private OperatorRow operatorNamed(int site, String name) {
    return reads.operator(site, name)
        .orElseThrow(() -> new AdminRefusal("NO_SUCH_OPERATOR", "site=" + site + " name=" + name));
  }

  private byte[] root() {
    try {
      return tools.keys().authority().root().getEncoded();
    } catch (CertificateEncodingException e) {
      throw new IllegalStateException("the root certificate cannot be encoded", e);
    }
  }
}
