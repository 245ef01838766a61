namespace DrAssistant.Data.Patients.Finding;

/// <summary>
/// A telephone number as lists show it: enough to tell two people apart when one of them says theirs, too little to ring anybody up.
/// </summary>
internal static class PhoneMask
{
    private const string India = "+91";
    private const int IndianLength = 13;
    private const int Shown = 2;
    private const string Hidden = "•••";

    /// <summary><c>98450 ••• 27</c>; of another country's number, the country and the last two digits.</summary>
    public static string? Of(string? phone) => phone switch
    {
        null or { Length: < 8 } => null,
        { Length: IndianLength } when phone.StartsWith(India, StringComparison.Ordinal) => $"{phone[3..8]} {Hidden} {phone[^Shown..]}",
        _ => $"{phone[..3]} {Hidden} {phone[^Shown..]}",
    };
}
