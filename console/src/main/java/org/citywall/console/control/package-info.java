// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

/**
 * The control socket of a running server: {@code DIR/run/control.sock}, a Unix domain socket that
 * only the owner of the data folder can open. Commands that change a running installation go
 * through it, since only one process writes a data folder.
 *
 * <h2>Protocol</h2>
 *
 * One connection, one request, one answer, each one line of UTF-8 JSON of at most 64 KiB. Request:
 * {@code {"command":NAME, ...arguments}}. Answer: {@code {"ok":true, ...}} or {@code
 * {"ok":false,"code":"CLI-0002","error":TEXT}}.
 */
@NullMarked
package org.citywall.console.control;

import org.jspecify.annotations.NullMarked;
