// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.audit.index;

/** Where a matching event is: read the event itself from the log. */
public record SearchHit(long leaf, long timestampMicros) {}
