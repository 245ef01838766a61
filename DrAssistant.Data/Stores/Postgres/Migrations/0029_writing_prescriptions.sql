-- Prescriptions are written here: drafts with structured lines, signatures, what was signed over, favourites, and the register of Schedule H1.

ALTER TABLE prescriptions
    ADD COLUMN version                    integer NOT NULL DEFAULT 1,
    ADD COLUMN signer_name                varchar(100),
    ADD COLUMN signer_qualification       varchar(100),
    ADD COLUMN signer_registration_number varchar(50),
    ADD COLUMN signer_registration_council varchar(100),
    ADD COLUMN content_digest             varchar(64),
    ADD COLUMN signature                  varchar(80),
    ADD COLUMN teleconsult_mode           varchar(10),
    ADD COLUMN teleconsult_follow_up      boolean,
    ADD COLUMN sent_at                    timestamptz,
    ADD COLUMN sent_by                    uuid REFERENCES users (id),
    ADD COLUMN dispensed_at               timestamptz,
    ADD COLUMN dispensed_by               uuid REFERENCES users (id),
    ADD COLUMN cancelled_at               timestamptz,
    ADD COLUMN cancelled_by               uuid REFERENCES users (id),
    ADD CONSTRAINT valid_teleconsult CHECK ((teleconsult_mode IS NULL) = (teleconsult_follow_up IS NULL) AND teleconsult_mode IN ('video', 'audio', 'text')),
    ADD CONSTRAINT signature_is_whole CHECK ((content_digest IS NULL) = (signature IS NULL) AND (content_digest IS NULL) = (signer_name IS NULL));

-- A doctor has one open draft in a visit; asked twice at once, both get the same one.
CREATE UNIQUE INDEX one_draft_a_visit ON prescriptions (encounter_id, doctor_id) WHERE status = 'draft';
CREATE INDEX idx_prescriptions_replaces ON prescriptions (replaces_id) WHERE replaces_id IS NOT NULL;

-- The seed's columns beside these hold the readable words: what is printed.
ALTER TABLE prescription_items
    ADD COLUMN position          smallint NOT NULL DEFAULT 0,
    ADD COLUMN brand             varchar(100),
    ADD COLUMN form              varchar(60),
    ADD COLUMN strength          varchar(100),
    ADD COLUMN route             varchar(50),
    ADD COLUMN food              varchar(50),
    ADD COLUMN words             text,
    ADD COLUMN typed             jsonb,
    ADD COLUMN sig               jsonb,
    ADD COLUMN schedule          varchar(5),
    ADD COLUMN stopped_by        uuid REFERENCES users (id),
    ADD COLUMN stop_reason       varchar(255),
    ADD CONSTRAINT valid_item_schedule CHECK (schedule IN ('OTC', 'H', 'H1', 'X', 'NDPS'));

-- What was signed stays, whatever columns there come to be: only those named here may change afterwards.
CREATE OR REPLACE FUNCTION refuse_signed_prescription_change() RETURNS trigger
    LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
DECLARE
    goes_its_way constant text[] := ARRAY['status', 'pharmacy_id', 'cancel_reason', 'sent_at', 'sent_by', 'dispensed_at', 'dispensed_by',
        'cancelled_at', 'cancelled_by', 'updated_at'];
BEGIN
    IF only_refiled(to_jsonb(OLD), to_jsonb(NEW)) THEN
        RETURN NEW;
    END IF;
    IF OLD.status = 'draft' AND NEW.status NOT IN ('draft', 'signed', 'cancelled') THEN
        RAISE EXCEPTION 'a draft is signed before it goes anywhere' USING ERRCODE = 'restrict_violation';
    END IF;
    IF OLD.status <> 'draft' AND (NEW.status IN ('draft', 'signed') AND NEW.status <> OLD.status
        OR to_jsonb(OLD) - goes_its_way <> to_jsonb(NEW) - goes_its_way) THEN
        RAISE EXCEPTION 'a signed prescription is not changed' USING ERRCODE = 'restrict_violation';
    END IF;
    IF OLD.status = 'cancelled' AND NEW.status <> 'cancelled' OR OLD.status = 'dispensed' AND NEW.status <> 'dispensed' THEN
        RAISE EXCEPTION 'a prescription does not come back' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;

CREATE OR REPLACE FUNCTION refuse_signed_item_change() RETURNS trigger
    LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
DECLARE
    stopping constant text[] := ARRAY['stopped_at', 'stopped_by', 'stop_reason', 'updated_at'];
BEGIN
    IF TG_OP = 'UPDATE' AND (only_refiled(to_jsonb(OLD), to_jsonb(NEW)) OR to_jsonb(OLD) - stopping = to_jsonb(NEW) - stopping) THEN
        RETURN NEW;
    END IF;
    IF TG_OP = 'INSERT' AND pg_has_role(current_user, 'clinic_worker', 'USAGE') THEN
        RETURN NEW;
    END IF;
    IF EXISTS (SELECT 1 FROM prescriptions p WHERE p.status <> 'draft'
            AND (TG_OP <> 'INSERT' AND p.id = OLD.prescription_id OR TG_OP <> 'DELETE' AND p.id = NEW.prescription_id)) THEN
        RAISE EXCEPTION 'a signed prescription is not changed' USING ERRCODE = 'restrict_violation';
    END IF;
    IF TG_OP = 'DELETE' THEN
        RETURN OLD;
    END IF;
    RETURN NEW;
