// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.verifier;

import java.io.Writer;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.StreamWriteFeature;
import tools.jackson.core.json.JsonFactory;

/**
 * Writes JSON with the streaming part of Jackson alone: binding it to types would need the rest.
 */
final class JsonLines {

  private static final JsonFactory FACTORY =
      JsonFactory.builder().disable(StreamWriteFeature.AUTO_CLOSE_TARGET).build();

  private JsonLines() {}

  /** A generator that leaves the writer open. */
  static JsonGenerator to(Writer out) {
    return FACTORY.createGenerator(ObjectWriteContext.empty(), out);
  }
}
