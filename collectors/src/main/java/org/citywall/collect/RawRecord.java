// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.collect;

import java.time.Instant;
import org.citywall.audit.event.SourcePosition;

/**
 * A record as it arrived, before anybody interpreted it.
 *
 * @param bytes exact bytes without the transport's framing; owned by the record, not to be changed
 * @param receivedAt the collector's clock on receipt
 * @param position which source, which incarnation of it, which record of that
 */
public record RawRecord(byte[] bytes, Instant receivedAt, SourcePosition position) {}
