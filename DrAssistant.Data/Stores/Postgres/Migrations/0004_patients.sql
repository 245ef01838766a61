-- Patients, who cares for them, what they must not be given.
--
-- Telephone, e-mail, address, contact and ABHA are ciphertext (see docs/security.md); the ..._index columns
-- are keyed hashes for exact look-up. Names and birth dates are in clear: safe identification needs them.

CREATE SEQUENCE mrn_numbers;
GRANT USAGE ON SEQUENCE mrn_numbers TO clinic_app, clinic_worker;

CREATE TABLE patients (
    id                       uuid PRIMARY KEY,
    mrn                      varchar(50) UNIQUE,
    abha_id                  bytea,
    abha_index               bytea,
    abha_address             bytea,
    abha_address_index       bytea,
    first_name               varchar(50) NOT NULL,
    last_name                varchar(50) NOT NULL,
    date_of_birth            date        NOT NULL,
    date_of_birth_estimated  boolean     NOT NULL DEFAULT false,
    gender                   varchar(10) NOT NULL,
    phone                    bytea,
    phone_index              bytea,
    phone_tail_index         bytea,
    email                    bytea,
    email_index              bytea,
    address                  bytea,
    emergency_contact        bytea,
    blood_group              varchar(5),
    allergies                text[],
    allergies_status         varchar(20) NOT NULL DEFAULT 'not_asked',
    allergies_recorded_at    timestamptz,
    preferred_language       varchar(10),
    deceased_at              timestamptz,
    merged_into              uuid REFERENCES patients (id),
    created_at               timestamptz NOT NULL DEFAULT now(),
    updated_at               timestamptz NOT NULL DEFAULT now(),
    status                   varchar(20) NOT NULL DEFAULT 'active',
    CONSTRAINT valid_gender CHECK (gender IN ('male', 'female', 'other')),
    CONSTRAINT valid_patient_status CHECK (status IN ('active', 'inactive', 'merged')),
    CONSTRAINT valid_allergies_status CHECK (allergies_status IN ('known', 'none_known', 'not_asked')),
    CONSTRAINT valid_blood_group CHECK (blood_group IN ('A+', 'A-', 'B+', 'B-', 'AB+', 'AB-', 'O+', 'O-'))
);
CREATE INDEX idx_patients_name ON patients (last_name, first_name);
CREATE INDEX idx_patients_dob ON patients (date_of_birth);
CREATE UNIQUE INDEX idx_patients_abha ON patients (abha_index) WHERE abha_index IS NOT NULL;
CREATE INDEX idx_patients_phone ON patients (phone_index) WHERE phone_index IS NOT NULL;
CREATE INDEX idx_patients_phone_tail ON patients (phone_tail_index) WHERE phone_tail_index IS NOT NULL;
CREATE INDEX idx_patients_email ON patients (email_index) WHERE email_index IS NOT NULL;
CREATE TRIGGER patients_updated_at BEFORE UPDATE ON patients FOR EACH ROW EXECUTE FUNCTION set_updated_at();

-- Who a patient is, without a clinical fact: what every member of staff may see of anybody (a hit in a search,
-- a name in the audit trail). Kept in step by a trigger, so no code path can forget it.
CREATE TABLE patient_names (
    patient_id              uuid PRIMARY KEY REFERENCES patients (id),
    mrn                     varchar(50),
    first_name              varchar(50) NOT NULL,
    last_name               varchar(50) NOT NULL,
    date_of_birth           date        NOT NULL,
    date_of_birth_estimated boolean     NOT NULL,
    gender                  varchar(10) NOT NULL,
    status                  varchar(20) NOT NULL
);
CREATE INDEX idx_patient_names_mrn ON patient_names (mrn);

-- Index terms for the search by name: folded words and phonetic keys. No policy on purpose: a pattern operator is
-- not leakproof and cannot use an index under one; a hit is an id, shown only through patient_names or patients.
CREATE TABLE patient_name_tokens (
    patient_id uuid        NOT NULL REFERENCES patients (id),
    kind       varchar(10) NOT NULL,
    token      varchar(60) NOT NULL,
    PRIMARY KEY (kind, token, patient_id),
    CONSTRAINT valid_token_kind CHECK (kind IN ('word', 'phonetic'))
);
CREATE INDEX idx_patient_name_tokens_patient ON patient_name_tokens (patient_id);
CREATE INDEX idx_patient_name_tokens_prefix ON patient_name_tokens (kind, token text_pattern_ops);
CREATE INDEX idx_patient_name_tokens_trigram ON patient_name_tokens USING gin (token gin_trgm_ops);

CREATE TABLE care_team (
    id         uuid PRIMARY KEY,
    patient_id uuid        NOT NULL REFERENCES patients (id),
    user_id    uuid        NOT NULL REFERENCES users (id),
    reason     varchar(20) NOT NULL,
    note       varchar(500),
    since      timestamptz NOT NULL DEFAULT now(),
    until      timestamptz,
    added_by   uuid REFERENCES users (id),
    CONSTRAINT valid_care_reason CHECK (reason IN ('appointment', 'encounter', 'check_in', 'colleague', 'break_glass', 'import'))
);
CREATE INDEX idx_care_team_user ON care_team (user_id, patient_id) INCLUDE (until);
CREATE INDEX idx_care_team_patient ON care_team (patient_id);
-- A lasting membership is written once.
CREATE UNIQUE INDEX care_team_once ON care_team (patient_id, user_id) WHERE until IS NULL;

