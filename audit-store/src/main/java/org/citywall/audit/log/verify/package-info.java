// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

/**
 * Verification of an evidence log without a server and without the code that writes it: this
 * package reads the files of {@link org.citywall.audit.log} by their specification and shares with
 * the writer only the public types for hashes, notes, envelopes and events.
 */
@NullMarked
package org.citywall.audit.log.verify;

import org.jspecify.annotations.NullMarked;
