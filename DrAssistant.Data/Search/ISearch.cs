using DrAssistant.Data.Common;
using DrAssistant.Data.Patients;

namespace DrAssistant.Data.Search;

/// <summary>The one door to searching everywhere.</summary>
public interface ISearch
{
    /// <summary>
    /// Patients by name and number, and notes, prescriptions, orders, results and documents by their words, as far as the role and the care team of
    /// whoever asks allow. Words are stemmed, abbreviations are understood, a misspelt word finds what is most like it; "words in quotes"
    /// stand side by side, -word must not be there, OR stands between two of which one is enough. An empty question gives the patients
    /// seen last. A search of clinical text is audited with the question, encrypted, and the patients shown.
    /// </summary>
    Task<Result<SearchAnswer>> FindAsync(SearchQuestion question, CancellationToken cancellation);

    /// <summary>The doctors by whom an answer can be narrowed, by name.</summary>
    Task<Result<IReadOnlyList<SearchDoctor>>> DoctorsAsync(CancellationToken cancellation);
}

/// <summary>What is asked; what is null does not filter.</summary>
public sealed record SearchQuestion(string Text)
{
    /// <summary>One group alone, with more of it.</summary>
    public SearchGroup? Only { get; init; }

    public Guid? PatientId { get; init; }

    /// <summary>Whose note, prescription or order it is.</summary>
    public Guid? DoctorId { get; init; }

    public DateOnly? From { get; init; }

    /// <summary>The last day.</summary>
    public DateOnly? To { get; init; }

    /// <summary>A question may be a name or a finding: it is not for logs.</summary>
    public override string ToString() => nameof(SearchQuestion);
}

/// <summary>Somebody whose notes and prescriptions are looked for.</summary>
public sealed record SearchDoctor(Guid Id, string FullName);

/// <summary>The groups of an answer, in their order.</summary>
public enum SearchGroup
{
    Patients,
    Notes,
    Prescriptions,
    Orders,
    Results,
    Documents,
}

/// <summary>What was found.</summary>
/// <param name="Patients">By name or number, or those seen last.</param>
/// <param name="Hits">Newest first, group by group.</param>
/// <param name="Totals">How many of a group there are.</param>
/// <param name="IsWhole">False while the index does not answer, or is still being built for the first time.</param>
public sealed record SearchAnswer(
    IReadOnlyList<PatientHit> Patients, IReadOnlyList<SearchHit> Hits, IReadOnlyDictionary<SearchGroup, long> Totals, bool IsWhole)
{
    public override string ToString() => nameof(SearchAnswer);
}

/// <summary>Something that was written about a patient.</summary>
/// <param name="Id">The note, prescription or order.</param>
/// <param name="Title">What it is, in a word or with its number.</param>
public sealed record SearchHit(
    SearchGroup Group, Guid Id, Guid PatientId, Guid? VisitId, PersonName Patient, string? Mrn, string Title, string? Status, string? Doctor, DateTimeOffset At)
{
    /// <summary>Where the question was met; else how it begins.</summary>
    public IReadOnlyList<SearchSnippet> Snippets { get; init; } = [];

    public override string ToString() => $"{nameof(SearchHit)} {Id}";
}

/// <summary>A piece of text with the places that the question met.</summary>
public sealed record SearchSnippet(string? Label, string Text, IReadOnlyList<NameMark> Marks)
{
    public override string ToString() => nameof(SearchSnippet);
}
