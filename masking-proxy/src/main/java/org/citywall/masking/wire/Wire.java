// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.masking.wire;

import java.security.SecureRandom;
import java.util.concurrent.Executor;
import org.citywall.masking.sql.SqlGate;

/**
 * What the sessions of one proxy share.
 *
 * @param workers runs what would hold an event loop up
 * @param salts key of the salts of accounts that do not exist
 */
record Wire(
    WireConfig config,
    SqlGate gate,
    Directory directory,
    Recorder recorder,
    LookUpBook lookUps,
    SubjectBook subjects,
    SchemaCache schemas,
    CancelKeys cancelKeys,
    UserConnections users,
    Executor workers,
    SecureRandom random,
    byte[] salts) {}
