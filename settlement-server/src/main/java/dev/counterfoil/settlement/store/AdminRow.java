package dev.counterfoil.settlement.store;

/// One entry of the operators' log (AUD-02): who changed what. Written by the commit that made the change, never changed.
///
/// @param entry running number within the site, given by the store; 0 before
/// @param command as typed, without its values, such as `card lost`
/// @param detail the values, without secrets
public record AdminRow(int site, long entry, long atMs, String operator, String command, String detail) {}
