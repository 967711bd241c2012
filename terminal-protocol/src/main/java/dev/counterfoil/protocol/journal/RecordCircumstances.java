package dev.counterfoil.protocol.journal;

/// What the terminal knew of time and hardware when it wrote a record.
///
/// @param wallMillis Unix milliseconds: the server's time carried on when `quality` is ANCHORED, else by its own clock
/// @param quality how far that clock can be believed
/// @param bootMillis milliseconds since the program's start, never going back
/// @param anchorId the server time it last took over, 0 = none
/// @param hardwareCounter a monotonic counter of the board or secure element, 0 = none
public record RecordCircumstances(long wallMillis, TimeQuality quality, long bootMillis, long anchorId,
    long hardwareCounter) {}
