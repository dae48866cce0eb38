// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

/**
 * Hosts that are read over SSH: files by SFTP and commands that are written here, never one that a
 * check says. A host whose key is not known is not spoken to.
 */
@NullMarked
package org.citywall.compliance.collect.ssh;

import org.jspecify.annotations.NullMarked;
