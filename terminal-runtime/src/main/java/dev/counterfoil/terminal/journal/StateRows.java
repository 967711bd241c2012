package dev.counterfoil.terminal.journal;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import dev.counterfoil.proto.v1.Decline;
import dev.counterfoil.proto.v1.Signed;
import dev.counterfoil.proto.v1.Tender;
import dev.counterfoil.protocol.id.BootId;
import dev.counterfoil.protocol.id.EpochId;
import dev.counterfoil.protocol.id.Hash;
import dev.counterfoil.protocol.id.TransactionId;
import dev.counterfoil.protocol.journal.ChainPosition;
import dev.counterfoil.protocol.journal.RecordCircumstances;
import dev.counterfoil.protocol.journal.TimeQuality;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Function;

/// The seldom changing parts of a [JournalState] as named rows of the table `state`.
///
/// | name | value, numbers big-endian, `bytes` and `text` with a 4-byte length in front |
/// | --- | --- |
/// | origin | seq 8, hash 32, turnover 8: position before the first stored record |
/// | epoch | number 4, nonce 8, offer bytes (Signed) |
/// | boots | count 8, boot id 16, orderly stop 1 |
/// | ack | the newest acknowledgement, a Signed message and nothing else |
/// | checkpoint | seq 8, ack number 8, received seq 8, wall ms 8 |
/// | anchor | id 8, server ms 8, boot id 16, boot ms 8, Signed bytes |
/// | versions | snapshot 8, its server ms 8, deny list 8, its server ms 8, configuration 8 |
/// | pruned | epoch number 4, nonce 8, position as in origin, Signed bytes |
/// | held_decline | Decline bytes, wall ms 8, quality 4, boot ms 8, anchor 8, hardware counter 8 |
/// | barred | refusal code text |
/// | gap | seq 8 of the newest GAP record; absent when there is none |
/// | locked | 1 while an operator keeps this terminal locked |
/// | test | 1 while test mode is on |
/// | shift | number 8, seq that opened it 8, its wall ms 8, seq that closed one and waits for the server 8 |
///
/// In the table `head`, because nearly every record changes it:
///
/// | column | value |
/// | --- | --- |
/// | last_sale | seq 8, transaction 16, tender 4, token bytes, account 8, amount 8, currency text, offline 1, wall ms 8, told 1; the last two are missing in older rows |
final class StateRows {

  private StateRows() {}

  /// Hands every row that differs between two states to `write`; an empty value says that the row goes.
  static void differences(JournalState before, JournalState after, BiConsumer<String, byte[]> write) {
    difference("origin", before, after, JournalState::origin, StateRows::position, write);
    difference("epoch", before, after, JournalState::epoch, StateRows::epoch, write);
    difference("boots", before, after, JournalState::boots, StateRows::boots, write);
    difference("ack", before, after, JournalState::ack, ack -> ack.signed().toByteArray(), write);
    difference("checkpoint", before, after, JournalState::checkpoint, StateRows::checkpoint, write);
    difference("anchor", before, after, JournalState::anchor, StateRows::anchor, write);
    difference("versions", before, after, JournalState::versions, StateRows::versions, write);
    difference("pruned", before, after, JournalState::pruned, orNothing(StateRows::pruned), write);
    difference("held_decline", before, after, JournalState::heldDecline, orNothing(StateRows::held), write);
    difference("barred", before, after, JournalState::barred,
        orNothing(reason -> new FieldWriter().text(reason.name()).bytes()), write);
    difference("gap", before, after, JournalState::gapSeq, seq -> new FieldWriter().number(seq).bytes(),
        write);
    difference("shift", before, after, JournalState::shift, StateRows::shift, write);
    difference("test", before, after, JournalState::testMode, on -> new FieldWriter().flag(on).bytes(),
        write);
    difference("locked", before, after, JournalState::locked, on -> new FieldWriter().flag(on).bytes(),
        write);
  }

