package dev.counterfoil.settlement.store;

/// Something that a holder must be told (NTF-03).
///
/// @param number running number within the site
/// @param account whose holder, 0 for nobody known
/// @param kind stable code
/// @param about what it is about, such as `refund application 3`
/// @param words for people
public record NoticeRow(int site, long number, long account, String kind, String about, String words,
    long atMs) {}
