// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

/** Parsers: syslog envelopes, the programs behind them, JSON lines. Hand-written scanners. */
@NullMarked
package org.citywall.collect.internal.parse;

import org.jspecify.annotations.NullMarked;