  /// The rows of a whole state.
  static Map<String, byte[]> all(JournalState state) {
    var rows = new HashMap<String, byte[]>();
    rows.put("origin", position(state.origin()));
    rows.put("epoch", epoch(state.epoch()));
    var plain = JournalState.enrolled(state.origin(), state.epoch());
    differences(plain, state, rows::put);
    return rows;
  }

  /// Puts rows back into `state`, of which the caller has filled in what the table `head` holds.
  ///
  /// @throws IllegalArgumentException if a row cannot be read
  static JournalState read(Map<String, byte[]> rows, HeadRow head) {
    ChainPosition origin = position(new FieldReader(required(rows, "origin")));
    return new JournalState(origin, head.head(), head.recordCount(),
        epoch(new FieldReader(required(rows, "epoch"))), row(rows, "boots", StateRows::boots, Boots.NONE),
        head.hardwareCount(), ack(rows), row(rows, "checkpoint", StateRows::checkpoint, CheckpointMark.NONE),
        row(rows, "anchor", StateRows::anchor, AnchorHeld.NONE), head.offlineUse(), head.runTime(),
        row(rows, "versions", StateRows::versions, CacheVersions.NONE),
        row(rows, "pruned", StateRows::pruned),
        head.lastSale(), row(rows, "held_decline", StateRows::held),
        row(rows, "barred", in -> Refusal.valueOf(in.text())), row(rows, "gap", FieldReader::number, 0L),
        row(rows, "locked", FieldReader::flag, false), row(rows, "shift", StateRows::shift, Shift.NONE),
        row(rows, "test", FieldReader::flag, false));
  }

  private static <T> void difference(String name, JournalState before, JournalState after,
      Function<JournalState, T> part, Function<T, byte[]> encode, BiConsumer<String, byte[]> write) {
    T now = part.apply(after);
    if (!Objects.equals(part.apply(before), now)) {
      write.accept(name, encode.apply(now));
    }
  }

  private static <T> Function<Optional<T>, byte[]> orNothing(Function<T, byte[]> encode) {
    return value -> value.map(encode).orElseGet(() -> new byte[0]);
  }

  private static byte[] required(Map<String, byte[]> rows, String name) {
    byte[] value = rows.get(name);
    if (value == null) {
      throw new IllegalArgumentException("state row '" + name + "' is missing");
    }
    return value;
  }

  private static <T> T row(Map<String, byte[]> rows, String name, Function<FieldReader, T> decode, T absent) {
    return row(rows, name, decode).orElse(absent);
  }

  private static <T> Optional<T> row(Map<String, byte[]> rows, String name, Function<FieldReader, T> decode) {
    byte[] value = rows.get(name);
    return value == null || value.length == 0
        ? Optional.empty()
        : Optional.of(decode.apply(new FieldReader(value)));
  }

  private static byte[] position(ChainPosition position) {
    return new FieldWriter().position(position).bytes();
  }

  private static ChainPosition position(FieldReader in) {
    return new ChainPosition(in.number(), Hash.of(in.fixed(Hash.LENGTH)), in.number());
  }

  private static byte[] epoch(EpochHeld held) {
    return new FieldWriter().epoch(held.id()).blob(held.offer().toByteArray()).bytes();
  }

  private static EpochHeld epoch(FieldReader in) {
    return new EpochHeld(epochId(in), signed(in.blob()));
  }

  private static EpochId epochId(FieldReader in) {
    return new EpochId(in.small(), in.number());
  }

  private static byte[] boots(Boots boots) {
    return new FieldWriter().number(boots.count()).fixed(boots.last().bytes()).flag(boots.stopped()).bytes();
  }

  private static Boots boots(FieldReader in) {
    return new Boots(in.number(), BootId.of(in.fixed(BootId.LENGTH)), in.flag());
  }

  private static StoredAck ack(Map<String, byte[]> rows) {
    byte[] value = rows.get("ack");
    return value == null || value.length == 0 ? StoredAck.NONE : StoredAck.of(signed(value));
  }

