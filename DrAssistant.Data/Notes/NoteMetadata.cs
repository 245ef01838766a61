namespace DrAssistant.Data.Notes;

/// <summary>How a note came about.</summary>
public sealed record NoteMetadata
{
    /// <summary>The last template that was put into it: the id of a starter or of one's own.</summary>
    public string? TemplateUsed { get; init; }

    /// <summary>Seconds from the first word to the signature.</summary>
    public double? CompletionTime { get; init; }

    public bool AiAssisted { get; init; }

    /// <summary>Seconds.</summary>
    public double? RecordingDuration { get; init; }

    public int? WordCount { get; init; }

    /// <summary>How often it was saved with something changed.</summary>
    public int? EditCount { get; init; }

    /// <summary>Who wrote when: one line a stretch of work, oldest first.</summary>
    public IReadOnlyList<NoteEdit>? EditHistory { get; init; }

    /// <summary>Where it was taken over from, when it was not written here.</summary>
    public string? Source { get; init; }
}

/// <summary>
/// A stretch of one person's work on a note. The next stretch begins when somebody else writes, or the same person after
/// ten minutes of rest.
/// </summary>
/// <param name="By">Who wrote.</param>
/// <param name="From">The first save of the stretch.</param>
/// <param name="Until">Its last one.</param>
/// <param name="FirstVersion">The version that the first save made.</param>
/// <param name="LastVersion">The version that the last save made.</param>
/// <param name="Saves">How many saves changed something.</param>
public sealed record NoteEdit(Guid By, DateTimeOffset From, DateTimeOffset Until, int FirstVersion, int LastVersion, int Saves);
