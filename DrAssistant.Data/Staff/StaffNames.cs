namespace DrAssistant.Data.Staff;

/// <summary>What colleagues call each other where space is short: "Dr. Iyer", "Sr. Mary", "Asha".</summary>
internal static class StaffNames
{
    public static string Short(string fullName) => fullName.Split(' ', StringSplitOptions.RemoveEmptyEntries) switch
    {
        ["Dr." or "Dr", .., var last] => $"Dr. {last}",
        [var title, var first, ..] when title.EndsWith('.') && title.Length > 2 => $"{title} {first}",
        [var first, ..] => first,
        [] => "Somebody",
    };
}
