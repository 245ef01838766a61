namespace DrAssistant.Data.Import;

/// <summary>Where an import has got to.</summary>
public sealed record ImportProgress(int FileNumber, int Files, string File, int Entries, TimeSpan Taken, bool FileDone);

/// <summary>
/// What became of everything that was read. For each type, what was read is the sum of the other columns: nothing is
/// dropped silently.
/// </summary>
public sealed record ImportReport
{
    public required int Files { get; init; }

    public required IReadOnlyList<ImportedType> Types { get; init; }

    /// <summary>Elements that have no place here, such as <c>Patient.maritalStatus</c>, with how often they were met.</summary>
    public required IReadOnlyList<ImportCount> LeftOut { get; init; }

    /// <summary>What was kept as the nearest thing that has a place here.</summary>
    public required IReadOnlyList<ImportCount> Nearest { get; init; }

    public required IReadOnlyList<ImportProblem> Problems { get; init; }

    /// <summary>Problems beyond those that are listed.</summary>
    public required int FurtherProblems { get; init; }

    /// <summary>Clinical notes written for the visits.</summary>
    public required int Notes { get; init; }

    public required TimeSpan Taken { get; init; }

    public bool EverythingWentIn => Problems.Count == 0;
}

/// <summary>One type of resource.</summary>
public sealed record ImportedType(string Type)
{
    public int Read { get; init; }

    public int Added { get; init; }

    public int Unchanged { get; init; }

    /// <summary>Different from what was imported before; the record here stays, for it may have been signed or worked on.</summary>
    public int ChangedUpstream { get; init; }

    /// <summary>Has no place here.</summary>
    public int LeftOut { get; init; }

    /// <summary>Could not be read; each is among the problems.</summary>
    public int Refused { get; init; }
}

public sealed record ImportCount(string What, int Times);

/// <summary>Something that did not go in: where it stands, and why. Names no patient.</summary>
public sealed record ImportProblem(string File, string? Path, string Reason)
{
    public override string ToString() => Path is null ? $"{File}: {Reason}" : $"{File}: {Path}: {Reason}";
}
