-- SPDX-FileCopyrightText: The Citywall authors
-- SPDX-License-Identifier: Apache-2.0
-- The demo city's database: a small part of what its bureaus keep. All persons are made up.

CREATE SCHEMA population;
COMMENT ON SCHEMA population IS '人口库，责任单位：公安局';
CREATE SCHEMA legal_entity;
COMMENT ON SCHEMA legal_entity IS '法人库，责任单位：市场监督管理局';
CREATE SCHEMA social_security;
COMMENT ON SCHEMA social_security IS '社保库，责任单位：人力资源和社会保障局';
CREATE SCHEMA housing;
COMMENT ON SCHEMA housing IS '住房库，责任单位：住房和城乡建设局';

CREATE TABLE population.household (
  household_no text PRIMARY KEY,
  head_person_no text NOT NULL,
  address text NOT NULL,
  members smallint NOT NULL,
  district char(6) NOT NULL,
  registered_on date NOT NULL
);
COMMENT ON TABLE population.household IS '家庭户信息';
COMMENT ON COLUMN population.household.household_no IS '户号';
COMMENT ON COLUMN population.household.head_person_no IS '户主人员编号';
COMMENT ON COLUMN population.household.address IS '住址';
COMMENT ON COLUMN population.household.members IS '户内人数';
COMMENT ON COLUMN population.household.district IS '行政区划代码';
COMMENT ON COLUMN population.household.registered_on IS '立户日期';

CREATE TABLE population.person (
  person_no text PRIMARY KEY,
  id_card char(18) NOT NULL UNIQUE,
  name text NOT NULL,
  sex char(1) NOT NULL CHECK (sex IN ('1', '2')),
  birth_date date NOT NULL,
  ethnicity text NOT NULL,
  mobile char(11) NOT NULL,
  address text NOT NULL,
  household_no text NOT NULL REFERENCES population.household,
  district char(6) NOT NULL,
  status text NOT NULL,
  updated_at timestamptz NOT NULL
);
COMMENT ON TABLE population.person IS '人口基本信息';
COMMENT ON COLUMN population.person.person_no IS '人员编号';
COMMENT ON COLUMN population.person.id_card IS '公民身份号码';
COMMENT ON COLUMN population.person.name IS '姓名';
COMMENT ON COLUMN population.person.sex IS '性别：1 男，2 女';
COMMENT ON COLUMN population.person.birth_date IS '出生日期';
COMMENT ON COLUMN population.person.ethnicity IS '民族';
COMMENT ON COLUMN population.person.mobile IS '手机号码';
COMMENT ON COLUMN population.person.address IS '住址';
COMMENT ON COLUMN population.person.household_no IS '户号';
COMMENT ON COLUMN population.person.district IS '行政区划代码';
COMMENT ON COLUMN population.person.status IS '状态';
COMMENT ON COLUMN population.person.updated_at IS '更新时间';

CREATE TABLE legal_entity.enterprise (
  uscc char(18) PRIMARY KEY,
  name text NOT NULL,
  kind text NOT NULL,
  industry text NOT NULL,
  capital numeric(14, 2) NOT NULL,
  district char(6) NOT NULL,
  founded_on date NOT NULL,
  status text NOT NULL
);
COMMENT ON TABLE legal_entity.enterprise IS '企业登记';
COMMENT ON COLUMN legal_entity.enterprise.uscc IS '统一社会信用代码';
COMMENT ON COLUMN legal_entity.enterprise.name IS '名称';
COMMENT ON COLUMN legal_entity.enterprise.kind IS '类型';
COMMENT ON COLUMN legal_entity.enterprise.industry IS '行业';
COMMENT ON COLUMN legal_entity.enterprise.capital IS '注册资本（万元）';
COMMENT ON COLUMN legal_entity.enterprise.district IS '行政区划代码';
COMMENT ON COLUMN legal_entity.enterprise.founded_on IS '成立日期';
COMMENT ON COLUMN legal_entity.enterprise.status IS '登记状态';

CREATE TABLE legal_entity.representative (
  uscc char(18) PRIMARY KEY REFERENCES legal_entity.enterprise,
  name text NOT NULL,
  id_card char(18) NOT NULL,
  mobile char(11) NOT NULL,
  since date NOT NULL
);
COMMENT ON TABLE legal_entity.representative IS '法定代表人';
COMMENT ON COLUMN legal_entity.representative.uscc IS '统一社会信用代码';
COMMENT ON COLUMN legal_entity.representative.name IS '姓名';
COMMENT ON COLUMN legal_entity.representative.id_card IS '公民身份号码';
COMMENT ON COLUMN legal_entity.representative.mobile IS '手机号码';
COMMENT ON COLUMN legal_entity.representative.since IS '任职日期';