END $$;

-- A finding that interrupted its doctor while a prescription was written, as it was shown, and the reason for which it was signed over.
CREATE TABLE prescription_findings (
    id              uuid PRIMARY KEY,
    prescription_id uuid         NOT NULL,
    patient_id      uuid         NOT NULL,
    doctor_id       uuid         NOT NULL REFERENCES users (id),
    finding_key     varchar(300) NOT NULL,
    kind            varchar(40)  NOT NULL,
    severity        varchar(20)  NOT NULL,
    shown           jsonb        NOT NULL,
    data_version    varchar(200) NOT NULL,
    shown_at        timestamptz  NOT NULL,
    reason          varchar(40),
    reason_text     varchar(500),
    overridden_at   timestamptz,
    overridden_by   uuid REFERENCES users (id),
    settled         varchar(10),
    created_at      timestamptz  NOT NULL DEFAULT now(),
    CONSTRAINT prescription_findings_once UNIQUE (prescription_id, finding_key),
    CONSTRAINT valid_settling CHECK (settled IN ('signed', 'heeded', 'given_up')),
    CONSTRAINT override_is_whole CHECK ((reason IS NULL) = (overridden_at IS NULL) AND (reason IS NULL) = (overridden_by IS NULL)
        AND (reason IS NULL) = (reason_text IS NULL)),
    FOREIGN KEY (prescription_id, patient_id) REFERENCES prescriptions (id, patient_id)
);
CREATE INDEX idx_prescription_findings_shown ON prescription_findings (shown_at);

-- Once signed, what was shown and said stays too.
CREATE FUNCTION refuse_signed_finding_change() RETURNS trigger
    LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    IF NOT only_refiled(to_jsonb(OLD), to_jsonb(NEW)) AND EXISTS (SELECT 1 FROM prescriptions p WHERE p.id = OLD.prescription_id AND p.status <> 'draft') THEN
        RAISE EXCEPTION 'a signed prescription is not changed' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER prescription_findings_signed BEFORE UPDATE ON prescription_findings
    FOR EACH ROW EXECUTE FUNCTION refuse_signed_finding_change();

-- The register of Schedule H1 medicines (Drugs and Cosmetics Rules, 65(3)(h)): every doctor of the practice may read it, so it holds no more than the rule asks for.
CREATE TABLE h1_register (
    id                  uuid PRIMARY KEY,
    item_id             uuid         NOT NULL UNIQUE REFERENCES prescription_items (id),
    prescription_id     uuid         NOT NULL,
    patient_id          uuid         NOT NULL,
    prescriber_id       uuid         NOT NULL REFERENCES users (id),
    prescriber          varchar(100) NOT NULL,
    registration_number varchar(50),
    signed_at           timestamptz  NOT NULL,
    medicine            varchar(255) NOT NULL,
    strength            varchar(100),
    quantity            varchar(50)  NOT NULL,
    cancelled_at        timestamptz,
    created_at          timestamptz  NOT NULL DEFAULT now(),
    FOREIGN KEY (prescription_id, patient_id) REFERENCES prescriptions (id, patient_id)
);
COMMENT ON COLUMN prescription_findings.settled IS 'signed: signed over with the reason; heeded: it was not there any more when it was signed; given_up: with the draft';
CREATE INDEX idx_h1_register_signed ON h1_register (signed_at DESC, id DESC);
CREATE INDEX idx_h1_register_prescription ON h1_register (prescription_id);

-- Favourites and sets are of medicines and name no patient.
CREATE TABLE favourite_medicines (
    id           uuid PRIMARY KEY,
    owner_id     uuid        NOT NULL REFERENCES users (id),
    line         jsonb       NOT NULL,
    fingerprint  varchar(64) NOT NULL,
    uses         integer     NOT NULL DEFAULT 0,
    last_used_at timestamptz,
    removed_at   timestamptz,
    created_at   timestamptz NOT NULL DEFAULT now(),
    updated_at   timestamptz NOT NULL DEFAULT now()
);
CREATE UNIQUE INDEX favourite_medicines_once ON favourite_medicines (owner_id, fingerprint) WHERE removed_at IS NULL;
CREATE TRIGGER favourite_medicines_updated_at BEFORE UPDATE ON favourite_medicines FOR EACH ROW EXECUTE FUNCTION set_updated_at();

CREATE TABLE medicine_sets (
    id         uuid PRIMARY KEY,
    owner_id   uuid REFERENCES users (id),
    made_by    uuid        NOT NULL REFERENCES users (id),
    name       varchar(60) NOT NULL,
    lines      jsonb       NOT NULL,
    removed_at timestamptz,
    created_at timestamptz NOT NULL DEFAULT now(),
    updated_at timestamptz NOT NULL DEFAULT now()
);
COMMENT ON COLUMN medicine_sets.owner_id IS 'null for a set of the whole practice';
CREATE UNIQUE INDEX medicine_sets_once ON medicine_sets (coalesce(owner_id, '00000000-0000-0000-0000-000000000000'), lower(name)) WHERE removed_at IS NULL;
CREATE TRIGGER medicine_sets_updated_at BEFORE UPDATE ON medicine_sets FOR EACH ROW EXECUTE FUNCTION set_updated_at();

