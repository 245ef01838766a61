-- Orders are written here: a draft basket for each visit, signed together, numbered, and after that only moved along. Results come to them, by hand or
-- by a laboratory's message, are corrected by newer ones, acknowledged where they are critical, and reviewed.

-- The catalogue as it is chosen from, and what a report is read with.
ALTER TABLE order_catalogue
    ADD COLUMN short_name  varchar(60),
    ADD COLUMN specimen    varchar(60),
    ADD COLUMN value_type  varchar(20),
    ADD COLUMN decimals    smallint,
    ADD COLUMN body_site   varchar(60),
    ADD COLUMN sided       boolean NOT NULL DEFAULT false,
    ADD COLUMN preparation varchar(255),
    ADD CONSTRAINT valid_value_type CHECK (value_type IN ('numeric', 'coded', 'text'));
COMMENT ON COLUMN order_catalogue.sided IS 'left, right or both must be said';

-- The starter lists say more than was kept of them: the next start reads them again.
UPDATE order_catalogue SET source = regexp_replace(source, '^(\S+\.csv) \S+', '\1 as-it-was') WHERE source ~ '^\S+\.csv ';

CREATE TABLE reference_ranges (
    id            varchar(120) PRIMARY KEY,
    test_id       varchar(80)  NOT NULL REFERENCES order_catalogue (id),
    sex           varchar(10),
    from_years    numeric      NOT NULL DEFAULT 0,
    to_years      numeric      NOT NULL DEFAULT 120,
    low           numeric,
    high          numeric,
    critical_low  numeric,
    critical_high numeric,
    unit          varchar(40),
    note          varchar(255),
    source        varchar(255) NOT NULL,
    is_active     boolean      NOT NULL DEFAULT true,
    CONSTRAINT valid_range_sex CHECK (sex IN ('male', 'female')),
    CONSTRAINT range_is_ordered CHECK (from_years < to_years AND low <= high AND critical_low <= low AND high <= critical_high)
);
CREATE INDEX idx_reference_ranges_test ON reference_ranges (test_id) WHERE is_active;

CREATE TABLE order_sets (
    id               varchar(80)  PRIMARY KEY,
    name             varchar(100) NOT NULL,
    use_when         varchar(255),
    members          text[]       NOT NULL,
    optional_members text[],
    source           varchar(255) NOT NULL,
    is_active        boolean      NOT NULL DEFAULT true
);

-- A provider's own name for itself in its messages.
ALTER TABLE providers
    ADD COLUMN facility   varchar(60),
    ADD COLUMN email      varchar(255),
    ADD COLUMN created_at timestamptz NOT NULL DEFAULT now(),
    ADD COLUMN updated_at timestamptz NOT NULL DEFAULT now();
CREATE UNIQUE INDEX providers_facility ON providers (lower(facility)) WHERE facility IS NOT NULL;
CREATE TRIGGER providers_updated_at BEFORE UPDATE ON providers FOR EACH ROW EXECUTE FUNCTION set_updated_at();

ALTER TABLE orders
    ADD COLUMN version                     integer NOT NULL DEFAULT 1,
    ADD COLUMN requisition_id              uuid,
    ADD COLUMN number                      varchar(20),
    ADD COLUMN reason                      varchar(500),
    ADD COLUMN referred_to                 varchar(200),
    ADD COLUMN letter_parts                text[],
    ADD COLUMN signer_name                 varchar(100),
    ADD COLUMN signer_qualification        varchar(100),
    ADD COLUMN signer_registration_number  varchar(50),
    ADD COLUMN signer_registration_council varchar(100),
    ADD COLUMN cancelled_at                timestamptz,
    ADD COLUMN cancelled_by                uuid REFERENCES users (id),
    ADD COLUMN cancel_reason               varchar(255),
    ADD CONSTRAINT orders_number UNIQUE (number),
    ADD CONSTRAINT order_cancel_is_whole CHECK ((cancelled_at IS NULL) = (cancel_reason IS NULL) AND (cancelled_at IS NULL) = (cancelled_by IS NULL));
COMMENT ON COLUMN orders.requisition_id IS 'orders that were signed together';
COMMENT ON COLUMN orders.number IS 'what a laboratory sends back (placer order number)';
COMMENT ON COLUMN orders.letter_parts IS 'which parts of the chart go with a referral';

