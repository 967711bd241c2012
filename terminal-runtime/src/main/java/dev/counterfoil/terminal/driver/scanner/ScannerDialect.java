package dev.counterfoil.terminal.driver.scanner;

import dev.counterfoil.terminal.device.DeviceFaultException;

/// How one family of scanners is set up and asked whether it is still there.
public interface ScannerDialect {

  /// What the family is called in messages.
  String name();

  /// Brings the scanner from any setting to the one this driver needs, and makes sure that it is in force. Settings are
  /// made in the scanner's working memory only: its flash wears out.
  ///
  /// @throws DeviceFaultException with `SCANNER_SILENT`, `SCANNER_GARBLED` or `SCANNER_REFUSED`; trying again is safe
  void setUp(ScannerTalk talk) throws DeviceFaultException, InterruptedException;

  /// Asks whether the scanner is there and set up. Codes that come meanwhile are kept.
  ///
  /// @throws DeviceFaultException as [#setUp]
  void check(ScannerTalk talk) throws DeviceFaultException, InterruptedException;

  /// A scanner that is set up by the codes in its manual and only ever talks: nothing can be asked of it.
  static ScannerDialect plain() {
    return new ScannerDialect() {
      @Override
      public String name() {
        return "plain";
      }

      @Override
      public void setUp(ScannerTalk talk) {
        // By hand.
      }

      @Override
      public void check(ScannerTalk talk) {
        // It answers nothing.
      }
    };
  }
}
