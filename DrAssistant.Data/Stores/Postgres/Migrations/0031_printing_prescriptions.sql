-- Prescriptions on paper: a running number, the code by which a print is checked, the words that are printed, and the PDFs that were made of them.

ALTER TABLE prescriptions ADD COLUMN number varchar(20), ADD CONSTRAINT prescriptions_number UNIQUE (number),
    ADD CONSTRAINT a_draft_has_no_number CHECK (number IS NULL OR status <> 'draft' AND signed_at IS NOT NULL);

-- A paper is found by what its seal begins with.
CREATE INDEX idx_prescriptions_code ON prescriptions (substr(signature, strpos(signature, ':') + 1, 13)) WHERE signature IS NOT NULL;

CREATE TABLE prescription_numbers (
    year smallint PRIMARY KEY,
    last integer NOT NULL
);
COMMENT ON TABLE prescription_numbers IS 'a counter a year; nothing about a patient';

-- RX-26-000018: given with the signature and never again, without a gap, whoever signs. Nobody can choose one.
CREATE FUNCTION give_prescription_number() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    the_year constant smallint := extract(year FROM NEW.valid_from);
    n integer;
BEGIN
    NEW.number := OLD.number;
    IF OLD.status = 'draft' AND NEW.status = 'signed' THEN
        INSERT INTO prescription_numbers AS c (year, last) VALUES (the_year, 1)
            ON CONFLICT (year) DO UPDATE SET last = c.last + 1 RETURNING last INTO n;
        NEW.number := 'RX-' || to_char(NEW.valid_from, 'YY') || '-' || lpad(n::text, 6, '0');
    END IF;
    RETURN NEW;
END $$;
REVOKE ALL ON FUNCTION give_prescription_number() FROM PUBLIC;
CREATE TRIGGER prescriptions_give_number BEFORE UPDATE ON prescriptions
    FOR EACH ROW EXECUTE FUNCTION give_prescription_number();

CREATE TABLE prescription_papers (
    id              uuid PRIMARY KEY,
    prescription_id uuid        NOT NULL,
    patient_id      uuid        NOT NULL,
    sheet           bytea       NOT NULL,
    created_at      timestamptz NOT NULL DEFAULT now(),
    CONSTRAINT prescription_papers_once UNIQUE (prescription_id),
    FOREIGN KEY (prescription_id, patient_id) REFERENCES prescriptions (id, patient_id)
);
COMMENT ON COLUMN prescription_papers.sheet IS 'ciphertext: every word that is printed, as JSON';

CREATE TABLE prescription_pdfs (
    id              uuid PRIMARY KEY,
    prescription_id uuid        NOT NULL,
    patient_id      uuid        NOT NULL,
    size            varchar(2)  NOT NULL,
    object_key      varchar(32) NOT NULL,
    content_length  bigint      NOT NULL,
    content_sha256  varchar(64) NOT NULL,
    created_at      timestamptz NOT NULL DEFAULT now(),
    CONSTRAINT prescription_pdfs_once UNIQUE (prescription_id, size),
    CONSTRAINT valid_paper_size CHECK (size IN ('a5', 'a4')),
    FOREIGN KEY (prescription_id, patient_id) REFERENCES prescriptions (id, patient_id)
);

-- Background work writes them, once; people read them.
DO $$
DECLARE
    t text;
BEGIN
    FOREACH t IN ARRAY ARRAY['prescription_papers', 'prescription_pdfs'] LOOP
        EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', t);
        EXECUTE format('ALTER TABLE %I FORCE ROW LEVEL SECURITY', t);
        EXECUTE format('GRANT SELECT ON %I TO clinic_app', t);
        EXECUTE format('GRANT SELECT, INSERT ON %I TO clinic_worker', t);
        EXECUTE format('CREATE POLICY %I ON %I TO clinic_worker USING (true) WITH CHECK (true)', t || '_worker', t);
        EXECUTE format('CREATE POLICY ' || t || '_read ON %1$I FOR SELECT TO clinic_app USING (EXISTS (SELECT 1 FROM care_team c
            WHERE c.user_id = (SELECT clinic_carer()) AND c.patient_id = %1$I.patient_id AND (c.until IS NULL OR c.until > now())))', t);
    END LOOP;
END $$;

CALL follow_merges('prescription_papers');
CALL follow_merges('prescription_pdfs');
