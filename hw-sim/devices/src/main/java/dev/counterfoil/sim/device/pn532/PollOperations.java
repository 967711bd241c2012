package dev.counterfoil.sim.device.pn532;

import java.io.ByteArrayOutputStream;
import org.jspecify.annotations.Nullable;

/// The two commands that look for cards until one comes or the attempts are used up.
final class PollOperations {
  /// One attempt at 106 kbit/s type A, field settling included (about 5 ms).
  static final long PROBE_MICROS = 5_000;
  /// Selecting a card and, for ISO 14443-4, RATS and ATS.
  static final long ACTIVATION_MICROS = 1_500;
  static final long RATS_MICROS = 3_000;
  private static final long AUTO_POLL_UNIT_MICROS = 150_000;
  private static final int ENDLESS = 0xFF;

  private PollOperations() {}

  /// What to look for: how many, which type the radio asks for, which UID.
  record Wanted(int most, boolean typeA, byte[] filter) {}

  /// InListPassiveTarget: probes until a card answers or the retries are used up.
  static Operation list(Targets targets, RfSettings settings, Wanted wanted, long nowMicros) {
    return new Operation() {
      private long next = nowMicros + PROBE_MICROS;
      private int attempts;
      private boolean found;

      @Override
      public long nextMicros() {
        return next;
      }

      @Override
      public byte @Nullable [] step(long now) {
        if (found) {
          return listReply(targets);
        }
        if (wanted.typeA && targets.activate(wanted.most, wanted.filter, settings.autoRats()) > 0) {
          found = true;
          next = now + activationMicros(targets);
          return null;
        }
        next = now + PROBE_MICROS;
        boolean giveUp = settings.passiveRetries() != RfSettings.FOREVER
            && attempts++ >= settings.passiveRetries();
        return giveUp ? new byte[] {0x4B, 0x00} : null;
      }
    };
  }

  private static long activationMicros(Targets targets) {
    return targets.all().stream().mapToLong(target -> ACTIVATION_MICROS + (target.isoDep ? RATS_MICROS : 0))
        .sum();
  }

  private static byte[] listReply(Targets targets) {
    ByteArrayOutputStream reply = new ByteArrayOutputStream();
    reply.write(0x4B);
    reply.write(targets.all().size());
    int number = 1;
    for (Targets.Target target : targets.all()) {
      Targets.describe(reply, number++, target);
    }
    return reply.toByteArray();
  }

  /// InAutoPoll: `PollNr Period Type1 ..`; each type is asked in turn, a round lasts `Period` x 150 ms.
  static Operation autoPoll(Targets targets, RfSettings settings, byte[] command, long nowMicros) {
    int rounds = command[2] & 0xFF;
    long period = (command[3] & 0xFF) * AUTO_POLL_UNIT_MICROS;
    boolean typeA = false;
    for (int i = 4; i < command.length; i++) {
      int type = command[i] & 0xFF;
      typeA |= type == 0x00 || type == 0x10 || type == 0x20;
    }
    boolean asksTypeA = typeA;
    return new Operation() {
      private long next = nowMicros + PROBE_MICROS;
      private int round;

      @Override
      public long nextMicros() {
        return next;
      }

      @Override
      public byte @Nullable [] step(long now) {
        if (asksTypeA && targets.activate(2, new byte[0], settings.autoRats()) > 0) {
          return autoPollReply(targets);
        }
        next = now + Math.max(period, PROBE_MICROS);
        boolean giveUp = rounds != ENDLESS && ++round >= rounds;
        return giveUp ? new byte[] {0x61, 0x00} : null;
      }
    };
  }

  /// `NbTg {Type Len TargetData}`, type 10h for MIFARE at 106 kbit/s, 20h for ISO 14443-4 type A.
  private static byte[] autoPollReply(Targets targets) {
    ByteArrayOutputStream reply = new ByteArrayOutputStream();
    reply.write(0x61);
    reply.write(targets.all().size());
    int number = 1;
    for (Targets.Target target : targets.all()) {
      ByteArrayOutputStream data = new ByteArrayOutputStream();
      Targets.describe(data, number++, target);
      reply.write(target.isoDep ? 0x20 : 0x10);
      reply.write(data.size());
      reply.writeBytes(data.toByteArray());
    }
    return reply.toByteArray();
  }
}
