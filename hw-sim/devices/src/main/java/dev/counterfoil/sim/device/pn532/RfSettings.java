package dev.counterfoil.sim.device.pn532;

/// What RFConfiguration and SetParameters set (UM0701-02 sections 7.2.9 and 7.3.1), with power-on values.
///
/// `passiveRetries` is MxRtyPassiveActivation: further attempts after the first, 255 = for ever.
record RfSettings(boolean fieldOn, int passiveRetries, int comRetries, long exchangeTimeoutMicros,
    int parameters,
    boolean samConfigured) {
  static final int FOREVER = 0xFF;
  /// AutoATR_RES and AutoRATS are on after power-up.
  private static final int POWER_ON_PARAMETERS = 0x14;
  private static final long POWER_ON_TIMEOUT_MICROS = 51_200;
  private static final int AUTO_RATS = 0x10;
  private static final int NO_AMBLES = 0x40;

  static RfSettings powerOn() {
    return new RfSettings(false, FOREVER, 0, POWER_ON_TIMEOUT_MICROS, POWER_ON_PARAMETERS, false);
  }

  RfSettings withField(boolean on) {
    return new RfSettings(on, passiveRetries, comRetries, exchangeTimeoutMicros, parameters, samConfigured);
  }

  RfSettings withPassiveRetries(int retries) {
    return new RfSettings(fieldOn, retries, comRetries, exchangeTimeoutMicros, parameters, samConfigured);
  }

  RfSettings withComRetries(int retries) {
    return new RfSettings(fieldOn, passiveRetries, retries, exchangeTimeoutMicros, parameters, samConfigured);
  }

  /// Coded as 100 us x 2^(n-1); 0 means no time-out, taken here as the longest that can be coded.
  RfSettings withTimeoutCode(int code) {
    int exponent = code == 0 ? 15 : Math.min(code, 16) - 1;
    return new RfSettings(fieldOn, passiveRetries, comRetries, 100L << exponent, parameters, samConfigured);
  }

  RfSettings withParameters(int flags) {
    return new RfSettings(fieldOn, passiveRetries, comRetries, exchangeTimeoutMicros, flags, samConfigured);
  }

  RfSettings withSam() {
    return new RfSettings(fieldOn, passiveRetries, comRetries, exchangeTimeoutMicros, parameters, true);
  }

  boolean autoRats() {
    return (parameters & AUTO_RATS) != 0;
  }

  boolean ambles() {
    return (parameters & NO_AMBLES) == 0;
  }
}
