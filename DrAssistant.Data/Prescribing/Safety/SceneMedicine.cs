using DrAssistant.Data.Prescribing.Formulary;
using DrAssistant.Data.Prescribing.Sigs;

namespace DrAssistant.Data.Prescribing.Safety;

/// <summary>A medicine of the question with its row of the formulary.</summary>
internal sealed record SceneMedicine(
    string Key, string Name, Medicine? Medicine, string? Form, string? Strength, string? Route, Sig? Sig, DateOnly? StoppedOn, bool IsProposed)
{
    private static readonly HashSet<string> LocalRoutes = new(StringComparer.Ordinal) { "topical", "ophthalmic", "otic", "nasal", "vaginal", "oromucosal" };

    private static readonly HashSet<string> LocalForms = new(StringComparer.Ordinal)
    {
        "eye drops", "ear drops", "eye ointment", "cream", "ointment", "gel", "lotion", "shampoo", "foam", "nasal spray", "vaginal gel or cream", "pessary", "mouthwash",
    };

    public IReadOnlyList<string> Ingredients => Medicine?.Ingredients ?? [];

    /// <summary>Put on the skin, into eye, ear, nose or vagina: little of it reaches the blood. What could be either is taken as swallowed.</summary>
    public bool IsLocal { get; } = (Sig?.Route ?? Route) is { } route ? LocalRoutes.Contains(route)
        : Form is not null ? LocalForms.Contains(Form)
        : Medicine is { Routes: [_, ..] routes } && routes.All(LocalRoutes.Contains);

    /// <summary>Swallowed, which is what most limits are for.</summary>
    public bool IsOral { get; } = (Sig?.Route ?? Route) is { } way ? way == "oral"
        : !(Form is not null && (LocalForms.Contains(Form) || Form is "injection" or "pre-filled pen" or "inhaler" or "nebuliser solution" or "patch" or "suppository" or "enema"))
            && Medicine?.Routes.Contains("oral") == true;
}
