// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.correlation;

import org.jspecify.annotations.Nullable;

/**
 * A piece of what an engine knows for as long as an attack lasts: an open alert, a burst of failed
 * log-ins, a silent source. Windows are rebuilt by reading their entries again; for these pieces
 * that could mean days of entries, so the caller keeps them.
 *
 * @param key tells the piece from others; at most 64 characters
 * @param state JSON that only the engine reads; null where the piece has ended
 */
public record LastingState(String key, @Nullable String state) {}
