using DrAssistant.Data.Common;
using DrAssistant.Data.Staff.SecondFactor;

namespace DrAssistant.Data.Staff.SignIn;

/// <summary>The password was right, and nobody is signed in yet: a code is asked, for five minutes.</summary>
/// <param name="Ticket">What the browser gives back with the code. It opens nothing else, and once.</param>
/// <param name="Offer">For somebody of whom the practice requires a second factor and who has none: what their telephone is to take up first.</param>
/// <param name="Message">What to do.</param>
public sealed record CodeNeeded(string Ticket, FactorOffer? Offer, string Message) : Refusal(RefusalKind.Invalid, Message, "Code")
{
    internal const string Ask = "Type the six digits that your authenticator shows now.";
    internal const string Wrong = "That code is not right, or was used already. Wait for the next one and type that.";

    public override string ToString() => nameof(CodeNeeded);
}
