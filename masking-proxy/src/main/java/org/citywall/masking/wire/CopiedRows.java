// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.masking.wire;

import io.netty.buffer.ByteBuf;
import java.util.Optional;
import org.citywall.masking.sql.CopyFormat;
import org.citywall.masking.sql.WrittenText;

/** Reads rows of COPY from the client as they pass, in pieces of any length. */
sealed interface CopiedRows permits BinaryRows, DelimitedRows {

  /** Rows of this format. */
  static CopiedRows of(WrittenText.Copied copied) {
    CopiedFields fields = new CopiedFields(copied.columns());
    CopyFormat format = copied.format();
    return format.kind() == CopyFormat.Kind.BINARY
        ? new BinaryRows(fields)
        : new DelimitedRows(fields, format);
  }

  /** Reads on. */
  void take(ByteBuf data);

  /** There is no more. */
  void end();

  /** The first field so far that is what a mask left of a value: its column and row. */
  Optional<String> masked();
}
