package dev.counterfoil.sim.virtual;

import dev.counterfoil.sim.device.printer.Printed;
import dev.counterfoil.sim.virtual.device.Face;
import dev.counterfoil.sim.virtual.device.Sight;
import io.nayuki.qrcodegen.QrCode;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;

/// What is seen in a virtual shop, as the page's JSON says it. Pure.
final class PageWords {

  private static final HexFormat HEX = HexFormat.ofDelimiter(" ").withUpperCase();

  private PageWords() {}

  static Map<String, Object> object() {
    return new LinkedHashMap<>();
  }

  static Map<String, Object> face(Face face) {
    var object = object();
    switch (face) {
      case Face.Characters lcd -> {
        object.put("kind", "lcd");
        object.put("columns", lcd.columns());
        object.put("rows", lcd.rows());
        object.put("text", lcd.text());
        object.put("backlight", lcd.backlight());
      }
      case Face.Pixels pixels -> {
        object.put("kind", "oled");
        object.put("width", pixels.picture().width());
        object.put("height", pixels.picture().height());
        object.put("pixels", base64(pixels.bits()));
        object.put("text", pixels.text());
      }
    }
    return object;
  }

  static Map<String, Object> lamps(Sight.Lamps lamps) {
    var object = object();
    object.put("green", lamps.green());
    object.put("red", lamps.red());
    object.put("buzzer", lamps.buzzer());
    return object;
  }

  static Map<String, Object> paper(Printed part) {
    var object = object();
    switch (part) {
      case Printed.Line line -> {
        object.put("kind", "line");
        object.put("text", line.text());
        object.put("bold", line.bold());
        object.put("large", line.large());
        object.put("centred", line.centred());
      }
      case Printed.Qr qr -> {
        object.put("kind", "qr");
        object.put("content", qr.content());
        object.put("pixels", qr(qr.content()));
      }
      case Printed.Cut _ -> object.put("kind", "cut");
      case Printed.DrawerPulse _ -> object.put("kind", "drawer");
    }
    return object;
  }

  static Map<String, Object> printer(Sight.Printer printer) {
    var object = object();
    object.put("paper", printer.paper());
    object.put("coverOpen", printer.coverOpen());
    return object;
  }

  static Map<String, Object> scale(Sight.Scale scale) {
    var object = object();
    object.put("grams", scale.grams());
    object.put("restless", scale.restless());
    return object;
  }

  private static Map<String, Object> qr(String content) {
    QrCode code = QrCode.encodeText(content, QrCode.Ecc.MEDIUM);
    int across = Math.ceilDiv(code.size, Byte.SIZE);
    var bits = new byte[across * code.size];
    for (int y = 0; y < code.size; y++) {
      for (int x = 0; x < code.size; x++) {
        if (code.getModule(x, y)) {
          bits[y * across + x / Byte.SIZE] |= (byte) (0x80 >> x % Byte.SIZE);
        }
      }
    }
    var object = object();
    object.put("size", code.size);
    object.put("rows", base64(bits));
    return object;
  }

  static Map<String, Object> bus(long atMillis, Sight.Bus bus) {
    var object = object();
    object.put("atMillis", atMillis);
    object.put("wire", bus.wire());
    object.put("out", bus.out());
    object.put("hex", HEX.formatHex(bus.bytes()));
    object.put("text", bus.text());
    return object;
  }

  static Map<String, Object> link(long atMillis, Sight.Link link) {
    var object = object();
    object.put("atMillis", atMillis);
    object.put("channel", link.channel());
    object.put("out", link.out());
    object.put("text", link.text());
    return object;
  }

  static Map<String, Object> log(long atMillis, boolean alert, String text) {
    var object = object();
    object.put("atMillis", atMillis);
    object.put("level", alert ? "alert" : "note");
    object.put("text", text);
    return object;
  }

  static Map<String, Object> journal(long atMillis, Sight.Journal row) {
    var object = object();
    object.put("seq", row.seq());
    object.put("kind", row.kind());
    object.put("atMillis", atMillis);
    object.put("text", row.text());
    return object;
  }

  static Map<String, Object> acknowledged(Sight.Acknowledged marks) {
    var object = object();
    object.put("received", marks.received());
    object.put("settled", marks.settled());
    object.put("safe", marks.safe());
    return object;
  }

  /// Into `object`, so that it stands in a terminal's state as well as in an event.
  static void status(Map<String, Object> object, Sight.Status status) {
    object.put("power", status.on() ? "on" : "off");
    object.put("health", status.health());
    object.put("online", status.online());
    object.put("network", status.network());
    object.put("clockSkewMillis", status.skewMillis());
  }

  private static String base64(byte[] bytes) {
    return Base64.getEncoder().encodeToString(bytes);
  }
}
