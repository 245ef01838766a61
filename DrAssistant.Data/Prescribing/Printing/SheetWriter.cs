using System.Globalization;
using DrAssistant.Data.Common;
using DrAssistant.Data.Patients;
using DrAssistant.Data.Patients.Allergies;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace DrAssistant.Data.Prescribing.Printing;

/// <summary>
/// Writes a prescription's sheet. Medicines, their words and the signature come from the view that pages show, so that the paper says what was on the screen;
/// the head, the person and the visit are read beside it.
/// </summary>
internal sealed class SheetWriter(SheetVisit visits, PatientVault vault, ClinicClock clock, IOptions<ClinicOptions> practice)
{
    private const int LongestChain = 50;
    private const int DigestStart = 8;
    private const int DigestEnd = 4;

    public async Task<PrescriptionSheet> WriteAsync(ClinicDb db, PrescriptionView view, CancellationToken cancellation)
    {
        var at = view.Signature?.At ?? view.SignedAt ?? clock.Now;
        var patient = await db.Patients.AsNoTracking().SingleAsync(p => p.Id == view.PatientId, cancellation);
        var age = Age.On(clock.DayOf(at), patient.DateOfBirth, patient.DateOfBirthEstimated);
        var visit = await visits.ReadAsync(db, view, age, patient.Gender, at, cancellation);
        var items = await db.PrescriptionItems.AsNoTracking().Where(i => i.PrescriptionId == view.Id).ToDictionaryAsync(i => i.Id, cancellation);
        var numbers = await NumbersAsync(db, view, cancellation);
        return new PrescriptionSheet(
            Practice(),
            await PrescriberAsync(db, view, cancellation),
            Person(patient, age, at) with { Weight = visit.Weight },
            await AllergiesAsync(db, view.PatientId, cancellation),
            visit.Findings,
            [.. view.Lines.Select(line => SheetLines.Of(line, items[line.Id], patient.PreferredLanguage))],
            [.. visit.Orders, .. Text("Advice", string.Join('\n', PrintText.Lines(view.Advice))), .. Pharmacy(view)])
        {
            Number = numbers.Own,
            FollowUp = visit.FollowUp,
            Check = Check(view),
            Signature = Signature(view),
            Foot = Foot(view, visit, numbers),
            At = at,
        };
    }

    /// <summary>A text under its label, where there is one.</summary>
    internal static IEnumerable<SheetText> Text(string label, string? words)
        => string.IsNullOrWhiteSpace(words) ? [] : [new SheetText(label, words)];

    internal SheetPractice Practice()
    {
        var options = practice.Value;
        var phones = string.Join(", ", new[] { options.Phone, options.SecondPhone }.Where(phone => !string.IsNullOrWhiteSpace(phone)));
        return new SheetPractice(
            PrintText.Of(options.Name), [.. new[] { options.Address, phones, options.OpeningHours }.Select(PrintText.Of).Where(line => line.Length > 0)]);
    }

    /// <summary>As it was signed; of a draft, as it would be signed now.</summary>
    private static async Task<SheetPrescriber> PrescriberAsync(ClinicDb db, PrescriptionView view, CancellationToken cancellation)
    {
        if (view.Signature is { } signed)
        {
            return new SheetPrescriber(
                PrintText.Of(signed.Name), Optional(signed.Qualification), Optional(signed.RegistrationNumber), Optional(signed.RegistrationCouncil));
        }

        var doctor = await db.Users.AsNoTracking().SingleAsync(u => u.Id == view.DoctorId, cancellation);
        return new SheetPrescriber(
            PrintText.Of(doctor.FullName), Optional(doctor.Qualification), Optional(doctor.RegistrationNumber), Optional(doctor.RegistrationCouncil));
    }

    internal SheetPatient Person(Patient patient, Age age, DateTimeOffset at)
    {
        var address = vault.Reveal(patient).Address;
        string?[] parts = [address?.Line1, address?.Line2, address?.City, address?.District == address?.City ? null : address?.District, address?.State, address?.Pin];
        var local = clock.Local(at);
        return new SheetPatient(
            PrintText.Of(new PersonName(patient.FirstName, patient.LastName).Listed), $"{age.Long}, {patient.Gender}", ClinicFormat.Date(clock.DayOf(at)),
            ClinicFormat.TimeForPatients(TimeOnly.FromDateTime(local.DateTime)))
        {
            Address = Optional(string.Join(", ", parts.Select(PrintText.Of).Where(part => part.Length > 0))),
            Mrn = Optional(patient.Mrn),
            Abha = vault.RevealAbha(patient)?.Masked,
        };
    }

