// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.console.report;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.fontbox.ttf.OTFParser;
import org.apache.fontbox.ttf.TTFParser;
import org.apache.fontbox.ttf.TrueTypeCollection;
import org.apache.fontbox.ttf.TrueTypeFont;
import org.apache.pdfbox.io.RandomAccessReadBufferedFile;
import org.citywall.audit.PlatformException;
import org.citywall.console.ConsoleErrorCode;
import org.jspecify.annotations.Nullable;

/**
 * The font of PDF reports: a TrueType file or collection (the first font of it). Fonts with
 * PostScript outlines (CFF, as Noto CJK) are refused: PDFBox does not embed a part of one.
 */
public final class ReportFont {

  /** Where packages of Debian, openEuler, Kylin and Fedora put Chinese TrueType fonts. */
  static final List<Path> USUAL =
      List.of(
          Path.of("/usr/share/fonts/truetype/wqy/wqy-zenhei.ttc"),
          Path.of("/usr/share/fonts/truetype/wqy/wqy-microhei.ttc"),
          Path.of("/usr/share/fonts/wqy-zenhei/wqy-zenhei.ttc"),
          Path.of("/usr/share/fonts/wqy-zenhei-fonts/wqy-zenhei.ttc"),
          Path.of("/usr/share/fonts/wqy-microhei/wqy-microhei.ttc"),
          Path.of("/usr/share/fonts/wqy-microhei-fonts/wqy-microhei.ttc"));

  private static final int TAG = 4;

  private final @Nullable Path chosen;
  private final List<Path> usual;

  ReportFont(@Nullable Path chosen, List<Path> usual) {
    this.chosen = chosen;
    this.usual = List.copyOf(usual);
  }

  /** The file that the operator chose; where none is chosen the first usual one there is. */
  public static ReportFont of(@Nullable Path chosen) {
    return new ReportFont(chosen, USUAL);
  }

  /** The file; {@code CON-0050} where there is none. */
  Path file() {
    if (chosen != null) {
      return chosen;
    }
    return usual.stream()
        .filter(Files::isReadable)
        .findFirst()
        .orElseThrow(() -> missing("none of " + usual + " is there", null));
  }

  /** Opens it anew; whoever calls closes it. {@code CON-0050} where it cannot be embedded. */
  TrueTypeFont open() {
    Path file = file();
    try {
      TrueTypeFont font = "ttcf".equals(tag(file)) ? first(file) : single(file);
      if (!font.getTableMap().containsKey("glyf")) {
        font.close();
        throw missing(file + " has PostScript outlines, not TrueType ones", null);
      }
      return font;
    } catch (IOException e) {
      throw missing(file + " cannot be read as a font: " + e.getMessage(), e);
    }
  }

  private static String tag(Path file) throws IOException {
    try (var in = Files.newInputStream(file)) {
      return new String(in.readNBytes(TAG), java.nio.charset.StandardCharsets.ISO_8859_1);
    }
  }

  private static TrueTypeFont single(Path file) throws IOException {
    TTFParser parser = "OTTO".equals(tag(file)) ? new OTFParser() : new TTFParser();
    return parser.parse(new RandomAccessReadBufferedFile(file));
  }

  private static TrueTypeFont first(Path file) throws IOException {
    AtomicReference<@Nullable String> name = new AtomicReference<>();
    TrueTypeCollection.processAllFontHeaders(
        file.toFile(), header -> name.compareAndSet(null, header.getName()));
    String first = name.get();
    // Not closed here: the font reads from it until it is closed itself.
    TrueTypeFont font =
        first == null ? null : new TrueTypeCollection(file.toFile()).getFontByName(first);
    if (font == null) {
      throw new IOException("the collection names no font");
    }
    return font;
  }

  private static PlatformException missing(String detail, @Nullable Exception cause) {
    return new PlatformException(ConsoleErrorCode.REPORT_FONT, detail, cause);
  }
}
