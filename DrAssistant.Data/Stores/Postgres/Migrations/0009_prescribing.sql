-- Prescriptions, pharmacies and the formulary.

CREATE TABLE pharmacies (
    id         uuid PRIMARY KEY,
    name       varchar(100) NOT NULL,
    phone      varchar(20),
    address    varchar(255),
    is_active  boolean      NOT NULL DEFAULT true
);

CREATE TABLE formulary_medicines (
    id               varchar(80)  PRIMARY KEY,
    generic_name     varchar(200) NOT NULL,
    combination_of   text[],
    atc_code         varchar(10),
    drug_class       varchar(60),
    forms            text[]       NOT NULL,
    strengths        text[]       NOT NULL,
    routes           text[]       NOT NULL,
    schedule         varchar(5)   NOT NULL,
    telemedicine_list varchar(10) NOT NULL,
    brand_names      text[],
    source           varchar(255) NOT NULL,
    is_active        boolean      NOT NULL DEFAULT true,
    CONSTRAINT valid_schedule CHECK (schedule IN ('OTC', 'H', 'H1', 'X', 'NDPS')),
    CONSTRAINT valid_telemedicine_list CHECK (telemedicine_list IN ('O', 'A', 'B', 'PROHIBITED'))
);

CREATE TABLE prescriptions (
    id            uuid PRIMARY KEY,
    encounter_id  uuid        NOT NULL REFERENCES encounters (id),
    patient_id    uuid        NOT NULL REFERENCES patients (id),
    doctor_id     uuid        NOT NULL REFERENCES users (id),
    status        varchar(20) NOT NULL DEFAULT 'draft',
    created_at    timestamptz NOT NULL DEFAULT now(),
    updated_at    timestamptz NOT NULL DEFAULT now(),
    signed_at     timestamptz,
    valid_from    date        NOT NULL DEFAULT CURRENT_DATE,
    valid_until   date,
    pharmacy_id   uuid REFERENCES pharmacies (id),
    notes         text,
    cancel_reason varchar(255),
    replaces_id   uuid REFERENCES prescriptions (id),
    CONSTRAINT valid_status CHECK (status IN ('draft', 'signed', 'sent', 'dispensed', 'cancelled')),
    CONSTRAINT signed_has_time CHECK (status IN ('draft', 'cancelled') OR signed_at IS NOT NULL),
    CONSTRAINT prescriptions_id_patient UNIQUE (id, patient_id),
    FOREIGN KEY (encounter_id, patient_id) REFERENCES encounters (id, patient_id)
);

CREATE TABLE prescription_items (
    id              uuid PRIMARY KEY,
    prescription_id uuid         NOT NULL REFERENCES prescriptions (id),
    patient_id      uuid         NOT NULL,
    medication_name varchar(255) NOT NULL,
    medication_code varchar(80),
    code_system     varchar(100),
    dosage          varchar(50)  NOT NULL,
    frequency       varchar(50)  NOT NULL,
    duration        varchar(50),
    quantity        varchar(50),
    refills         integer DEFAULT 0,
    instructions    text,
    ends_on         date,
    stopped_at      timestamptz,
    created_at      timestamptz  NOT NULL DEFAULT now(),
    updated_at      timestamptz  NOT NULL DEFAULT now(),
    CONSTRAINT valid_refills CHECK (refills >= 0),
    FOREIGN KEY (prescription_id, patient_id) REFERENCES prescriptions (id, patient_id)
);

CREATE INDEX idx_prescriptions_encounter ON prescriptions (encounter_id);
CREATE INDEX idx_prescriptions_patient ON prescriptions (patient_id);
CREATE INDEX idx_prescriptions_doctor ON prescriptions (doctor_id);
CREATE INDEX idx_prescriptions_status ON prescriptions (status);
CREATE INDEX idx_prescription_items_prescription ON prescription_items (prescription_id);
CREATE TRIGGER prescriptions_updated_at BEFORE UPDATE ON prescriptions FOR EACH ROW EXECUTE FUNCTION set_updated_at();
CREATE TRIGGER prescription_items_updated_at BEFORE UPDATE ON prescription_items FOR EACH ROW EXECUTE FUNCTION set_updated_at();

-- A signed prescription is never edited, only sent, dispensed, or cancelled and replaced; nothing becomes a draft again.
-- (pharmacy_id may still change: it says where the paper goes, not what the patient takes.)
CREATE FUNCTION refuse_signed_prescription_change() RETURNS trigger
    LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    IF OLD.status = 'draft' AND NEW.status NOT IN ('draft', 'signed', 'cancelled') THEN
        RAISE EXCEPTION 'a draft is signed before it goes anywhere' USING ERRCODE = 'restrict_violation';
    END IF;
    IF OLD.status <> 'draft' AND (NEW.status = 'draft'
        OR (NEW.encounter_id, NEW.patient_id, NEW.doctor_id, NEW.signed_at, NEW.valid_from, NEW.valid_until, NEW.notes, NEW.replaces_id)
        IS DISTINCT FROM (OLD.encounter_id, OLD.patient_id, OLD.doctor_id, OLD.signed_at, OLD.valid_from, OLD.valid_until, OLD.notes, OLD.replaces_id)) THEN
        RAISE EXCEPTION 'a signed prescription is not changed' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER prescriptions_signed BEFORE UPDATE ON prescriptions
    FOR EACH ROW EXECUTE FUNCTION refuse_signed_prescription_change();

-- Nor are its medicines: none changes, comes in, moves in, or goes. Stopping a medicine is not an edit. An import, which is
-- the worker's, writes a prescription that was signed elsewhere and then its items.
CREATE FUNCTION refuse_signed_item_change() RETURNS trigger
    LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    IF TG_OP = 'UPDATE' AND (NEW.medication_name, NEW.medication_code, NEW.code_system, NEW.dosage, NEW.frequency, NEW.duration,
            NEW.quantity, NEW.refills, NEW.instructions, NEW.prescription_id)
        IS NOT DISTINCT FROM (OLD.medication_name, OLD.medication_code, OLD.code_system, OLD.dosage, OLD.frequency, OLD.duration,
            OLD.quantity, OLD.refills, OLD.instructions, OLD.prescription_id) THEN
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
CREATE TRIGGER prescription_items_signed BEFORE INSERT OR UPDATE OR DELETE ON prescription_items
    FOR EACH ROW EXECUTE FUNCTION refuse_signed_item_change();
