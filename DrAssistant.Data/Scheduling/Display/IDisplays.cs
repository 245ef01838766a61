using DrAssistant.Data.Common;

namespace DrAssistant.Data.Scheduling.Display;

/// <summary>The door to waiting-room displays: their links for the desk, and the tokens for whoever holds a link.</summary>
public interface IDisplays
{
    /// <summary>The links that hold, newest first, then those that were revoked.</summary>
    Task<Result<IReadOnlyList<DisplayLinkLine>>> ListAsync(CancellationToken cancellation);

    /// <summary>Makes a link. Its secret is in this answer and nowhere else.</summary>
    Task<Result<NewDisplayLink>> MakeAsync(string name, CancellationToken cancellation);

    /// <summary>The screen that has it shows nothing from the next moment on.</summary>
    Task<Result<DisplayLinkLine>> RevokeAsync(Guid linkId, CancellationToken cancellation);

    /// <summary>
    /// What a display shows. Nobody is signed in: the secret is all there is. Null, and nothing more, for a secret that never was one,
    /// or that was revoked.
    /// </summary>
    Task<DisplayBoard?> ReadAsync(string? secret, CancellationToken cancellation);
}

public sealed record DisplayLinkLine(Guid Id, string Name, string MadeBy, DateTimeOffset MadeAt, DateTimeOffset? RevokedAt);

public sealed record NewDisplayLink(DisplayLinkLine Link, string Secret)
{
    public override string ToString() => $"{nameof(NewDisplayLink)} {Link.Id}";
}

/// <summary>Tokens only, never a name of a patient.</summary>
/// <param name="Language">The second language, or empty.</param>
/// <param name="Day">"Thursday 05-Nov-2026"</param>
/// <param name="Time">"10:41:02"</param>
public sealed record DisplayBoard(string Practice, string Language, string Day, string Time, IReadOnlyList<DisplayRoom> Rooms);

/// <summary>A doctor's room.</summary>
/// <param name="Token">Who is called there or, failing that, inside; null where it is free.</param>
/// <param name="Call">Set while somebody is called: another value is another call.</param>
/// <param name="CalledSeconds">How long ago.</param>
/// <param name="LateMinutes">How far behind the book, from ten minutes on, in steps of five.</param>
/// <param name="Next">The next three at most, in the order in which they will be called.</param>
public sealed record DisplayRoom(string Doctor, string? Room, string? Token, string? Call, int? CalledSeconds, int? LateMinutes, IReadOnlyList<string> Next);