    internal async Task<SheetAllergies> AllergiesAsync(ClinicDb db, Guid patientId, CancellationToken cancellation)
    {
        var list = await new AllergyLists().OfAsync(db, patientId, cancellation);
        return list switch
        {
            { Active: [_, ..] active } => new SheetAllergies(true, string.Join(", ", active.Select(a
                => PrintText.Of(a.Reaction) is { Length: > 0 } reaction ? $"{PrintText.Capitals(a.Substance)} ({reaction})" : PrintText.Capitals(a.Substance)))),
            { Status: AllergiesStatus.NoneKnown, RecordedAt: { } asked } => new SheetAllergies(false, $"none known, asked {ClinicFormat.Date(clock.DayOf(asked))}"),
            { Status: AllergiesStatus.NoneKnown } => new SheetAllergies(false, "none known"),
            _ => new SheetAllergies(false, "not asked"),
        };
    }

    private SheetCheck? Check(PrescriptionView view)
    {
        if (view.Signature is not { } signature || PaperCode.OfLong(signature.Code) is not { } code)
        {
            return null;
        }

        var address = practice.Value.PublicAddress is { Length: > 0 } known ? known : null;
        return new SheetCheck(
            code, address is null ? null : $"{address}/verify/{code}", address is null ? "the practice's page /verify" : $"{address["https://".Length..]}/verify");
    }

    private SheetSignature? Signature(PrescriptionView view)
    {
        if (view.Signature is not { } signature)
        {
            return null;
        }

        return Signed(
            signature.Name, signature.RegistrationNumber, signature.At,
            $"SHA-256 {signature.Digest[..DigestStart]} ... {signature.Digest[^DigestEnd..]}");
    }

    /// <summary>Who signed, and the second in which they did.</summary>
    internal SheetSignature Signed(string name, string? registration, DateTimeOffset at, string digest)
    {
        var local = clock.Local(at);
        var zone = string.Create(CultureInfo.InvariantCulture, $"UTC{(local.Offset < TimeSpan.Zero ? '-' : '+')}{local.Offset:hh\\:mm}");
        return new SheetSignature(
            PrintText.Of(name),
            registration is null ? null : $"Reg. no. {PrintText.Of(registration)}",
            string.Create(CultureInfo.InvariantCulture, $"Signed electronically {local:dd-MMM-yyyy}\u00A0{local:HH:mm:ss}\u00A0({zone})"),
            digest);
    }

    private static IEnumerable<SheetText> Pharmacy(PrescriptionView view)
        => view.Pharmacy is { } pharmacy
            ? Text("Pharmacy", string.Join(", ", new[] { pharmacy.Name, pharmacy.Address, pharmacy.Phone }.Select(PrintText.Of).Where(part => part.Length > 0)))
            : [];

    private static string Foot(PrescriptionView view, SheetVisitFacts visit, Numbers numbers)
    {
        List<string> said = [numbers.Own is { } own ? $"{own}, version {numbers.Version}{(numbers.Supersedes is { } old ? $", supersedes {old}" : "")}." : "No number."];
        said.Add(view.Teleconsult switch
        {
            { Mode: TeleconsultMode.Video, IsFollowUp: var again } => $"Seen by video, {Kind(again)}.",
            { Mode: TeleconsultMode.Audio, IsFollowUp: var again } => $"Consulted by telephone, {Kind(again)}.",
            { IsFollowUp: var again } => $"Consulted in writing, {Kind(again)}.",
            null => visit.IsAtADistance ? "Consulted at a distance." : "Seen in person.",
        });
        if (view.ValidUntil is { } until)
        {
            said.Add($"Valid until {ClinicFormat.Date(until)}.");
        }

        return string.Join(' ', said);
    }

    private static string Kind(bool again) => again ? "follow-up" : "first consultation";

    /// <summary>Its own number, the one before, and the how-manieth it is.</summary>
    private static async Task<Numbers> NumbersAsync(ClinicDb db, PrescriptionView view, CancellationToken cancellation)
    {
        var own = await db.Prescriptions.Where(p => p.Id == view.Id).Select(p => p.Number).SingleOrDefaultAsync(cancellation);
        var (version, supersedes, before) = (1, (string?)null, view.ReplacesId);
        while (before is { } id && version < LongestChain && await db.Prescriptions.Where(p => p.Id == id).Select(p => new { p.Number, p.ReplacesId }).SingleOrDefaultAsync(cancellation) is { } old)
        {
            supersedes ??= old.Number ?? "an earlier one";
            (version, before) = (version + 1, old.ReplacesId);
        }

        return new Numbers(own, supersedes, version);
    }

    private static string? Optional(string? text) => PrintText.Of(text) is { Length: > 0 } plain ? plain : null;

    private sealed record Numbers(string? Own, string? Supersedes, int Version);
}
