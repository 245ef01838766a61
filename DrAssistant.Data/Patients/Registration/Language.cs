namespace DrAssistant.Data.Patients.Registration;

/// <summary>A language in which a patient may want to read: English, and the 22 of the Eighth Schedule to the Constitution of India.</summary>
/// <param name="Tag">BCP 47, as it is kept.</param>
public sealed record Language(string Tag, string Name)
{
    /// <summary>All of them: first those that most people read, then by name.</summary>
    public static IReadOnlyList<Language> All { get; } =
    [
        new("en", "English"), new("hi", "Hindi"), new("as", "Assamese"), new("bn", "Bengali"), new("brx", "Bodo"), new("doi", "Dogri"),
        new("gu", "Gujarati"), new("kn", "Kannada"), new("ks", "Kashmiri"), new("kok", "Konkani"), new("mai", "Maithili"),
        new("ml", "Malayalam"), new("mni", "Manipuri"), new("mr", "Marathi"), new("ne", "Nepali"), new("or", "Odia"), new("pa", "Punjabi"),
        new("sa", "Sanskrit"), new("sat", "Santali"), new("sd", "Sindhi"), new("ta", "Tamil"), new("te", "Telugu"), new("ur", "Urdu"),
    ];

    /// <summary>The language's name, and a tag that is not in the list as it stands.</summary>
    public static string NameOf(string tag) => All.FirstOrDefault(l => l.Tag == tag)?.Name ?? tag;
}