-- A doctor has one open basket in a visit: at most one draft of each kind.
CREATE UNIQUE INDEX one_draft_order_a_kind ON orders (encounter_id, doctor_id, order_type) WHERE status = 'draft';
CREATE INDEX idx_orders_requisition ON orders (requisition_id) WHERE requisition_id IS NOT NULL;
CREATE INDEX idx_orders_open ON orders (patient_id, ordered_at DESC) WHERE status IN ('ordered', 'in_progress');

ALTER TABLE order_items
    ADD COLUMN position     smallint NOT NULL DEFAULT 0,
    ADD COLUMN catalogue_id varchar(80) REFERENCES order_catalogue (id),
    ADD COLUMN side         varchar(10),
    ADD COLUMN completed_at timestamptz,
    ADD CONSTRAINT valid_side CHECK (side IN ('left', 'right', 'both'));

CREATE TABLE order_numbers (
    year smallint PRIMARY KEY,
    last integer NOT NULL
);
COMMENT ON TABLE order_numbers IS 'a counter a year; nothing about a patient';

-- OR-26-000018: given with the signature and never again. Nobody can choose one.
CREATE FUNCTION give_order_number() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    the_year constant smallint := extract(year FROM NEW.ordered_at);
    n integer;
BEGIN
    NEW.number := OLD.number;
    IF OLD.status = 'draft' AND NEW.status = 'ordered' THEN
        INSERT INTO order_numbers AS c (year, last) VALUES (the_year, 1)
            ON CONFLICT (year) DO UPDATE SET last = c.last + 1 RETURNING last INTO n;
        NEW.number := 'OR-' || to_char(NEW.ordered_at, 'YY') || '-' || lpad(n::text, 6, '0');
    END IF;
    RETURN NEW;
END $$;
REVOKE ALL ON FUNCTION give_order_number() FROM PUBLIC;
CREATE TRIGGER orders_give_number BEFORE UPDATE ON orders FOR EACH ROW EXECUTE FUNCTION give_order_number();

-- What was ordered stays: only where it stands may change, and it never goes back.
CREATE FUNCTION refuse_signed_order_change() RETURNS trigger
    LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
DECLARE
    goes_its_way constant text[] := ARRAY['status', 'completed_at', 'cancelled_at', 'cancelled_by', 'cancel_reason', 'version', 'updated_at'];
BEGIN
    IF only_refiled(to_jsonb(OLD), to_jsonb(NEW)) THEN
        RETURN NEW;
    END IF;
    IF OLD.status = 'draft' AND NEW.status NOT IN ('draft', 'ordered', 'cancelled') THEN
        RAISE EXCEPTION 'a draft is signed before it goes anywhere' USING ERRCODE = 'restrict_violation';
    END IF;
    IF OLD.status <> 'draft' AND to_jsonb(OLD) - goes_its_way <> to_jsonb(NEW) - goes_its_way THEN
        RAISE EXCEPTION 'a signed order is not changed' USING ERRCODE = 'restrict_violation';
    END IF;
    IF OLD.status <> NEW.status AND (NEW.status = 'draft' OR OLD.status IN ('completed', 'cancelled') OR OLD.status = 'in_progress' AND NEW.status = 'ordered') THEN
        RAISE EXCEPTION 'an order does not go back' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER orders_signed BEFORE UPDATE ON orders FOR EACH ROW EXECUTE FUNCTION refuse_signed_order_change();

CREATE FUNCTION refuse_signed_order_item_change() RETURNS trigger
    LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
DECLARE
    goes_its_way constant text[] := ARRAY['completed_at', 'updated_at'];
BEGIN
    IF TG_OP = 'UPDATE' AND (only_refiled(to_jsonb(OLD), to_jsonb(NEW)) OR to_jsonb(OLD) - goes_its_way = to_jsonb(NEW) - goes_its_way) THEN
        RETURN NEW;
    END IF;
    IF TG_OP = 'INSERT' AND pg_has_role(current_user, 'clinic_worker', 'USAGE') THEN
        RETURN NEW;
    END IF;
    IF EXISTS (SELECT 1 FROM orders o WHERE o.status <> 'draft'
            AND (TG_OP <> 'INSERT' AND o.id = OLD.order_id OR TG_OP <> 'DELETE' AND o.id = NEW.order_id)) THEN
        RAISE EXCEPTION 'a signed order is not changed' USING ERRCODE = 'restrict_violation';
    END IF;
    IF TG_OP = 'DELETE' THEN
        RETURN OLD;
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER order_items_signed BEFORE INSERT OR UPDATE OR DELETE ON order_items
    FOR EACH ROW EXECUTE FUNCTION refuse_signed_order_item_change();