  private static byte[] checkpoint(CheckpointMark mark) {
    return new FieldWriter().number(mark.seq()).number(mark.ackNumber()).number(mark.receivedSeq())
        .number(mark.wallMillis()).bytes();
  }

  private static CheckpointMark checkpoint(FieldReader in) {
    return new CheckpointMark(in.number(), in.number(), in.number(), in.number());
  }

  private static byte[] anchor(AnchorHeld anchor) {
    return new FieldWriter().number(anchor.anchorId()).number(anchor.serverMillis())
        .fixed(anchor.bootId().bytes()).number(anchor.bootMillis()).blob(anchor.signed().toByteArray())
        .bytes();
  }

  private static AnchorHeld anchor(FieldReader in) {
    return new AnchorHeld(in.number(), in.number(), BootId.of(in.fixed(BootId.LENGTH)), in.number(),
        signed(in.blob()));
  }

  private static byte[] versions(CacheVersions versions) {
    return new FieldWriter().number(versions.snapshot()).number(versions.snapshotServerMillis())
        .number(versions.deny()).number(versions.denyServerMillis()).number(versions.config()).bytes();
  }

  private static CacheVersions versions(FieldReader in) {
    return new CacheVersions(in.number(), in.number(), in.number(), in.number(), in.number());
  }

  private static byte[] shift(Shift shift) {
    return new FieldWriter().number(shift.number()).number(shift.openSeq()).number(shift.openedMs())
        .number(shift.closeSeq()).bytes();
  }

  private static Shift shift(FieldReader in) {
    return new Shift(in.number(), in.number(), in.number(), in.number());
  }

  private static byte[] pruned(PruneAnchor anchor) {
    return new FieldWriter().epoch(anchor.epoch()).position(anchor.position())
        .blob(anchor.safeAck().toByteArray()).bytes();
  }

  private static PruneAnchor pruned(FieldReader in) {
    return new PruneAnchor(epochId(in), position(in), signed(in.blob()));
  }

  static byte[] lastSale(LastSale sale) {
    return new FieldWriter().number(sale.seq()).fixed(sale.transactionId().bytes())
        .small(sale.tender().getNumber()).blob(sale.cardToken().toByteArray()).number(sale.accountId())
        .number(sale.amountMinor()).text(sale.currency()).flag(sale.offline())
        .number(sale.wallMillis()).flag(sale.told()).bytes();
  }

  /// @throws IllegalArgumentException if the value cannot be read
  static LastSale lastSale(FieldReader in) {
    var sale = new LastSale(in.number(), TransactionId.of(in.fixed(16)), tender(in.small()),
        ByteString.copyFrom(in.blob()), in.number(), in.number(), in.text(), in.flag());
    return in.hasMore()
        ? new LastSale(sale.seq(), sale.transactionId(), sale.tender(), sale.cardToken(), sale.accountId(),
            sale.amountMinor(), sale.currency(), sale.offline(), in.number(), in.flag())
        : sale;
  }

  private static Tender tender(int number) {
    return Optional.ofNullable(Tender.forNumber(number)).orElse(Tender.UNRECOGNIZED);
  }

  private static byte[] held(PendingDecline held) {
    var first = held.first();
    return new FieldWriter().blob(held.decline().toByteArray()).number(first.wallMillis())
        .small(first.quality().code()).number(first.bootMillis()).number(first.anchorId())
        .number(first.hardwareCounter()).bytes();
  }

  private static PendingDecline held(FieldReader in) {
    try {
      return new PendingDecline(Decline.parseFrom(in.blob()), new RecordCircumstances(in.number(),
          TimeQuality.ofCode(in.small()), in.number(), in.number(), in.number()));
    } catch (InvalidProtocolBufferException e) {
      throw new IllegalArgumentException("held decline cannot be read", e);
    }
  }

  private static Signed signed(byte[] bytes) {
    try {
      return Signed.parseFrom(bytes);
    } catch (InvalidProtocolBufferException e) {
      throw new IllegalArgumentException("signed statement cannot be read", e);
    }
  }
}
