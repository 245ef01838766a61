using DrAssistant.Data.Prescribing;

namespace DrAssistant.Data.Import.Fhir.Maps;

/// <summary>MedicationRequest: a line of a prescription; what one doctor wrote in one visit at one time is one prescription.</summary>
internal static class MedicationMap
{
    public static void Map(FhirEntry entry, FileContext context)
    {
        if (context.Patient(entry, "subject") is not { } patientId || !IsPrescribed(entry))
        {
            return;
        }

        var named = context.Visit(entry, patientId);
        if ((entry.Time("authoredOn") ?? named?.Start) is not { } at)
        {
            entry.Refuse("has no authoredOn");
            return;
        }

        var requester = context.Practitioner(entry, entry.Resource.Part("requester"));
        var visit = named ?? context.VisitAround(entry, patientId, requester, at);
        var status = Status(entry);
        var doctor = requester ?? visit.DoctorId;
        var prescription = context.Shared((visit.Id, doctor, at, status), () => new Prescription
        {
            Id = Guid.CreateVersion7(),
            EncounterId = visit.Id,
            PatientId = patientId,
            DoctorId = doctor,
            Status = status,
            CreatedAt = at,
            SignedAt = at,
            ValidFrom = context.Clock.DayOf(at),
            CancelReason = status == PrescriptionStatus.Cancelled ? "Cancelled before the import" : null,
        });
        var item = Item(entry, context, prescription, at);
        entry.Add(Tables.Prescriptions, prescription);
        entry.Add(Tables.PrescriptionItems, item);
        entry.Becomes("prescription_items", item.Id, patientId);
    }

    private static PrescriptionItem Item(FhirEntry entry, FileContext context, Prescription prescription, DateTimeOffset at)
    {
        var coded = Medicine(entry, context);
        var sig = Sig.Of(entry);
        var supply = entry.Resource.Part("dispenseRequest");
        var refills = supply.Number("numberOfRepeatsAllowed");
        if (refills is < 0 or > 1000)
        {
            entry.Refuse("dispenseRequest.numberOfRepeatsAllowed is no number of refills");
        }

        return new PrescriptionItem
        {
            Id = Guid.CreateVersion7(),
            PrescriptionId = prescription.Id,
            PatientId = prescription.PatientId,
            MedicationName = coded.Name,
            MedicationCode = coded.Code,
            CodeSystem = coded.System,
            Dosage = sig.Dosage,
            Frequency = sig.Frequency,
            Duration = entry.Fit(sig.Duration ?? Measured.Written(supply.Part("expectedSupplyDuration")), 50, "dispenseRequest.expectedSupplyDuration"),
            Quantity = entry.Fit(Measured.Written(supply.Part("quantity")), 50, "dispenseRequest.quantity"),
            Refills = (int)(refills ?? 0),
            Instructions = sig.Instructions,
            EndsOn = EndsOn(entry, context, at),
            StoppedAt = StoppedAt(entry, at),
        };
    }

    private static Coded Medicine(FhirEntry entry, FileContext context)
    {
        if (entry.Resource.Part("medicationReference") is not { } reference)
        {
            return entry.Concept(entry.Resource.Part("medicationCodeableConcept"), "medicationCodeableConcept", Coded.RxNorm, longestName: 255, longestCode: 80);
        }

        var text = reference.Text("reference") ?? "";
        var contained = entry.Resource.Items("contained").FirstOrDefault(c => text == "#" + c.Text("id"));
        var medicine = Coded.Of(contained.Part("code"), Coded.RxNorm)
            ?? context.Index.Medicine(text, entry.Key.Source)
            ?? (reference.Text("display") is { } display ? new Coded(null, null, display) : null);
        if (medicine is null)
        {
            entry.Refuse("medicationReference was not found");
            return new Coded(null, null, "");
        }

        entry.Fit(medicine.Name, 255, "medicationReference");
        entry.Fit(medicine.Code, 80, "medicationReference.code");
        return medicine;
    }

    private static bool IsPrescribed(FhirEntry entry)
    {
        var intent = entry.Text("intent");
        if (intent is "proposal" or "plan" or "option" || entry.Text("status") == "draft" || entry.Resource.Flag("doNotPerform") == true)
        {
            entry.NoPlace = "MedicationRequest that is not an order (a plan, a draft, or not to be given)";
            return false;
        }

        return entry.Word(intent, "intent", ("order", true), ("original-order", true), ("reflex-order", true), ("filler-order", true), ("instance-order", true));
    }

    private static PrescriptionStatus Status(FhirEntry entry)
    {
        var word = entry.Text("status");
        if (word is "on-hold" or "unknown")
        {
            entry.Nearest.Add($"MedicationRequest.status {word}: signed");
        }

        return entry.Word(word, "status",
            ("active", PrescriptionStatus.Signed), ("completed", PrescriptionStatus.Signed), ("stopped", PrescriptionStatus.Signed),
            ("on-hold", PrescriptionStatus.Signed), ("unknown", PrescriptionStatus.Signed),
            ("cancelled", PrescriptionStatus.Cancelled), ("entered-in-error", PrescriptionStatus.Cancelled));
    }

    /// <summary>A medicine that was stopped must never look current; R4 does not say when that was.</summary>
    private static DateTimeOffset? StoppedAt(FhirEntry entry, DateTimeOffset written)
    {
        if (entry.Text("status") != "stopped")
        {
            return null;
        }

        if (SupplyEnds(entry) is { } ends)
        {
            return ends.At;
        }

        entry.Nearest.Add("MedicationRequest.status stopped, on a day not known: the time of writing stands");
        return written;
    }

    private static DateOnly? EndsOn(FhirEntry entry, FileContext context, DateTimeOffset written)
    {
        if (SupplyEnds(entry) is { } ends)
        {
            return ends.Day;
        }

        if (entry.Text("status") != "completed")
        {
            return null;
        }

        entry.Nearest.Add("MedicationRequest.status completed, on a day not known: the day of writing stands");
        return context.Clock.DayOf(written);
    }

    private static FhirTime? SupplyEnds(FhirEntry entry)
        => entry.Time(entry.Resource.Part("dispenseRequest").Part("validityPeriod"), "end", "dispenseRequest.validityPeriod.end");
}