-- Results.
ALTER TABLE results
    ADD COLUMN report_id       uuid,
    ADD COLUMN position        smallint NOT NULL DEFAULT 0,
    ADD COLUMN reported        varchar(80),
    ADD COLUMN comparator      varchar(2),
    ADD COLUMN value_code      varchar(50),
    ADD COLUMN value_code_system varchar(100),
    ADD COLUMN reference_text  varchar(255),
    ADD COLUMN laboratory_flag varchar(20),
    ADD COLUMN comment         text,
    ADD COLUMN source          varchar(20) NOT NULL DEFAULT 'imported',
    ADD COLUMN entered_by      uuid REFERENCES users (id),
    ADD COLUMN provider_id     uuid REFERENCES providers (id),
    ADD COLUMN document_id     uuid REFERENCES documents (id),
    ADD COLUMN message_id      uuid,
    ADD COLUMN acknowledged_by uuid REFERENCES users (id),
    ADD COLUMN acknowledged_at timestamptz,
    ADD COLUMN escalated_at    timestamptz,
    ADD CONSTRAINT valid_comparator CHECK (comparator IN ('<', '<=', '>', '>=')),
    ADD CONSTRAINT valid_result_source CHECK (source IN ('imported', 'entered', 'hl7', 'fhir')),
    ADD CONSTRAINT acknowledgement_is_whole CHECK ((acknowledged_by IS NULL) = (acknowledged_at IS NULL));
COMMENT ON COLUMN results.report_id IS 'values that came together';
COMMENT ON COLUMN results.reported IS 'as it came, where that was in another unit';
CREATE INDEX idx_results_report ON results (report_id) WHERE report_id IS NOT NULL;
COMMENT ON COLUMN results.laboratory_flag IS 'what the laboratory itself said (HL7 table 0078), kept beside our own';
CREATE INDEX idx_results_unacknowledged ON results (created_at)
    WHERE flag IN ('critical_low', 'critical_high') AND acknowledged_at IS NULL AND escalated_at IS NULL AND superseded_by IS NULL;
CREATE INDEX idx_results_message ON results (message_id) WHERE message_id IS NOT NULL;

-- What came stays as it came: a correction is another row. Only what people did with it may change.
CREATE FUNCTION refuse_result_change() RETURNS trigger
    LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
DECLARE
    done_with_it constant text[] := ARRAY['reviewed_by', 'reviewed_at', 'review_comment', 'superseded_by', 'acknowledged_by', 'acknowledged_at',
        'escalated_at', 'updated_at'];
BEGIN
    IF NOT only_refiled(to_jsonb(OLD), to_jsonb(NEW)) AND to_jsonb(OLD) - done_with_it <> to_jsonb(NEW) - done_with_it THEN
        RAISE EXCEPTION 'a result is not changed; a correction is another one' USING ERRCODE = 'restrict_violation';
    END IF;
    IF OLD.superseded_by IS NOT NULL AND NEW.superseded_by IS DISTINCT FROM OLD.superseded_by
        OR OLD.acknowledged_by IS NOT NULL AND NEW.acknowledged_by IS DISTINCT FROM OLD.acknowledged_by THEN
        RAISE EXCEPTION 'what was corrected or acknowledged stays so' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER results_kept BEFORE UPDATE ON results FOR EACH ROW EXECUTE FUNCTION refuse_result_change();

-- A nurse types in results and files what a laboratory sent; ordering stays the doctor's.
DROP POLICY results_write ON results;
DROP POLICY results_edit ON results;
CREATE POLICY results_write ON results FOR INSERT TO clinic_app
    WITH CHECK ((SELECT clinic_role()) IN ('doctor', 'nurse') AND entered_by = (SELECT clinic_user()) AND reviewed_by IS NULL AND acknowledged_by IS NULL
        AND EXISTS (SELECT 1 FROM care_team c WHERE c.user_id = (SELECT clinic_carer())
            AND c.patient_id = results.patient_id AND (c.until IS NULL OR c.until > now())));
