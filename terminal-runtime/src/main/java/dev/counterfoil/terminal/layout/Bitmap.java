package dev.counterfoil.terminal.layout;

/// Pixels that are on or off, eight rows of them to a byte as graphic displays keep them: in page `p`, column `x`, bit
/// `b` is the pixel at row `8 p + b`.
public final class Bitmap {

  public static final int PAGE_ROWS = 8;

  private final int width;
  private final byte[][] pages;

  /// @param width  columns
  /// @param height rows, a multiple of eight
  public Bitmap(int width, int height) {
    if (width < 1 || height < 1 || height % PAGE_ROWS != 0) {
      throw new IllegalArgumentException("no bitmap has " + width + " x " + height + " pixels");
    }
    this.width = width;
    this.pages = new byte[height / PAGE_ROWS][width];
  }

  public int width() {
    return width;
  }

  public int height() {
    return pages.length * PAGE_ROWS;
  }

  public int pages() {
    return pages.length;
  }

  /// Eight pixels, the topmost in the lowest bit.
  public byte octet(int page, int column) {
    return pages[page][column];
  }

  public boolean isSet(int x, int y) {
    return (pages[y / PAGE_ROWS][x] >> y % PAGE_ROWS & 1) != 0;
  }

  /// Switches a pixel on; nothing happens outside the picture.
  public void set(int x, int y) {
    if (x >= 0 && x < width && y >= 0 && y < height()) {
      pages[y / PAGE_ROWS][x] |= (byte) (1 << y % PAGE_ROWS);
    }
  }
}
