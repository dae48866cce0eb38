// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.masking.wire;

import io.netty.buffer.ByteBuf;
import java.util.Optional;
import org.citywall.masking.sql.CopyFormat;

/** Rows of COPY as lines of text or of CSV. */
final class DelimitedRows implements CopiedRows {

  private static final byte BACKSLASH = '\\';

  private final CopiedFields fields;
  private final CopyFormat format;
  private final boolean csv;
  private final byte delimiter;
  private final byte quote;
  private final byte escape;
  private boolean header;
  private boolean escaped;
  private boolean quoted;
  private boolean hadQuotes;
  private boolean behindReturn;
  private boolean ended;

  DelimitedRows(CopiedFields fields, CopyFormat format) {
    this.fields = fields;
    this.format = format;
    csv = format.kind() == CopyFormat.Kind.CSV;
    delimiter = (byte) format.delimiter();
    quote = (byte) format.quote();
    escape = (byte) format.escape();
    header = format.header();
  }

  @Override
  public void take(ByteBuf data) {
    while (data.isReadable() && !ended) {
      byte one = data.readByte();
      boolean secondOfTwo = behindReturn && one == '\n';
      behindReturn = false;
      if (secondOfTwo) {
        continue;
      }
      if (csv) {
        ofCsv(one);
      } else {
        ofText(one);
      }
    }
  }

  private void ofText(byte one) {
    if (escaped) {
      escaped = false;
      if (one == '.' && fields.atStart()) {
        ended = true;
      } else if (one != 'N') {
        fields.add(unescaped(one));
      }
    } else if (one == BACKSLASH) {
      escaped = true;
    } else {
      plain(one);
    }
  }

  private static byte unescaped(byte one) {
    return switch (one) {
      case 'b' -> '\b';
      case 'f' -> '\f';
      case 'n' -> '\n';
      case 'r' -> '\r';
      case 't' -> '\t';
      case 'v' -> 0x0B;
      default -> one;
    };
  }

  private void ofCsv(byte one) {
    if (quoted && escaped) {
      escaped = false;
      if (one == quote || one == escape) {
        fields.add(one);
        return;
      }
      if (escape == quote) {
        quoted = false;
      } else {
        fields.add(escape);
      }
    }
    if (!quoted && one == quote) {
      quoted = true;
      hadQuotes = true;
    } else if (!quoted) {
      plain(one);
    } else if (one == escape) {
      escaped = true;
    } else if (one == quote) {
      quoted = false;
    } else {
      fields.add(one);
    }
  }

  private void plain(byte one) {
    if (one == delimiter) {
      endField();
    } else if (one == '\n' || one == '\r') {
      behindReturn = one == '\r';
      endField();
      endRow();
    } else {
      fields.add(one);
    }
  }

  private void endField() {
    fields.endField(hadQuotes ? null : format.nullText());
    hadQuotes = false;
  }

  private void endRow() {
    fields.endRow();
    if (header) {
      header = false;
      fields.forget();
    }
  }

  @Override
  public void end() {
    if (!ended && !fields.atStart()) {
      endField();
    }
  }

  @Override
  public Optional<String> masked() {
    return fields.masked();
  }
}