CREATE POLICY results_edit ON results FOR UPDATE TO clinic_app
    USING ((SELECT clinic_role()) IN ('doctor', 'nurse')
        AND EXISTS (SELECT 1 FROM care_team c WHERE c.user_id = (SELECT clinic_carer())
            AND c.patient_id = results.patient_id AND (c.until IS NULL OR c.until > now())));
-- Reviewing and acknowledging is the doctor's, and in their own name.
CREATE FUNCTION refuse_anothers_review() RETURNS trigger
    LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    IF pg_has_role(current_user, 'clinic_app', 'USAGE') AND NOT pg_has_role(current_user, 'clinic_worker', 'USAGE')
        AND ((NEW.reviewed_by, NEW.reviewed_at, NEW.review_comment, NEW.acknowledged_by, NEW.acknowledged_at)
            IS DISTINCT FROM (OLD.reviewed_by, OLD.reviewed_at, OLD.review_comment, OLD.acknowledged_by, OLD.acknowledged_at))
        AND (clinic_role() IS DISTINCT FROM 'doctor'
            OR NEW.reviewed_by IS NOT NULL AND NEW.reviewed_by IS DISTINCT FROM OLD.reviewed_by AND NEW.reviewed_by <> clinic_user()
            OR NEW.acknowledged_by IS NOT NULL AND OLD.acknowledged_by IS NULL AND NEW.acknowledged_by <> clinic_user()) THEN
        RAISE EXCEPTION 'a result is reviewed by a doctor, in their own name' USING ERRCODE = 'insufficient_privilege';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER results_reviewed BEFORE UPDATE ON results FOR EACH ROW EXECUTE FUNCTION refuse_anothers_review();

CREATE POLICY orders_progress ON orders FOR UPDATE TO clinic_app
    USING ((SELECT clinic_role()) = 'nurse' AND status IN ('ordered', 'in_progress')
        AND EXISTS (SELECT 1 FROM care_team c WHERE c.user_id = (SELECT clinic_carer())
            AND c.patient_id = orders.patient_id AND (c.until IS NULL OR c.until > now())))
    WITH CHECK ((SELECT clinic_role()) = 'nurse' AND status IN ('in_progress', 'completed'));
CREATE POLICY order_items_progress ON order_items FOR UPDATE TO clinic_app
    USING ((SELECT clinic_role()) = 'nurse' AND completed_at IS NULL AND EXISTS (SELECT 1 FROM orders o WHERE o.id = order_id AND o.status <> 'draft')
        AND EXISTS (SELECT 1 FROM care_team c WHERE c.user_id = (SELECT clinic_carer())
            AND c.patient_id = order_items.patient_id AND (c.until IS NULL OR c.until > now())))
    WITH CHECK ((SELECT clinic_role()) = 'nurse' AND completed_at IS NOT NULL);

-- Who may send results, and with what key. The key itself is shown once and kept by nobody.
CREATE TABLE result_senders (
    id           uuid PRIMARY KEY,
    provider_id  uuid         NOT NULL REFERENCES providers (id),
    name         varchar(100) NOT NULL,
    key_hash     bytea        NOT NULL UNIQUE,
    created_by   uuid         NOT NULL REFERENCES users (id),
    created_at   timestamptz  NOT NULL DEFAULT now(),
    last_used_at timestamptz,
    revoked_at   timestamptz,
    revoked_by   uuid REFERENCES users (id)
);

-- A file or a request with one message or ten thousand. What was read of it is known by position, so that it goes on where it stopped.
CREATE TABLE result_files (
    id          uuid PRIMARY KEY,
    sender_id   uuid REFERENCES result_senders (id),
    name        varchar(255),
    digest      bytea        NOT NULL UNIQUE,
    format      varchar(10)  NOT NULL,
    status      varchar(20)  NOT NULL DEFAULT 'waiting',
    total       integer,
    filed       integer      NOT NULL DEFAULT 0,
    unmatched   integer      NOT NULL DEFAULT 0,
    refused     integer      NOT NULL DEFAULT 0,
    repeated    integer      NOT NULL DEFAULT 0,
    problem     varchar(500),
    content     bytea,
    received_at timestamptz  NOT NULL DEFAULT now(),
    finished_at timestamptz,
    CONSTRAINT valid_file_format CHECK (format IN ('hl7v2', 'fhir')),
    CONSTRAINT valid_file_status CHECK (status IN ('waiting', 'working', 'done', 'refused'))
);
COMMENT ON COLUMN result_files.content IS 'ciphertext, until it is done';

