-- ICD-10: what a diagnosis is called and coded as, from the starter list of this build and, where it was imported, the official list.

CREATE TABLE diagnosis_codes (
    code            varchar(10) PRIMARY KEY,
    code_key        varchar(10) NOT NULL GENERATED ALWAYS AS (replace(code, '.', '')) STORED,
    title           varchar(255),
    synonyms        text[]      NOT NULL DEFAULT '{}',
    chapter         smallint    NOT NULL,
    source          varchar(255),
    official_title  varchar(400),
    official_source varchar(255),
    is_active       boolean     NOT NULL DEFAULT false,
    words           tsvector    NOT NULL,
    CONSTRAINT valid_icd10_code CHECK (code ~ '^[A-Z][0-9][0-9A-Z](\.[0-9]{1,2})?$'),
    CONSTRAINT valid_chapter CHECK (chapter BETWEEN 1 AND 22),
    CONSTRAINT has_title CHECK (title IS NOT NULL OR official_title IS NOT NULL)
);
COMMENT ON COLUMN diagnosis_codes.title IS 'of the starter list, in words that a doctor says; NULL for a code that only the official list has';
COMMENT ON COLUMN diagnosis_codes.is_active IS 'stands in the starter list of this build; a code is offered when it does or when it has an official title';
COMMENT ON COLUMN diagnosis_codes.words IS 'title, official title and synonyms, word by word: kept by a trigger';
CREATE INDEX idx_diagnosis_codes_words ON diagnosis_codes USING gin (words);
CREATE INDEX idx_diagnosis_codes_key ON diagnosis_codes (code_key text_pattern_ops);

CREATE FUNCTION diagnosis_words() RETURNS trigger
    LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    -- A hyphen or a stroke parts words here: the parser would keep "rice-water" and "a/b" as one.
    NEW.words := to_tsvector('simple', regexp_replace(
        concat_ws(' ', NEW.title, NEW.official_title, array_to_string(NEW.synonyms, ' ')), '[^[:alnum:]]+', ' ', 'g'));
    RETURN NEW;
END $$;
CREATE TRIGGER diagnosis_codes_words BEFORE INSERT OR UPDATE ON diagnosis_codes FOR EACH ROW EXECUTE FUNCTION diagnosis_words();

-- How often somebody chose a code: it comes earlier the next time. Nothing about a patient.
CREATE TABLE diagnosis_uses (
    user_id      uuid        NOT NULL REFERENCES users (id),
    code         varchar(10) NOT NULL REFERENCES diagnosis_codes (code),
    uses         integer     NOT NULL DEFAULT 1,
    last_used_at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (user_id, code)
);
ALTER TABLE diagnosis_uses ENABLE ROW LEVEL SECURITY;
ALTER TABLE diagnosis_uses FORCE ROW LEVEL SECURITY;
CREATE POLICY diagnosis_uses_worker ON diagnosis_uses TO clinic_worker USING (true) WITH CHECK (true);
CREATE POLICY diagnosis_uses_own ON diagnosis_uses TO clinic_app
    USING (user_id = (SELECT clinic_user()) AND (SELECT clinic_role()) IN ('doctor', 'nurse'))
    WITH CHECK (user_id = (SELECT clinic_user()) AND (SELECT clinic_role()) IN ('doctor', 'nurse'));

GRANT SELECT ON diagnosis_codes TO clinic_app;
GRANT SELECT, INSERT, UPDATE ON diagnosis_codes, diagnosis_uses TO clinic_worker;
GRANT SELECT, INSERT, UPDATE ON diagnosis_uses TO clinic_app;