CREATE TABLE social_security.participant (
  participant_no text PRIMARY KEY,
  id_card char(18) NOT NULL UNIQUE,
  name text NOT NULL,
  employer_uscc char(18) NOT NULL REFERENCES legal_entity.enterprise,
  insurance_kind text NOT NULL,
  base_amount numeric(10, 2) NOT NULL,
  bank_card text NOT NULL,
  mobile char(11) NOT NULL,
  district char(6) NOT NULL,
  joined_on date NOT NULL,
  status text NOT NULL
);
COMMENT ON TABLE social_security.participant IS '参保人员';
COMMENT ON COLUMN social_security.participant.participant_no IS '个人社保编号';
COMMENT ON COLUMN social_security.participant.id_card IS '公民身份号码';
COMMENT ON COLUMN social_security.participant.name IS '姓名';
COMMENT ON COLUMN social_security.participant.employer_uscc IS '参保单位统一社会信用代码';
COMMENT ON COLUMN social_security.participant.insurance_kind IS '险种';
COMMENT ON COLUMN social_security.participant.base_amount IS '缴费基数';
COMMENT ON COLUMN social_security.participant.bank_card IS '社保卡银行账号';
COMMENT ON COLUMN social_security.participant.mobile IS '手机号码';
COMMENT ON COLUMN social_security.participant.district IS '行政区划代码';
COMMENT ON COLUMN social_security.participant.joined_on IS '参保日期';
COMMENT ON COLUMN social_security.participant.status IS '参保状态';

CREATE TABLE social_security.payment (
  id bigint PRIMARY KEY,
  participant_no text NOT NULL REFERENCES social_security.participant,
  period char(6) NOT NULL,
  employer_amount numeric(10, 2) NOT NULL,
  person_amount numeric(10, 2) NOT NULL,
  paid_on date NOT NULL,
  UNIQUE (participant_no, period)
);
COMMENT ON TABLE social_security.payment IS '社保缴费';
COMMENT ON COLUMN social_security.payment.id IS '流水号';
COMMENT ON COLUMN social_security.payment.participant_no IS '个人社保编号';
COMMENT ON COLUMN social_security.payment.period IS '费款所属期';
COMMENT ON COLUMN social_security.payment.employer_amount IS '单位缴费额';
COMMENT ON COLUMN social_security.payment.person_amount IS '个人缴费额';
COMMENT ON COLUMN social_security.payment.paid_on IS '到账日期';

CREATE TABLE social_security.benefit (
  id bigint PRIMARY KEY,
  participant_no text NOT NULL REFERENCES social_security.participant,
  kind text NOT NULL,
  amount numeric(10, 2) NOT NULL,
  bank_card text NOT NULL,
  granted_on date NOT NULL
);
COMMENT ON TABLE social_security.benefit IS '待遇发放';
COMMENT ON COLUMN social_security.benefit.id IS '流水号';
COMMENT ON COLUMN social_security.benefit.participant_no IS '个人社保编号';
COMMENT ON COLUMN social_security.benefit.kind IS '待遇种类';
COMMENT ON COLUMN social_security.benefit.amount IS '发放金额';
COMMENT ON COLUMN social_security.benefit.bank_card IS '收款银行账号';
COMMENT ON COLUMN social_security.benefit.granted_on IS '发放日期';

CREATE TABLE housing.property (
  property_no text PRIMARY KEY,
  owner_id_card char(18) NOT NULL,
  owner_name text NOT NULL,
  address text NOT NULL,
  area_m2 numeric(7, 2) NOT NULL,
  usage text NOT NULL,
  district char(6) NOT NULL,
  registered_on date NOT NULL
);
CREATE INDEX ON housing.property (owner_id_card);
COMMENT ON TABLE housing.property IS '房屋权属';
COMMENT ON COLUMN housing.property.property_no IS '房屋编号';
COMMENT ON COLUMN housing.property.owner_id_card IS '权利人公民身份号码';
COMMENT ON COLUMN housing.property.owner_name IS '权利人姓名';
COMMENT ON COLUMN housing.property.address IS '坐落';
COMMENT ON COLUMN housing.property.area_m2 IS '建筑面积（平方米）';
COMMENT ON COLUMN housing.property.usage IS '用途';
COMMENT ON COLUMN housing.property.district IS '行政区划代码';
COMMENT ON COLUMN housing.property.registered_on IS '登记日期';

CREATE TABLE housing.contract (
  contract_no text PRIMARY KEY,
  property_no text NOT NULL REFERENCES housing.property,
  buyer_id_card char(18) NOT NULL,
  buyer_name text NOT NULL,
  price numeric(12, 2) NOT NULL,
  signed_on date NOT NULL
);
COMMENT ON TABLE housing.contract IS '商品房合同备案';
COMMENT ON COLUMN housing.contract.contract_no IS '合同编号';
COMMENT ON COLUMN housing.contract.property_no IS '房屋编号';
COMMENT ON COLUMN housing.contract.buyer_id_card IS '买受人公民身份号码';
COMMENT ON COLUMN housing.contract.buyer_name IS '买受人姓名';
COMMENT ON COLUMN housing.contract.price IS '成交价（元）';
COMMENT ON COLUMN housing.contract.signed_on IS '签订日期';
