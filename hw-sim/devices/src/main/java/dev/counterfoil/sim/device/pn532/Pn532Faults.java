package dev.counterfoil.sim.device.pn532;

import java.util.Arrays;

/// Ways in which a PN532 misbehaves in the field, switched on and off while it runs.
///
/// Sources: nfcpy #63, esphome #3281, tasmota #14236, node-pn532 #9 (hanging until a power cut); libnfc #742,
/// node-pn532 #3 (first frame lost); FTDI hang CircuitPython_PN532 #58. Thread-safe.
public final class Pn532Faults {
    /// How the chip hangs.
    public enum Hang {
        /// It works.
        NONE,
        /// Nothing answers, not even an ACK; only a power cycle helps.
        SILENT,
        /// Commands are acknowledged and never answered; only a power cycle helps.
        BUSY,
        /// As [#BUSY], but an ACK from the host, which aborts the running command, frees it.
        BUSY_UNTIL_ABORT,
    }

    /// Faults that hit a number of coming frames.
    public enum Shot {
        /// The next command frame is not seen (first frame lost after opening).
        COMMAND_LOST,
        /// The next command is answered by a NACK where the ACK should be.
        NACK_INSTEAD_OF_ACK,
        /// The ACK is not sent, the reply is.
        ACK_LOST,
        /// The ACK comes later than the 15 ms that the manual promises.
        ACK_LATE,
        /// The next command is answered by the error frame.
        ERROR_FRAME,
        /// Random bytes come before the next reply.
        GARBAGE,
        /// The data checksum of the next reply is wrong.
        BAD_CHECKSUM,
        /// The next reply is cut short.
        TRUNCATED,
        /// The next reply is never sent.
        REPLY_LOST,
    }

    private final int[] armed = new int[Shot.values().length];
    private final long[] seen = new long[Shot.values().length];
    private Hang hang = Hang.NONE;
    private long hangsAfterCommands = Long.MAX_VALUE;
    private Hang laterHang = Hang.NONE;
    private boolean hangsWhenInterrupted;
    private long hangs;
    private int awaitedCode = -1;
    private Shot awaitedShot = Shot.ACK_LOST;

    /// Hangs at once, or works again with [Hang#NONE].
    public synchronized void hang(Hang kind) {
        hang = kind;
        if (kind != Hang.NONE) {
            hangs++;
        }
    }

    /// Hangs after so many further commands: the chip that stops after hours.
    public synchronized void hangAfter(long commands, Hang kind) {
        hangsAfterCommands = commands;
        laterHang = kind;
    }

    /// When set, a new command while one is running (a host that was killed and started again without an
    /// ACK-abort) leaves the chip [Hang#BUSY_UNTIL_ABORT].
    public synchronized void hangsWhenInterrupted(boolean on) {
        hangsWhenInterrupted = on;
    }

    /// Hits the next `frames` frames.
    public synchronized void next(Shot shot, int frames) {
        armed[shot.ordinal()] += frames;
    }

    /// Hits one frame of the next command with this code.
    public synchronized void onCommand(int code, Shot shot) {
        awaitedCode = code;
        awaitedShot = shot;
    }

    synchronized void commandIs(int code) {
        if (code == awaitedCode) {
            awaitedCode = -1;
            next(awaitedShot, 1);
        }
    }

    /// How many frames this fault has hit.
    public synchronized long seen(Shot shot) {
        return seen[shot.ordinal()];
    }

    /// How often the chip began to hang.
    public synchronized long hangs() {
        return hangs;
    }

    public synchronized Hang hanging() {
        return hang;
    }

    /// Ends every fault; the counts stay.
    public synchronized void clear() {
        Arrays.fill(armed, 0);
        hang = Hang.NONE;
        hangsAfterCommands = Long.MAX_VALUE;
        hangsWhenInterrupted = false;
    }

    synchronized boolean fires(Shot shot) {
        if (armed[shot.ordinal()] == 0) {
            return false;
        }
        armed[shot.ordinal()]--;
        seen[shot.ordinal()]++;
        return true;
    }

    synchronized void commandArrives(boolean whileBusy) {
        if (hangsAfterCommands != Long.MAX_VALUE && --hangsAfterCommands < 0) {
            hangsAfterCommands = Long.MAX_VALUE;
            hang(laterHang);
        }
        if (whileBusy && hangsWhenInterrupted && hang == Hang.NONE) {
            hang(Hang.BUSY_UNTIL_ABORT);
        }
    }

    synchronized void aborted() {
        if (hang == Hang.BUSY_UNTIL_ABORT) {
            hang = Hang.NONE;
        }
    }

    synchronized void powerCycled() {
        hang = Hang.NONE;
    }
}
