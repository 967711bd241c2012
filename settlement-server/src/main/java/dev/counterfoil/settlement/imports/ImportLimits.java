package dev.counterfoil.settlement.imports;

/// What a file may be; larger ones are refused as a whole.
///
/// @param mostBytes      of the file
/// @param mostBytesOverHttp of one that comes over the API, where it is held in memory
/// @param mostRows       without the row of names. They are written at once, and taps wait meanwhile (docs/OPERATING.md)
/// @param cellCharacters longest cell
/// @param faultsShown    how many faults are listed, the rest is counted
/// @param progressRows   rows between two words about how far it is
public record ImportLimits(long mostBytes, long mostBytesOverHttp, int mostRows, int cellCharacters,
    int faultsShown,
    int progressRows) {

  public static final ImportLimits DEFAULT = new ImportLimits(64L << 20, 4L << 20, 20_000, 500, 20, 5_000);
}
