package dev.counterfoil.sim.world.server;

import dev.counterfoil.protocol.id.Hash;
import dev.counterfoil.protocol.id.TransactionId;
import dev.counterfoil.settlement.store.CommitUnit;
import dev.counterfoil.settlement.store.ContactRow;
import dev.counterfoil.settlement.store.MachineRow;
import dev.counterfoil.settlement.store.NonceRow;
import dev.counterfoil.settlement.store.NoticeRow;
import dev.counterfoil.settlement.store.OfficeReads;
import dev.counterfoil.settlement.store.RefundApplicationRow;
import java.util.Arrays;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;

/// What the model store keeps of machines, applications for refunds, notices and contacts, and what it tells of them.
final class ModelOffice implements OfficeReads {

  /// The rows of one site.
  static final class Tables {
    final NavigableMap<Long, MachineRow> machines = new TreeMap<>();
    final NavigableMap<String, NonceRow> nonces = new TreeMap<>();
    final NavigableMap<Long, RefundApplicationRow> applications = new TreeMap<>();
    final NavigableMap<Long, NoticeRow> notices = new TreeMap<>();
    final NavigableMap<Long, ContactRow> contacts = new TreeMap<>();
  }

  private final ModelSettlementStore store;

  ModelOffice(ModelSettlementStore store) {
    this.store = store;
  }

  private Tables of(int site) {
    return store.table(site).office;
  }

  /// What must not be written, null if nothing.
  boolean conflicts(CommitUnit unit) {
    return unit.nonces().stream().anyMatch(row -> hasNonce(row.site(), row.machine(), row.nonce()))
        || unit.notices().stream().anyMatch(row -> of(row.site()).notices.containsKey(row.number()))
        || unit.machines().stream().anyMatch(this::isTaken)
        || unit.refundApplications().stream().anyMatch(this::isDecided);
  }

  private boolean isTaken(MachineRow row) {
    return of(row.site()).machines.values().stream().anyMatch(known -> known.number() != row.number()
        && (known.name().equals(row.name()) || known.token().equals(row.token())));
  }

  private boolean isDecided(RefundApplicationRow row) {
    RefundApplicationRow known = of(row.site()).applications.get(row.number());
    boolean other = known != null && (known.state() != RefundApplicationRow.State.REVIEW
        || !known.transaction().equals(row.transaction()));
    return other || application(row.site(), row.transaction())
        .filter(each -> each.number() != row.number()).isPresent();
  }

  void apply(CommitUnit unit) {
    unit.machines().forEach(row -> of(row.site()).machines.put(row.number(), row));
    unit.nonces().forEach(row -> of(row.site()).nonces.put(key(row.machine(), row.nonce()), row));
    unit.oldNonces().forEach(old -> of(old.site()).nonces.values().removeIf(row -> row.atMs() < old.atMs()));
    unit.refundApplications().forEach(row -> of(row.site()).applications.put(row.number(), row));
    unit.notices().forEach(row -> of(row.site()).notices.put(row.number(), row));
    unit.contacts().forEach(row -> of(row.site()).contacts.put(row.account(), row));
  }

  private static String key(long machine, String nonce) {
    return machine + " " + nonce;
  }

  @Override
  public List<MachineRow> machines(int site) {
    return List.copyOf(of(site).machines.values());
  }

  @Override
  public Optional<MachineRow> machine(int site, Hash token) {
    return of(site).machines.values().stream().filter(row -> row.token().equals(token)).findFirst();
  }

  @Override
  public boolean hasNonce(int site, long machine, String nonce) {
    return of(site).nonces.containsKey(key(machine, nonce));
  }

  @Override
  public boolean hasNonceBefore(int site, long atMs) {
    return of(site).nonces.values().stream().anyMatch(row -> row.atMs() < atMs);
  }

  @Override
  public long lastApplication(int site) {
    return of(site).applications.isEmpty() ? 0 : of(site).applications.lastKey();
  }

  @Override
  public Optional<RefundApplicationRow> application(int site, long number) {
    return Optional.ofNullable(of(site).applications.get(number));
  }

  @Override
  public Optional<RefundApplicationRow> application(int site, TransactionId transaction) {
    return of(site).applications.values().stream().filter(row -> row.transaction().equals(transaction))
        .findFirst();
  }

  @Override
  public List<RefundApplicationRow> applications(int site, RefundApplicationRow.State state, long after,
      int limit) {
    return of(site).applications.tailMap(after, false).values().stream().filter(row -> row.state() == state)
        .limit(limit).toList();
  }

  @Override
  public long lastNotice(int site) {
    return of(site).notices.isEmpty() ? 0 : of(site).notices.lastKey();
  }

  @Override
  public List<NoticeRow> notices(int site, long account, long after, int limit) {
    return of(site).notices.tailMap(after, false).values().stream().filter(row -> row.account() == account)
        .limit(limit).toList();
  }

  @Override
  public Optional<ContactRow> contact(int site, long account) {
    return Optional.ofNullable(of(site).contacts.get(account));
  }

  @Override
  public List<ContactRow> contactsByPhone(int site, byte[] phoneKey) {
    return of(site).contacts.values().stream().filter(row -> Arrays.equals(row.phoneKey(), phoneKey))
        .toList();
  }

  @Override
  public List<ContactRow> contacts(int site, long after, int limit) {
    return of(site).contacts.tailMap(after, false).values().stream().limit(limit).toList();
  }
}