DO $$
DECLARE
    t text;
    in_care constant text := 'EXISTS (SELECT 1 FROM care_team c WHERE c.user_id = (SELECT clinic_carer())
        AND c.patient_id = %1$I.patient_id AND (c.until IS NULL OR c.until > now()))';
    doctor constant text := '(SELECT clinic_role()) = ''doctor''';
    of_the_doctor constant text := doctor || ' AND owner_id = (SELECT clinic_user())';
BEGIN
    FOREACH t IN ARRAY ARRAY['prescription_findings', 'h1_register', 'favourite_medicines', 'medicine_sets'] LOOP
        EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', t);
        EXECUTE format('ALTER TABLE %I FORCE ROW LEVEL SECURITY', t);
        EXECUTE format('CREATE POLICY %I ON %I TO clinic_worker USING (true) WITH CHECK (true)', t || '_worker', t);
        EXECUTE format('GRANT SELECT, INSERT ON %I TO clinic_app', t);
        EXECUTE format('GRANT SELECT, INSERT, UPDATE ON %I TO clinic_worker', t);
    END LOOP;

    EXECUTE format('CREATE POLICY prescription_findings_read ON %1$I FOR SELECT TO clinic_app USING (' || in_care || ')', 'prescription_findings');
    EXECUTE format('CREATE POLICY prescription_findings_show ON %1$I FOR INSERT TO clinic_app
        WITH CHECK (' || doctor || ' AND doctor_id = (SELECT clinic_user()) AND reason IS NULL AND ' || in_care || ')', 'prescription_findings');
    EXECUTE format('CREATE POLICY prescription_findings_override ON %1$I FOR UPDATE TO clinic_app
        USING (' || doctor || ' AND doctor_id = (SELECT clinic_user()) AND ' || in_care || ')
        WITH CHECK (' || doctor || ' AND doctor_id = (SELECT clinic_user()) AND (overridden_by IS NULL OR overridden_by = (SELECT clinic_user())) AND ' || in_care || ')',
        'prescription_findings');
    GRANT UPDATE (kind, severity, shown, data_version, shown_at, reason, reason_text, overridden_at, overridden_by, settled)
        ON prescription_findings TO clinic_app;

    EXECUTE format('CREATE POLICY h1_register_read ON h1_register FOR SELECT TO clinic_app USING (' || doctor || ')');
    EXECUTE format('CREATE POLICY h1_register_write ON %1$I FOR INSERT TO clinic_app
        WITH CHECK (' || doctor || ' AND prescriber_id = (SELECT clinic_user()) AND ' || in_care || ')', 'h1_register');
    EXECUTE format('CREATE POLICY h1_register_strike ON %1$I FOR UPDATE TO clinic_app USING (' || doctor || ' AND ' || in_care || ')', 'h1_register');
    GRANT UPDATE (cancelled_at) ON h1_register TO clinic_app;

    EXECUTE 'CREATE POLICY favourite_medicines_own ON favourite_medicines TO clinic_app USING (' || of_the_doctor || ') WITH CHECK (' || of_the_doctor || ')';
    EXECUTE 'CREATE POLICY medicine_sets_own ON medicine_sets TO clinic_app
        USING (' || doctor || ' AND (owner_id IS NULL OR owner_id = (SELECT clinic_user())))
        WITH CHECK (' || doctor || ' AND (owner_id IS NULL OR owner_id = (SELECT clinic_user())))';
    GRANT UPDATE ON favourite_medicines, medicine_sets TO clinic_app;
END $$;

-- How often doctors were interrupted and signed all the same, for an admin: counts, and nothing of a patient. What is still a draft may yet be heeded.
CREATE FUNCTION override_counts(from_at timestamptz, to_at timestamptz)
    RETURNS TABLE (kind text, severity text, doctor_id uuid, doctor text, shown bigint, overridden bigint)
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT f.kind::text, f.severity::text, f.doctor_id, u.full_name::text, count(*), count(*) FILTER (WHERE f.settled = 'signed')
    FROM prescription_findings f JOIN users u ON u.id = f.doctor_id
    WHERE (SELECT clinic_role()) = 'admin' AND f.shown_at >= from_at AND f.shown_at < to_at AND f.settled IS NOT NULL
    GROUP BY 1, 2, 3, 4 ORDER BY count(*) DESC, 1, 2, 4
$$;
REVOKE ALL ON FUNCTION override_counts(timestamptz, timestamptz) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION override_counts(timestamptz, timestamptz) TO clinic_app;
CREATE POLICY prescription_findings_counted ON prescription_findings FOR SELECT TO clinic_owner USING (true);

CALL follow_merges('prescription_findings');
CALL follow_merges('h1_register');
