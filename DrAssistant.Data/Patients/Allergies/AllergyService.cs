using DrAssistant.Data.Audit;
using DrAssistant.Data.Common;
using DrAssistant.Data.Security;
using Microsoft.EntityFrameworkCore;

namespace DrAssistant.Data.Patients.Allergies;

internal sealed class AllergyService(IDbContextFactory<ClinicDb> clinic, ICurrentUser user, AllergyWriter writer, AllergyLists lists, AuditTrail audit, ClinicClock clock)
    : IAllergies
{
    private const int ShortestReason = 3;
    private const int LongestReason = 200;

    public async Task<Result<AllergyList>> ListAsync(Guid patientId, CancellationToken cancellation)
    {
        if (!user.Can(Permissions.ReadEncounters))
        {
            return Refusal.Forbidden;
        }

        await using var db = await clinic.CreateDbContextAsync(cancellation);
        if (await lists.OfAsync(db, patientId, cancellation) is not { } list)
        {
            return Refusal.NotFound("Patient");
        }

        audit.Add(db, new AuditEntry(AuditAction.Read, "allergies.read") { PatientId = patientId, ResourceType = "patient", ResourceId = patientId });
        await db.SaveChangesAsync(cancellation);
        return list;
    }

    public Task<Result<IReadOnlyList<AllergySubstance>>> FindSubstancesAsync(string question, CancellationToken cancellation)
        => Task.FromResult<Result<IReadOnlyList<AllergySubstance>>>(
            user.Can(Permissions.WriteAllergies) ? SubstanceCatalogue.Find(question).ToList() : Refusal.Forbidden);

    public async Task<Result<AllergyList>> AddAsync(NewAllergyDraft allergy, CancellationToken cancellation)
    {
        if (!user.Can(Permissions.WriteAllergies) || user.Id is not { } me)
        {
            return Refusal.Forbidden;
        }

        var substance = PlainText.Of(allergy.Substance);
        if (substance.Length is 0 or > NewAllergyDraft.LongestSubstance)
        {
            return Refusal.Invalid($"Write the substance, in at most {NewAllergyDraft.LongestSubstance} characters.", nameof(allergy.Substance));
        }

        if (Faulty(allergy.Type, allergy.Category, allergy.Reaction, allergy.Severity) is { } fault)
        {
            return fault;
        }

        // A code is what checks follow: one that nobody knows would look checked and be none.
        var known = allergy.Code is null ? null : SubstanceCatalogue.Of(allergy.Code, allergy.CodeSystem);
        if (allergy.Code is not null && known is null)
        {
            return Refusal.Invalid("Choose the substance from the list, or write it as free text.", nameof(allergy.Substance));
        }

        return await writer.WriteAsync(allergy.PatientId, chart =>
        {
            if (chart.Rows.Find(a => a.Id == allergy.Id) is not null)
            {
                return AllergyDeed.DoneBefore; // the same form once more
            }

            if (chart.Active.Find(a => IsSame(a, substance, known)) is { } same)
            {
                return Refusal.Conflict($"{same.Substance} is on the list already. Change that one.");
            }

            var row = New(allergy, substance, known, me);
            chart.Add(row);
            return new AllergyDeed(AuditAction.Create, "allergy.add", row.Id, Changes(null, row), null);
        }, cancellation);
    }

    public async Task<Result<AllergyList>> ReviseAsync(AllergyRevision revision, CancellationToken cancellation)
    {
        if (!user.Can(Permissions.WriteAllergies))
        {
            return Refusal.Forbidden;
        }

        if (Faulty(revision.Type, revision.Category, revision.Reaction, revision.Severity) is { } fault)
        {
            return fault;
        }

        return await writer.WriteOfAsync(revision.Seen.Id, (_, row) =>
        {
            var (seen, before) = (revision.Seen, AllergyFacts.Of(row));
            if (row.Status is not AllergyStatus.Active || before != new AllergyFacts(seen.Type, seen.Category, seen.Reaction, seen.Severity))
            {
                return Refusal.Conflict("Someone else changed this allergy. Look at it again.");
            }

            row.Revise(revision.Type, revision.Category, Text(revision.Reaction), revision.Severity);
            return AllergyFacts.Of(row) == before ? AllergyDeed.DoneBefore : new AllergyDeed(AuditAction.Update, "allergy.revise", row.Id, Changes(before, row), null);
        }, cancellation);
    }

    public Task<Result<AllergyList>> DeactivateAsync(Guid allergyId, string reason, CancellationToken cancellation)
        => EndAsync(allergyId, AllergyStatus.Inactive, "allergy.deactivate", reason, cancellation);

    public Task<Result<AllergyList>> MarkInErrorAsync(Guid allergyId, string reason, CancellationToken cancellation)
        => EndAsync(allergyId, AllergyStatus.EnteredInError, "allergy.error", reason, cancellation);

    public Task<Result<AllergyList>> RecordNoneAsync(Guid patientId, CancellationToken cancellation)
        => AskedAsync(patientId, chart => chart.Active.Count == 0 ? null : Refusal.Conflict("There is an allergy on the list. Say first what became of it."), "allergies.none", cancellation);

    public Task<Result<AllergyList>> ConfirmAsync(Guid patientId, CancellationToken cancellation)
        => AskedAsync(patientId, chart => chart.Active.Count > 0 ? null : Refusal.Conflict("There is no allergy on the list to be confirmed."), "allergies.confirm", cancellation);

    private async Task<Result<AllergyList>> AskedAsync(Guid patientId, Func<AllergyChart, Refusal?> objection, string deed, CancellationToken cancellation)
    {
        if (!user.Can(Permissions.WriteAllergies))
        {
            return Refusal.Forbidden;
        }

        return await writer.WriteAsync(patientId, chart =>
        {
            if (objection(chart) is { } refusal)
            {
                return refusal;
            }

            var before = chart.Patient.AllergiesStatus;
            return new AllergyDeed(
                AuditAction.Update, deed, null, [new FieldChange("allergies_status", EnumText.Of(before), EnumText.Of(chart.StatusWhenAsked))], null);
        }, cancellation);
    }

    private async Task<Result<AllergyList>> EndAsync(Guid allergyId, AllergyStatus to, string deed, string reason, CancellationToken cancellation)
    {
        if (!user.Can(Permissions.WriteAllergies) || user.Id is not { } me)
        {
            return Refusal.Forbidden;
        }

        var why = PlainText.Of(reason);
        if (why.Length is < ShortestReason or > LongestReason)
        {
            return Refusal.Invalid($"Say why, in {ShortestReason} to {LongestReason} characters.", nameof(reason));
        }

        return await writer.WriteOfAsync(allergyId, (_, row) =>
        {
            var before = row.Status;
            return row.End(to, clock.Now, me, why) is { } refusal
                ? refusal
                : new AllergyDeed(AuditAction.Update, deed, row.Id, [new FieldChange("status", EnumText.Of(before), EnumText.Of(to))], why)
                {
                    IsAnswer = before is AllergyStatus.Active,
                };
        }, cancellation);
    }

    private Allergy New(NewAllergyDraft allergy, string substance, AllergySubstance? known, Guid me) => new()
    {
        Id = allergy.Id,
        PatientId = allergy.PatientId,
        Substance = substance,
        Code = known?.Code,
        CodeSystem = known?.CodeSystem,
        Category = (known is null ? allergy.Category : AllergyCategory.Medication) is { } category ? EnumText.Of(category) : null,
        Type = allergy.Type,
        Reaction = Text(allergy.Reaction),
        Severity = allergy.Severity,
        RecordedAt = clock.Now,
        RecordedBy = me,
    };

    private static bool IsSame(Allergy row, string substance, AllergySubstance? known)
        => string.Equals(row.Substance, substance, StringComparison.OrdinalIgnoreCase) || (known is not null && (row.Code, row.CodeSystem) == (known.Code, known.CodeSystem));

    private static Refusal? Faulty(AllergyType type, AllergyCategory? category, string? reaction, AllergySeverity? severity)
    {
        if (PlainText.Of(reaction).Length > NewAllergyDraft.LongestReaction)
        {
            return Refusal.Invalid($"A reaction has at most {NewAllergyDraft.LongestReaction} characters.", nameof(NewAllergyDraft.Reaction));
        }

        return Enum.IsDefined(type) && (category is null || Enum.IsDefined(category.Value)) && (severity is null || Enum.IsDefined(severity.Value))
            ? null
            : Refusal.Invalid("Choose one of the list.");
    }

    private static string? Text(string? typed) => PlainText.Of(typed) is { Length: > 0 } text ? text : null;

    private static IReadOnlyList<FieldChange> Changes(AllergyFacts? before, Allergy row)
    {
        var now = AllergyFacts.Of(row);
        FieldChange[] all =
        [
            new("substance", before is null ? null : row.Substance, row.Substance),
            new("type", before is { } b ? EnumText.Of(b.Type) : null, EnumText.Of(now.Type)),
            new("category", before?.Category is { } was ? EnumText.Of(was) : null, now.Category is { } category ? EnumText.Of(category) : null),
            new("reaction", before?.Reaction, now.Reaction),
            new("severity", before?.Severity is { } w ? EnumText.Of(w) : null, now.Severity is { } severity ? EnumText.Of(severity) : null),
        ];
        return [.. all.Where(change => change.Before != change.After)];
    }
}
