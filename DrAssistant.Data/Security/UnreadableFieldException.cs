namespace DrAssistant.Data.Security;

internal enum UnreadableReason
{
    /// <summary>Changed, cut off, or moved from another place.</summary>
    Tampered,

    /// <summary>Written with a key that the ring does not hold.</summary>
    KeyMissing,
}

/// <summary>A protected field cannot be read. The message names the place and the reason, never what was there.</summary>
internal sealed class UnreadableFieldException(FieldAddress at, UnreadableReason reason, Exception? inner = null)
    : Exception($"{at} cannot be read: {Words(reason)}", inner)
{
    public FieldAddress At { get; } = at;
    public UnreadableReason Reason { get; } = reason;

    private static string Words(UnreadableReason reason) => reason switch
    {
        UnreadableReason.KeyMissing => "the file of Clinic:KeyRing does not hold its key.",
        _ => "it was changed or moved since it was written.",
    };
}
