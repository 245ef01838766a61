-- Finding a patient among hundreds of thousands: what is asked while one types is looked up in lists that stay short.

-- The words that names are made of, each once and without whose they are. A pattern is held against a few ten thousand words,
-- and not against every word of every patient. A word that nobody bears any more does no harm and stays.
CREATE TABLE name_words (
    word varchar(60) PRIMARY KEY
);
CREATE INDEX idx_name_words_prefix ON name_words (word text_pattern_ops);
CREATE INDEX idx_name_words_trigram ON name_words USING gin (word gin_trgm_ops);
GRANT SELECT, INSERT ON name_words TO clinic_app, clinic_worker;

CREATE FUNCTION keep_name_words() RETURNS trigger
    LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    INSERT INTO name_words SELECT DISTINCT token FROM written WHERE kind = 'word' ORDER BY token ON CONFLICT DO NOTHING;
    RETURN NULL;
END $$;
CREATE TRIGGER patient_name_tokens_keep_words AFTER INSERT ON patient_name_tokens
    REFERENCING NEW TABLE AS written FOR EACH STATEMENT EXECUTE FUNCTION keep_name_words();
INSERT INTO name_words SELECT DISTINCT token FROM patient_name_tokens WHERE kind = 'word';

-- Patterns go to name_words now; a patient's own terms are read from the index alone.
DROP INDEX idx_patient_name_tokens_trigram;
DROP INDEX idx_patient_name_tokens_prefix;
DROP INDEX idx_patient_name_tokens_patient;
CREATE INDEX idx_patient_name_tokens_patient ON patient_name_tokens (patient_id, kind, token);

-- By which rules the terms were made: a build with other rules makes them anew at its first start.
CREATE TABLE name_rules (
    version integer PRIMARY KEY
);
GRANT SELECT, INSERT, UPDATE ON name_rules TO clinic_worker;

-- Part of a patient's own number, and whom a merged record leads to.
ALTER TABLE patient_names
    ADD COLUMN survivor_id uuid REFERENCES patients (id),
    ADD COLUMN mrn_number varchar(6) GENERATED ALWAYS AS (substring(mrn FROM '^[A-Z]{1,4}[0-9]{2}-0*([0-9]{1,6})-[0-9]$')) STORED;
COMMENT ON COLUMN patient_names.survivor_id IS 'the record that a merged one leads to, at the end of the way; otherwise the record itself';
COMMENT ON COLUMN patient_names.mrn_number IS 'the running number in an MRN of this practice, without the noughts before it';
DROP INDEX idx_patient_names_mrn;
CREATE INDEX idx_patient_names_mrn ON patient_names (mrn text_pattern_ops);
CREATE INDEX idx_patient_names_mrn_number ON patient_names (mrn_number text_pattern_ops) WHERE mrn_number IS NOT NULL;
CREATE INDEX IF NOT EXISTS idx_patient_names_dob ON patient_names (date_of_birth);
CREATE INDEX idx_patient_names_survivor ON patient_names (survivor_id) WHERE survivor_id <> patient_id;
CREATE INDEX idx_patients_merged_into ON patients (merged_into) WHERE merged_into IS NOT NULL;
CREATE INDEX idx_patients_abha_address ON patients (abha_address_index) WHERE abha_address_index IS NOT NULL;

-- The owner's triggers and functions follow the way from record to record.
DROP POLICY IF EXISTS patients_owner ON patients;
CREATE POLICY patients_owner ON patients TO clinic_owner USING (true) WITH CHECK (true);

CREATE OR REPLACE FUNCTION mirror_patient_name() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    INSERT INTO patient_names (patient_id, mrn, first_name, last_name, date_of_birth, date_of_birth_estimated, gender, status, survivor_id)
    VALUES (NEW.id, NEW.mrn, NEW.first_name, NEW.last_name, NEW.date_of_birth, NEW.date_of_birth_estimated, NEW.gender, NEW.status, NEW.id)
    ON CONFLICT (patient_id) DO UPDATE SET
        mrn = excluded.mrn, first_name = excluded.first_name, last_name = excluded.last_name,
        date_of_birth = excluded.date_of_birth, date_of_birth_estimated = excluded.date_of_birth_estimated,
        gender = excluded.gender, status = excluded.status;
    IF (TG_OP = 'INSERT' AND NEW.merged_into IS NOT NULL) OR (TG_OP = 'UPDATE' AND NEW.merged_into IS DISTINCT FROM OLD.merged_into) THEN
        WITH RECURSIVE behind AS (
            SELECT NEW.id AS id
            UNION SELECT p.id FROM patients p JOIN behind b ON p.merged_into = b.id),
        ahead AS (
            SELECT NEW.id AS id, NEW.merged_into AS next, 0 AS step
            UNION ALL SELECT p.id, p.merged_into, a.step + 1 FROM ahead a JOIN patients p ON p.id = a.next WHERE a.step < 100)
        UPDATE patient_names n SET survivor_id = (SELECT a.id FROM ahead a WHERE a.next IS NULL)
        FROM behind b WHERE n.patient_id = b.id;
    END IF;
    RETURN NULL;
END $$;
UPDATE patient_names n SET survivor_id = coalesce(p.merged_into, n.patient_id) FROM patients p WHERE p.id = n.patient_id;
ALTER TABLE patient_names ALTER COLUMN survivor_id SET NOT NULL;