CREATE TABLE result_messages (
    id          uuid PRIMARY KEY,
    file_id     uuid         NOT NULL REFERENCES result_files (id),
    position    integer      NOT NULL,
    sender      varchar(100) NOT NULL,
    control_id  varchar(200),
    digest      bytea        NOT NULL,
    status      varchar(20)  NOT NULL,
    problem     varchar(500),
    received_at timestamptz  NOT NULL DEFAULT now(),
    CONSTRAINT result_messages_position UNIQUE (file_id, position),
    CONSTRAINT valid_message_status CHECK (status IN ('filed', 'unmatched', 'refused', 'repeated'))
);
CREATE INDEX idx_result_messages_control ON result_messages (sender, control_id) WHERE control_id IS NOT NULL;
CREATE INDEX idx_result_messages_digest ON result_messages (digest);
ALTER TABLE results ADD FOREIGN KEY (message_id) REFERENCES result_messages (id);

-- What nobody could place: never guessed, waiting for a person. Whose it is stands in the ciphertext alone.
CREATE TABLE unmatched_results (
    id          uuid PRIMARY KEY,
    message_id  uuid        NOT NULL REFERENCES result_messages (id),
    position    integer     NOT NULL,
    why         varchar(30) NOT NULL,
    content     bytea       NOT NULL,
    received_at timestamptz NOT NULL DEFAULT now(),
    settled_at  timestamptz,
    settled_by  uuid REFERENCES users (id),
    settled_as  varchar(20),
    settled_words varchar(500),
    CONSTRAINT unmatched_results_position UNIQUE (message_id, position),
    CONSTRAINT valid_unmatched_settling CHECK (settled_as IN ('attached', 'dismissed') AND settled_at IS NOT NULL AND settled_by IS NOT NULL
        OR settled_as IS NULL AND settled_at IS NULL AND settled_by IS NULL)
);
CREATE INDEX idx_unmatched_results_open ON unmatched_results (received_at) WHERE settled_at IS NULL;

DO $$
DECLARE
    t text;
BEGIN
    FOREACH t IN ARRAY ARRAY['result_senders', 'result_files', 'result_messages', 'unmatched_results'] LOOP
        EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', t);
        EXECUTE format('ALTER TABLE %I FORCE ROW LEVEL SECURITY', t);
        EXECUTE format('CREATE POLICY %I ON %I TO clinic_worker USING (true) WITH CHECK (true)', t || '_worker', t);
        EXECUTE format('GRANT SELECT, INSERT, UPDATE ON %I TO clinic_worker', t);
    END LOOP;
END $$;
GRANT SELECT, INSERT, UPDATE ON result_senders TO clinic_app;
CREATE POLICY result_senders_admin ON result_senders TO clinic_app
    USING ((SELECT clinic_role()) = 'admin') WITH CHECK ((SELECT clinic_role()) = 'admin');
GRANT SELECT ON result_files, result_messages TO clinic_app;
CREATE POLICY result_files_read ON result_files FOR SELECT TO clinic_app USING ((SELECT clinic_role()) IN ('admin', 'doctor', 'nurse'));
CREATE POLICY result_messages_read ON result_messages FOR SELECT TO clinic_app USING ((SELECT clinic_role()) IN ('admin', 'doctor', 'nurse'));
GRANT SELECT ON unmatched_results TO clinic_app;
GRANT UPDATE (settled_at, settled_by, settled_as, settled_words) ON unmatched_results TO clinic_app;
CREATE POLICY unmatched_results_read ON unmatched_results FOR SELECT TO clinic_app USING ((SELECT clinic_role()) IN ('doctor', 'nurse'));
CREATE POLICY unmatched_results_settle ON unmatched_results FOR UPDATE TO clinic_app
    USING ((SELECT clinic_role()) IN ('doctor', 'nurse') AND settled_at IS NULL)
    WITH CHECK ((SELECT clinic_role()) IN ('doctor', 'nurse') AND settled_by = (SELECT clinic_user()));

-- What everybody chooses from; admins write it.
GRANT SELECT ON reference_ranges, order_sets TO clinic_app, clinic_worker;
GRANT INSERT, UPDATE ON reference_ranges, order_sets, order_catalogue, providers TO clinic_app, clinic_worker;
GRANT SELECT ON order_catalogue, providers TO clinic_app, clinic_worker;
