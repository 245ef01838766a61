using System.Diagnostics.CodeAnalysis;

namespace DrAssistant.Data.Common;

public enum RefusalKind { NotFound, Invalid, Conflict, Forbidden, Unavailable }

/// <summary>An expected "no". It is shown to the person, never thrown. A feature that offers a way out with it derives its own.</summary>
public record Refusal(RefusalKind Kind, string Message, string? Field = null)
{
    public static Refusal NotFound(string what) => new(RefusalKind.NotFound, $"{what} was not found.");
    public static Refusal Invalid(string message, string? field = null) => new(RefusalKind.Invalid, message, field);
    public static Refusal Conflict(string message) => new(RefusalKind.Conflict, message);

    /// <summary>A store is away, nothing is wrong with what was asked: the page keeps what was typed and asks again.</summary>
    public static Refusal Unavailable(string message) => new(RefusalKind.Unavailable, message);
    public static Refusal Forbidden { get; } = new(RefusalKind.Forbidden, "Your role does not allow this.");
}

/// <summary>Either a value or the reason there is none.</summary>
public readonly record struct Result<T>
{
    private Result(T? value, Refusal? refusal) => (Value, Refusal) = (value, refusal);

    public T? Value { get; }
    public Refusal? Refusal { get; }

    [MemberNotNullWhen(true, nameof(Value))]
    [MemberNotNullWhen(false, nameof(Refusal))]
    public bool Succeeded => Refusal is null;

    public static implicit operator Result<T>(T value) => new(value, null);
    public static implicit operator Result<T>(Refusal refusal) => new(default, refusal);
}
