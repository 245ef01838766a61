using DrAssistant.Data.Prescribing.Checking;
using DrAssistant.Data.Prescribing.Drafting;
using DrAssistant.Data.Prescribing.Formulary;
using DrAssistant.Data.Staff;

namespace DrAssistant.Data.Prescribing.Signing;

/// <summary>What stands between a draft and the signature, in the order of its lines.</summary>
internal sealed class OpenPoints(SafetyFacts facts, DraftChecker checker, FindingKeeper keeper)
{
    public async Task<(IReadOnlyList<OpenPoint> Open, IReadOnlyList<string> Interrupting)> OfAsync(
        Prescription draft, StaffMember signer, bool needsTeleconsult, FormularySnapshot known, Guid me, CancellationToken cancellation)
    {
        List<OpenPoint> open = [];
        if (draft.Items.Count == 0)
        {
            open.Add(new OpenPoint(OpenPointKind.NoMedicine, null, null, null, "There is no medicine on it."));
        }

        // Indian Medical Council Regulations 2002, 1.4.2: the registration number stands on every prescription.
        if (string.IsNullOrWhiteSpace(signer.RegistrationNumber))
        {
            open.Add(new OpenPoint(OpenPointKind.Registration, null, null, null, "Your registration number is not in your account. An admin enters it."));
        }

        if (needsTeleconsult)
        {
            open.Add(new OpenPoint(OpenPointKind.Teleconsult, null, null, null, "Say how the consultation was held, and whether it is a follow-up."));
        }

        foreach (var line in draft.Items.OrderBy(i => i.Position).Select((item, n) => LineViews.Of(item, n, known, draft: true)))
        {
            open.AddRange(line.Missing.Select(field => new OpenPoint(OpenPointKind.Missing, line.Id, field, null, $"{line.Name}: {field.ToLowerInvariant()} is missing or cannot be read.")));
            if (line.IsWithdrawn)
            {
                open.Add(new OpenPoint(
                    OpenPointKind.Withdrawn, line.Id, nameof(MedicineLineDraft.MedicineId), null, $"{line.Name} is no longer in the formulary. Choose another medicine."));
            }
        }

        if (await facts.ReadAsync(draft.Id, cancellation) is not { } now)
        {
            return (open, []);
        }

        var report = await checker.CheckAsync(now, null, cancellation);
        await keeper.KeepShownAsync(draft.Id, now, report, me, cancellation);
        var interrupting = report.Findings.Where(f => f.Interrupts).ToList();
        open.AddRange(interrupting.Where(f => !DraftChecker.IsAnswered(f, now.Known)).Select(f => new OpenPoint(
            OpenPointKind.Finding, Guid.TryParse(f.Line, out var line) ? line : null, null, f.Key, f.Title)));
        return (open, [.. interrupting.Select(f => f.Key)]);
    }
}
