package dev.counterfoil.sim.device.pn532;

import dev.counterfoil.sim.card.Card;
import dev.counterfoil.sim.card.RfField;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The one or two cards that the chip has activated, and how it finds them in the field. Not thread-safe.
final class Targets {
  /// One activated card. It stays activated while it stays in the field.
  static final class Target {
    final Card card;
    final long fieldEntry;
    final boolean isoDep;
    boolean active = true;

    Target(Card card, boolean isoDep) {
      this.card = card;
      this.fieldEntry = card.fieldEntries();
      this.isoDep = isoDep;
    }
  }

  private static final int LARGEST = 2;
  private static final int CASCADE_TAG = 0x88;
  private static final int ISO_DEP_SAK = 0x20;

  private final RfField field;
  private final List<Target> targets = new ArrayList<>();
  /// Cards put to sleep by InDeselect, with the stay in the field for which that holds.
  private final Map<Card, Long> halted = new HashMap<>();

  Targets(RfField field) {
    this.field = field;
  }

  /// The field went off: every card in it starts anew.
  void fieldOff() {
    targets.clear();
    halted.clear();
  }

  /// InDeselect: the card is halted and does not answer the request of the next search (ISO 14443-3), which
  /// is how a host lists several cards one after another. It wakes for InSelect, without field, or when
  /// brought again.
  void deselect(Target target) {
    target.active = false;
    target.card.select();
    halted.keySet().retainAll(field.present());
    halted.put(target.card, target.fieldEntry);
  }

  void select(Target target) {
    target.active = true;
    target.card.select();
    halted.remove(target.card);
  }

  private boolean asleep(Card card) {
    return halted.getOrDefault(card, -1L) == card.fieldEntries();
  }

  void releaseAll() {
    targets.clear();
  }

  List<Target> all() {
    return List.copyOf(targets);
  }

  /// The target with this number (1 or 2), null when there is none.
  @Nullable
  Target byNumber(int number) {
    return number >= 1 && number <= targets.size() ? targets.get(number - 1) : null;
  }

  boolean reachable(Target target) {
    return target.active && field.contains(target.card) && target.card.fieldEntries() == target.fieldEntry;
  }

  /// Activates up to `most` cards that fit the filter (empty: any) and forgets what was activated before.
  int activate(int most, byte[] filter, boolean autoRats) {
    targets.clear();
    for (Card card : field.present()) {
      if (targets.size() < Math.min(most, LARGEST) && !asleep(card) && fits(card.uid(), filter)) {
        card.select();
        targets.add(new Target(card, autoRats && (card.sak() & ISO_DEP_SAK) != 0));
      }
    }
    return targets.size();
  }

  /// A double-size UID is asked for with its cascade tag, `88 uid0..uid6`; without is understood too.
  private static boolean fits(byte[] uid, byte[] filter) {
    if (filter.length == 0 || Arrays.equals(uid, filter)) {
      return true;
    }
    return filter.length == uid.length + 1 && (filter[0] & 0xFF) == CASCADE_TAG
        && Arrays.equals(uid, 0, uid.length, filter, 1, filter.length);
  }

  /// Target data of type A at 106 kbit/s: `Tg SENS_RES(2) SEL_RES NFCIDLength NFCID1 [ATS]`.
  static void describe(ByteArrayOutputStream out, int number, Target target) {
    byte[] uid = target.card.uid();
    out.write(number);
    out.writeBytes(target.card.atqa());
    out.write(target.card.sak());
    out.write(uid.length);
    out.writeBytes(uid);
    if (target.isoDep) {
      out.writeBytes(target.card.ats());
    }
  }
}