-- Whose record the signed-in doctor or nurse may read, as a list: for the stores without row-level security.
-- Policies ask care_team themselves, by EXISTS: PostgreSQL then looks a few rows up by index, and hashes the list for
-- a large scan. (One array a statement was measured at 0.5 to 0.9 ms for 2,000 patients, a dozen times a screen.)
CREATE FUNCTION patients_in_care() RETURNS uuid[]
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT ARRAY(SELECT DISTINCT c.patient_id FROM care_team c
                 WHERE c.user_id = (SELECT clinic_carer()) AND (c.until IS NULL OR c.until > now()))
$$;
REVOKE ALL ON FUNCTION patients_in_care() FROM PUBLIC;
GRANT EXECUTE ON FUNCTION patients_in_care() TO clinic_app, clinic_worker;

-- The team of a patient, for those who are on it. A policy on care_team cannot ask care_team; this function can.
CREATE FUNCTION care_team_of(patient uuid) RETURNS TABLE (user_id uuid, full_name text, role text, until timestamptz)
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT u.id, u.full_name::text, u.role::text, c.until FROM care_team c JOIN users u ON u.id = c.user_id
    WHERE c.patient_id = patient AND (c.until IS NULL OR c.until > now()) AND u.status = 'active'
        AND EXISTS (SELECT 1 FROM care_team mine WHERE mine.patient_id = patient AND mine.user_id = clinic_carer()
                    AND (mine.until IS NULL OR mine.until > now()))
    ORDER BY u.role, u.full_name
$$;
REVOKE ALL ON FUNCTION care_team_of(uuid) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION care_team_of(uuid) TO clinic_app;

CREATE FUNCTION join_care_team(patient uuid, member uuid, why text, added_by uuid) RETURNS void
    LANGUAGE sql SECURITY DEFINER SET search_path = public, pg_temp AS $$
    INSERT INTO care_team (id, patient_id, user_id, reason, added_by)
    VALUES (gen_random_uuid(), patient, member, why, added_by)
    ON CONFLICT (patient_id, user_id) WHERE until IS NULL DO NOTHING
$$;
-- Only triggers of this schema call it: nobody joins a team by a plain statement.
REVOKE ALL ON FUNCTION join_care_team(uuid, uuid, text, uuid) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION join_care_team(uuid, uuid, text, uuid) TO clinic_worker;

CREATE TABLE allergies (
    id             uuid PRIMARY KEY,
    patient_id     uuid         NOT NULL REFERENCES patients (id),
    substance      varchar(200) NOT NULL,
    code           varchar(50),
    code_system    varchar(100),
    category       varchar(20),
    reaction       varchar(200),
    severity       varchar(20),
    status         varchar(20)  NOT NULL DEFAULT 'active',
    recorded_at    timestamptz  NOT NULL DEFAULT now(),
    recorded_by    uuid REFERENCES users (id),
    created_at     timestamptz  NOT NULL DEFAULT now(),
    updated_at     timestamptz  NOT NULL DEFAULT now(),
    CONSTRAINT valid_allergy_severity CHECK (severity IN ('mild', 'moderate', 'severe')),
    CONSTRAINT valid_allergy_status CHECK (status IN ('active', 'inactive', 'entered_in_error'))
);
CREATE INDEX idx_allergies_patient ON allergies (patient_id);
CREATE TRIGGER allergies_updated_at BEFORE UPDATE ON allergies FOR EACH ROW EXECUTE FUNCTION set_updated_at();

-- Consent to recording, sharing, contact (DPDP Act 2023: withdrawable as easily as given).
CREATE TABLE consents (
    id             uuid PRIMARY KEY,
    patient_id     uuid        NOT NULL REFERENCES patients (id),
    encounter_id   uuid,
    purpose        varchar(30) NOT NULL,
    notice_version varchar(20) NOT NULL,
    given_at       timestamptz NOT NULL,
    given_how      varchar(30) NOT NULL,
    recorded_by    uuid        NOT NULL REFERENCES users (id),
    withdrawn_at   timestamptz,
    CONSTRAINT valid_purpose CHECK (purpose IN ('treatment', 'voice_recording', 'sharing', 'contact'))
);
CREATE INDEX idx_consents_patient ON consents (patient_id);

CREATE FUNCTION mirror_patient_name() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    INSERT INTO patient_names VALUES
        (NEW.id, NEW.mrn, NEW.first_name, NEW.last_name, NEW.date_of_birth, NEW.date_of_birth_estimated, NEW.gender, NEW.status)
    ON CONFLICT (patient_id) DO UPDATE SET
        mrn = excluded.mrn, first_name = excluded.first_name, last_name = excluded.last_name,
        date_of_birth = excluded.date_of_birth, date_of_birth_estimated = excluded.date_of_birth_estimated,
        gender = excluded.gender, status = excluded.status;
    RETURN NULL;
END $$;
REVOKE ALL ON FUNCTION mirror_patient_name() FROM PUBLIC;
CREATE TRIGGER patients_mirror_name AFTER INSERT OR UPDATE ON patients
    FOR EACH ROW EXECUTE FUNCTION mirror_patient_name();

GRANT SELECT, INSERT, UPDATE ON patients, allergies, consents TO clinic_app, clinic_worker;
GRANT SELECT ON patient_names, care_team TO clinic_app, clinic_worker;
GRANT INSERT, UPDATE ON care_team TO clinic_worker;
GRANT SELECT, INSERT, DELETE ON patient_name_tokens TO clinic_app, clinic_worker;
