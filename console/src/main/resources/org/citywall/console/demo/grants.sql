-- SPDX-FileCopyrightText: The Citywall authors
-- SPDX-License-Identifier: Apache-2.0
-- Who may do what; the log-ins get their passwords from the platform at the first start.
-- The database gets its final name, yunlan, when it is complete.

REVOKE ALL ON DATABASE yunlan_new FROM PUBLIC;
GRANT CONNECT ON DATABASE yunlan_new TO citywall, yunlan_desk, yunlan_analyst, yunlan_vendor;
GRANT USAGE ON SCHEMA population, legal_entity, social_security, housing
  TO citywall, yunlan_desk, yunlan_analyst;
GRANT SELECT ON ALL TABLES IN SCHEMA population, legal_entity, social_security, housing
  TO citywall, yunlan_desk, yunlan_analyst;
GRANT UPDATE ON ALL TABLES IN SCHEMA population, legal_entity, social_security, housing
  TO yunlan_desk;
GRANT USAGE ON SCHEMA social_security TO yunlan_vendor;
GRANT SELECT ON ALL TABLES IN SCHEMA social_security TO yunlan_vendor;
COMMENT ON DATABASE yunlan_new IS '云澜市公共数据（虚构）';
COMMENT ON ROLE citywall IS '脱敏代理登录账号';
COMMENT ON ROLE yunlan_desk IS '窗口业务系统';
COMMENT ON ROLE yunlan_analyst IS '数据分析只读';
COMMENT ON ROLE yunlan_vendor IS '外包运维只读';
